"""Holds: credits set aside, then captured or voided."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from prepaid.domain.credits import AccountId
from prepaid.domain.entries import Entry
from prepaid.domain.holds import MAX_HOLD_SECONDS
from prepaid.ledger.web import ids
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.ledger.web.ids import HoldId, hold_in
from prepaid.metering.holds import HoldEnd, HoldRequest
from prepaid.metering.web.quantities import Measure, exactly_one_of, refuse_unless_one
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn
from prepaid.web.fields import AccountIdIn, Metadata, OperationName, Reference, WholeNumber
from prepaid.web.outputs import CreditsOut, TimestampOut
from prepaid.web.request import Request

Seconds = Annotated[int, WholeNumber(1, MAX_HOLD_SECONDS)]


class MeasuredOrAmount(Measure):
    """A quantity, quantities, or an amount of credits; exactly one of them."""

    model_config = exactly_one_of("quantities", "quantity", "amount")

    amount: CreditsOrZeroIn | None = Field(
        default=None, description="Credits, instead of a quantity."
    )

    @model_validator(mode="after")
    def _is_measured_once(self) -> Self:
        refuse_unless_one(self, "quantities", "quantity", "amount")
        return self


class HoldIn(MeasuredOrAmount):
    """Credits to set aside for an operation: an amount, or the price of quantities."""

    operation: OperationName
    amount: CreditsIn | None = Field(default=None, description="Credits, instead of a quantity.")
    expires_in: Seconds = Field(description="Seconds until the hold ends by itself.")
    account_id: AccountIdIn | None = None
    reference: Reference | None = None
    metadata: Metadata | None = None

    def request(self, account_id: AccountId, key: str) -> HoldRequest:
        """Return the hold that is asked for."""
        return HoldRequest(
            account_id=account_id,
            key=key,
            operation=self.operation,
            expires_in=self.expires_in,
            asked=self.asked,
            rounded=self.rounded,
            amount=self.amount,
            reference=self.reference,
            metadata=self.metadata or {},
        )


class CaptureIn(MeasuredOrAmount):
    """What was used out of a hold; the rest of it is released."""

    reference: Reference | None = None
    metadata: Metadata | None = None

    def end(self, hold: ids.HoldId, key: str) -> HoldEnd:
        """Return the end that is meant."""
        return HoldEnd(
            account_id=hold.account_id,
            hold_id=hold.number,
            key=key,
            asked=self.asked,
            rounded=self.rounded,
            amount=self.amount,
            reference=self.reference,
            metadata=self.metadata or {},
        )


class OpenedHoldOut(EntryOut):
    """An opened hold: the entry that opened it, whose `amount` is what is held."""

    hold_id: str
    expires_at: TimestampOut
    amount: CreditsOut = Field(description="What is set aside; the balance does not change.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show the hold that *entry* opened."""
        return cls.model_validate({**facts(entry), "amount": str(entry.held_change)})


def hold_from_path(request: Request[Any, Any]) -> HoldId:
    """Return the hold that the path names; a service's may be of any account."""
    return hold_in(
        request.path_id("hold_id"),
        own=request.account_id,
        any_account=request.caller.role in request.access.others,
    )
