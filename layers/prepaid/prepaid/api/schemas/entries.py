"""Entries as the API shows them, and how to ask for a list of them."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field

from prepaid.api import ids
from prepaid.api.schemas.answers import CreditsOut, QuantityOut, TimestampOut, timestamp
from prepaid.api.schemas.common import RangeQuery
from prepaid.api.schemas.scalars import OperationName
from prepaid.api.schemas.wire import WireOut
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.explaining import decimal_text, explain, rate_text
from prepaid.domain.pricing import Calculation, format_millionths
from prepaid.usecases.ports import HistoryQuery

CARRY_PLACES = 12


class TransactionsQuery(RangeQuery):
    """Which entries to list, and as what."""

    kind: Annotated[EntryKind, Field(strict=False)] | None = None
    operation: OperationName | None = None
    format: Literal["json", "csv"] | None = Field(
        default=None, description="`csv` answers all pages as one table."
    )

    def filters(self) -> dict[str, object]:
        """Return what a cursor of this list is bound to."""
        return {
            "kind": self.kind,
            "operation": self.operation,
            "from": self.from_,
            "to": self.to,
        }

    def history(self, account_id: AccountId, *, limit: int, after: str | None) -> HistoryQuery:
        """Return what to ask the ledger for; `to` itself is outside the range."""
        return HistoryQuery(
            account_id=account_id,
            limit=limit,
            kind=self.kind,
            operation=self.operation,
            since=self.from_,
            until=None if self.to is None else Instant(self.to - 1),
            after=after,
        )


class BurnOut(WireOut):
    """An amount taken from one grant."""

    grant_id: str
    amount: CreditsOut


class EntryOut(WireOut):
    """One movement of an account; what does not apply to its kind is null or empty."""

    entry_id: str
    account_id: str
    seq: int
    kind: EntryKind
    amount: CreditsOut = Field(description="How the balance changed.")
    held_change: CreditsOut = Field(description="How the sum of open holds changed.")
    balance_after: CreditsOut
    available_after: CreditsOut
    operation: str | None
    quantities: Mapping[str, QuantityOut]
    waived: CreditsOut = Field(description="Full price of usage that was not asked for.")
    shortfall: CreditsOut = Field(description="What a capture could not take, and absorbed.")
    debt_paid: CreditsOut = Field(description="The part that went to a negative balance.")
    burned: list[BurnOut]
    hold_id: str | None
    grant_id: str | None
    expires_at: TimestampOut | None = Field(description="When the hold or the grant expires.")
    reason: str | None
    reference: str | None
    metadata: Mapping[str, str | bool]
    actor: str
    occurred_at: TimestampOut
    posted_at: TimestampOut
    usage_day: str | None

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show *entry*; the same entry always looks the same."""
        return cls.model_validate(facts(entry))


class LineOut(WireOut):
    """One unit's share of a cost."""

    unit: str
    quantity: QuantityOut
    billed: QuantityOut = Field(description="After the minimum and the billing increment.")
    rate: str


class CalculationOut(WireOut):
    """How a cost came about, frozen when it was posted."""

    price_version: str
    lines: list[LineOut]
    carry_before: str = Field(description="Credits that earlier roundings left.")
    carry_after: str = Field(description="Credits that this rounding leaves.")
    cost: CreditsOut

    @classmethod
    def of(cls, calculation: Calculation) -> Self:
        """Show *calculation*."""
        return cls(
            price_version=calculation.price_version,
            lines=[
                LineOut(
                    unit=line.unit,
                    quantity=format_millionths(line.quantity),
                    billed=format_millionths(line.billed),
                    rate=rate_text(line.rate),
                )
                for line in calculation.lines
            ],
            carry_before=decimal_text(calculation.carry_before, CARRY_PLACES),
            carry_after=decimal_text(calculation.carry_after, CARRY_PLACES),
            cost=str(calculation.cost),
        )


class ExplainedEntryOut(EntryOut):
    """An entry with how it came about, as data and as a sentence."""

    calculation: CalculationOut | None
    changed: Mapping[str, str | bool] = Field(description="What a status entry set.")
    explanation: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show and explain *entry*."""
        calculation = entry.calculation
        return cls.model_validate(
            {
                **facts(entry),
                "calculation": CalculationOut.of(calculation) if calculation else None,
                "changed": entry.changed,
                "explanation": explain(entry),
            }
        )


class EntriesOut(WireOut):
    """A page of entries, newest first."""

    items: list[EntryOut]
    next_cursor: str | None


def facts(entry: Entry) -> dict[str, object]:
    """Return what every model of an entry shows."""
    used = entry.calculation.quantities() if entry.calculation else {}
    expires_at = entry.hold_expires_at or entry.grant_expires_at
    return {
        "entry_id": ids.entry_id(entry.key),
        "account_id": entry.account_id,
        "seq": entry.seq,
        "kind": entry.kind,
        "amount": str(entry.amount),
        "held_change": str(entry.held_change),
        "balance_after": str(entry.balance_after),
        "available_after": str(entry.available_after),
        "operation": entry.operation,
        "quantities": {unit: format_millionths(each) for unit, each in used.items()},
        "waived": str(entry.waived),
        "shortfall": str(entry.shortfall),
        "debt_paid": str(entry.debt_paid),
        "burned": [
            {"grant_id": ids.grant_id(each.grant_id), "amount": str(each.amount)}
            for each in entry.burned
        ],
        "hold_id": None if entry.hold_id is None else ids.hold_id(entry.account_id, entry.hold_id),
        "grant_id": None if entry.grant_id is None else ids.grant_id(entry.grant_id),
        "expires_at": None if expires_at is None else timestamp(expires_at),
        "reason": entry.reason,
        "reference": entry.reference,
        "metadata": entry.metadata,
        "actor": entry.actor,
        "occurred_at": timestamp(entry.occurred_at),
        "posted_at": timestamp(entry.posted_at),
        "usage_day": None if entry.usage_day is None else entry.usage_day.isoformat(),
    }
