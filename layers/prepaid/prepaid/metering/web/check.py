"""Whether usage would be accepted."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from prepaid.domain.pricing import format_millionths
from prepaid.ledger.web.limits import LimitOut
from prepaid.metering.check import Check
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, QuantityOut


class CheckOut(WireOut):
    """Whether usage would be accepted now, and how far the credits reach."""

    allowed: bool
    reason: str | None = Field(description="The code of the refusal that would come.")
    cost: CreditsOut
    available: CreditsOut
    max_units: Mapping[str, QuantityOut] = Field(
        description="The most of each unit, with the other units as asked."
    )
    seconds_affordable: int | None
    limits: list[LimitOut] = Field(description="The spending limits that the usage counts for.")

    @classmethod
    def of(cls, check: Check) -> Self:
        """Show *check*."""
        return cls(
            allowed=check.allowed,
            reason=check.reason,
            cost=str(check.cost),
            available=str(check.available),
            max_units={unit: format_millionths(most) for unit, most in check.most.items()},
            seconds_affordable=check.seconds_affordable,
            limits=[LimitOut.of(each) for each in check.limits],
        )
