"""Entries as the API shows them."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import format_millionths
from prepaid.ledger.web import ids
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut, TimestampOut, timestamp


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
    amount: CreditsOut = Field(
        description="How the balance changed: 0.00 where a hold opens, whose own is `hold_amount`."
    )
    held_change: CreditsOut = Field(description="How the sum of open holds changed.")
    balance_after: CreditsOut
    available_after: CreditsOut
    operation: str | None
    quantities: Mapping[str, QuantityOut]
    waived: CreditsOut = Field(description="Full price of usage that was not asked for.")
    shortfall: CreditsOut = Field(description="What a capture could not take, and absorbed.")
    debt_paid: CreditsOut = Field(description="The part that went to a negative balance.")
    burned: list[BurnOut]
    rounded: bool = Field(description="A quantity had more than six places.")
    hold_id: str | None
    hold_amount: CreditsOut | None = Field(
        description="What the entry adds to its hold or takes from it; null without a hold."
    )
    final: bool = Field(description="False for a capture that leaves its hold open.")
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


def facts(entry: Entry) -> dict[str, object]:
    """Return what every model of an entry shows."""
    used = entry.calculation.quantities() if entry.calculation else {}
    held = entry.held_change
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
        "rounded": entry.rounded,
        "hold_id": None if entry.hold_id is None else ids.hold_id(entry.account_id, entry.hold_id),
        "hold_amount": None if entry.hold_id is None else str(max(held, -held)),
        "final": entry.final,
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
