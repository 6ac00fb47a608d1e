"""Money: what payments brought in, and what refunds and disputes took, by currency."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Money of one currency in its smallest unit: what was *paid*, and what of it went *back*."""

    paid: int = 0
    back: int = 0

    def __add__(self, other: "MoneySum") -> "MoneySum":
        return MoneySum(self.paid + other.paid, self.back + other.back)


type MoneySums = Mapping[str, MoneySum]
"""Money by currency."""


def added(one: MoneySums, other: MoneySums) -> MoneySums:
    """Add money up, currency by currency."""
    return {
        each: one.get(each, MoneySum()) + other.get(each, MoneySum()) for each in {**one, **other}
    }
