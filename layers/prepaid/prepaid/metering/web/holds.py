"""Holds: credits set aside, then captured or voided."""

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from prepaid.domain import keys
from prepaid.domain.commands import Actor
from prepaid.domain.entries import Entry
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void
from prepaid.domain.holds import MAX_HOLD_SECONDS
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.ledger.web.ids import HoldId, hold_in
from prepaid.metering.web.quantities import Measure, exactly_one_of, given, refuse_unless_one
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn
from prepaid.web.fields import AccountIdIn, Metadata, OperationName, Reference, WholeNumber
from prepaid.web.models import OptOut, WireIn
from prepaid.web.outputs import CreditsOut, TimestampOut
from prepaid.web.parsing import refuse
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


class HoldIn(Measure):
    """Credits to set aside for an operation: an amount, the price of quantities, or a range.

    Of a range as much is set aside as is available; 402 where that is less than `at_least`.
    """

    model_config = exactly_one_of(
        "quantities", "quantity", "amount", "at_most", needs={"at_least": "at_most"}
    )

    operation: OperationName
    amount: CreditsIn | None = Field(default=None, description="Credits, instead of a quantity.")
    at_most: CreditsIn | None = Field(
        default=None, description="Credits: as much of them as is available, instead of an amount."
    )
    at_least: CreditsIn | None = Field(
        default=None,
        description="Of a range: with less than this available, nothing. 0.01 if left out.",
    )
    expires_in: Seconds = Field(description="Seconds until the hold ends by itself.")
    account_id: AccountIdIn | None = None
    reference: Reference | None = None
    metadata: Metadata | None = None

    @model_validator(mode="after")
    def _is_asked_once(self) -> Self:
        refuse_unless_one(self, "quantities", "quantity", "amount", "at_most")
        if self.at_least is not None and self.at_most is None:
            refuse("one_of", "Give at_most as well.", pointer="/at_least")
        return self

    def command(self, actor: Actor, key: str) -> OpenHold:
        """Return what opens the hold."""
        return OpenHold(
            key=keys.hold(actor.writer, key),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata or {},
            rounded=self.rounded,
            operation=self.operation,
            quantities=self.asked,
            amount=self.amount,
            at_most=self.at_most,
            at_least=self.at_least,
            expires_in=self.expires_in,
            maker=actor.writer,
            unlimited=actor.unlimited,
        )


class ExtendIn(WireIn):
    """More time for an open hold, more credits, or both: all of it or nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"anyOf": [given("expires_in"), given("amount")]},
            "else": False,
        }
    )

    expires_in: Seconds | None = Field(
        default=None,
        description="Seconds from now until the hold ends by itself; it never ends sooner than it "
        "would have, and at most seven days after it was opened.",
    )
    amount: CreditsIn | None = Field(default=None, description="Credits to set aside besides.")
    reference: Reference | None = None
    metadata: Metadata | None = None

    @model_validator(mode="after")
    def _extends_something(self) -> Self:
        if self.expires_in is None and self.amount is None:
            refuse("one_of", "Give expires_in, amount, or both.", pointer="/expires_in")
        return self

    def command(self, hold: HoldId, actor: Actor, key: str) -> ExtendHold:
        """Return what extends the hold."""
        return ExtendHold(
            key=keys.extension(actor.writer, key),
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata or {},
            hold_id=hold.number,
            writer=actor.writer,
            expires_in=self.expires_in,
            amount=self.amount,
            unlimited=actor.unlimited,
        )


class CaptureIn(MeasuredOrAmount):
    """What was used out of a hold; the rest of it is released, unless more will be captured.

    Several captures of a hold cost together what one capture of their sum would.
    """

    final: OptOut = Field(
        default=True,
        description="Whether the hold ends; with false it stays open, with what was captured less.",
    )
    reference: Reference | None = None
    metadata: Metadata | None = None

    def command(self, hold: HoldId, actor: Actor, key: str) -> Capture:
        """Return what pays out of the hold."""
        return Capture(
            client_key=key,
            actor=actor.name,
            request_id=actor.request_id,
            reference=self.reference,
            metadata=self.metadata or {},
            rounded=self.rounded,
            hold_id=hold.number,
            writer=actor.writer,
            quantities=self.asked,
            amount=self.amount,
            final=self.final,
            unlimited=actor.unlimited,
        )


class OpenedHoldOut(EntryOut):
    """An opened hold: the entry that opened it, whose `amount` is what is held."""

    hold_id: str
    expires_at: TimestampOut
    amount: CreditsOut = Field(description="What is set aside; the balance does not change.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show the hold that *entry* opened or extended."""
        return cls.model_construct(**{**facts(entry), "amount": str(entry.held_change)})


class ExtendedHoldOut(OpenedHoldOut):
    """An extended hold: the entry that extends it, whose `amount` is what is held besides."""

    amount: CreditsOut = Field(description="What is set aside besides; the balance stays.")


def void_of(hold: HoldId, actor: Actor, key: str) -> Void:
    """Return what releases the hold."""
    return Void(
        client_key=key,
        actor=actor.name,
        request_id=actor.request_id,
        hold_id=hold.number,
        writer=actor.writer,
    )


def hold_from_path(request: Request[Any, Any]) -> HoldId:
    """Return the hold that the path names; a service's may be of any account."""
    return hold_in(
        request.path_id("hold_id"),
        own=request.account_id,
        any_account=request.caller.role in request.access.others,
    )
