"""Entries with how they came about."""

from collections.abc import Iterable, Mapping
from typing import Self

from pydantic import Field

from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import Calculation, decimal_text, format_millionths, rate_text
from prepaid.ledger.explanation import Sources, cost_text, explain
from prepaid.ledger.web import ids
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut, TimestampOut, timestamp

CARRY_PLACES = 12


class LineOut(WireOut):
    """One unit's share of a cost."""

    unit: str
    quantity: QuantityOut
    billed: QuantityOut = Field(description="After the minimum and the billing increment.")
    rate: str
    cost: str = Field(description="Credits, exactly: `billed` times `rate`.")


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
                    cost=cost_text(line),
                )
                for line in calculation.lines
            ],
            carry_before=decimal_text(calculation.carry_before, CARRY_PLACES),
            carry_after=decimal_text(calculation.carry_after, CARRY_PLACES),
            cost=str(calculation.cost),
        )


class RelatedOut(WireOut):
    """An entry that belongs to another one."""

    entry_id: str
    seq: int
    kind: EntryKind
    amount: CreditsOut = Field(description="How the balance changed.")
    held_change: CreditsOut
    final: bool
    reason: str | None
    posted_at: TimestampOut

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show *entry* in short."""
        return cls.model_construct(
            entry_id=ids.entry_id(entry.key),
            seq=entry.seq,
            kind=entry.kind,
            amount=str(entry.amount),
            held_change=str(entry.held_change),
            final=entry.final,
            reason=entry.reason,
            posted_at=timestamp(entry.posted_at),
        )


class ExplainedEntryOut(EntryOut):
    """An entry with how it came about, as data and as a sentence."""

    calculation: CalculationOut | None
    changed: Mapping[str, str | bool] = Field(description="What a status entry set.")
    explanation: str
    related: list[RelatedOut] = Field(
        description="What belongs to it, in order: a hold, its extensions, captures and end; a "
        "purchase, its bonus and what went back; a grant, what expired of it or was taken back."
    )

    @classmethod
    def of(
        cls, entry: Entry, sources: Sources | None = None, related: Iterable[Entry] = ()
    ) -> Self:
        """Show and explain *entry*, whose credits *sources* gave, with what is *related*."""
        calculation = entry.calculation
        return cls.model_construct(
            **facts(entry),
            calculation=CalculationOut.of(calculation) if calculation else None,
            changed=entry.changed,
            explanation=explain(entry, sources),
            related=[RelatedOut.of(each) for each in related],
        )
