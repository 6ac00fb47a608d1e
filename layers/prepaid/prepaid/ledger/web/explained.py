"""Entries with how they came about."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from prepaid.domain.entries import Entry
from prepaid.domain.pricing import Calculation, decimal_text, format_millionths, rate_text
from prepaid.ledger.explanation import Sources, cost_text, explain
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut

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


class ExplainedEntryOut(EntryOut):
    """An entry with how it came about, as data and as a sentence."""

    calculation: CalculationOut | None
    changed: Mapping[str, str | bool] = Field(description="What a status entry set.")
    explanation: str

    @classmethod
    def of(cls, entry: Entry, sources: Sources | None = None) -> Self:
        """Show and explain *entry*, whose credits *sources* gave."""
        calculation = entry.calculation
        return cls.model_construct(
            **facts(entry),
            calculation=CalculationOut.of(calculation) if calculation else None,
            changed=entry.changed,
            explanation=explain(entry, sources),
        )
