"""What usage costs: rates per unit, billing increments, minimums, and the carry of what is rounded.

All arithmetic is on integers. Quantities and rates are in millionths, so that a product is in
10⁻¹² credits; rounding is always down, and what it leaves is carried to the operation's next usage.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NewType

from prepaid.domain.credits import MAX_HUNDREDTHS, ZERO, Credits, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.keys import part, unescaped

Quantity = NewType("Quantity", int)
"""Millionths of a unit."""
Rate = NewType("Rate", int)
"""Millionths of a credit for one unit."""
Carry = NewType("Carry", int)
"""10⁻¹² credits, at least 0 and less than one hundredth of a credit."""

RequestedQuantities = Mapping[str, Quantity] | Quantity
"""Quantities by unit, or a bare quantity of an operation's only unit."""

ONE = 1_000_000
HUNDREDTH = 10_000_000_000
MAX_INSTANT_DIGITS = 12
MAX_QUANTITY = Quantity(1_000_000_000 * ONE)
SECONDS_PER_UNIT: Mapping[str, int] = {"second": 1, "minute": 60, "hour": 3600}
_PATTERN = re.compile(r"(\d{1,12})(?:\.(\d{1,6}))?", re.ASCII)


def parse_millionths(text: str) -> int:
    """Read a non-negative decimal of at most six places; raise `ValueError` otherwise."""
    match = _PATTERN.fullmatch(text)
    if match is None:
        raise ValueError("a decimal number of at least 0 with at most six places")
    whole, places = match.groups()
    return int(whole) * ONE + int((places or "").ljust(6, "0"))


def format_millionths(millionths: int) -> str:
    """Write millionths as the shortest exact decimal: ``3200000`` is ``"3.2"``."""
    whole, places = divmod(millionths, ONE)
    return f"{whole}.{places:06d}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPrice:
    """The rate of one unit, and the smallest step and quantity that are billed of it.

    A unit is counted when there is no part of one, as of a message; a minute is measured.
    """

    unit: str
    rate: Rate
    increment: Quantity = Quantity(0)
    minimum: Quantity = Quantity(0)
    description: str = ""
    counted: bool = False

    def billed(self, quantity: Quantity) -> Quantity:
        """Raise a used quantity to the minimum, then up to a whole number of increments."""
        if quantity == 0:
            return quantity
        least = max(quantity, self.minimum)
        if self.increment == 0:
            return Quantity(least)
        return Quantity(-(-least // self.increment) * self.increment)

    def billed_after(self, before: Quantity, quantity: Quantity) -> Quantity:
        """Return what a quantity adds to what is billed when *before* was used already."""
        return Quantity(self.billed(Quantity(before + quantity)) - self.billed(before))

    def most_billed_within(self, budget: int) -> Quantity:
        """Return the most units whose price is at most *budget* (10⁻¹² credits).

        Of a counted unit that is a whole number.
        """
        if budget < 0:
            return Quantity(0)
        if self.rate == 0:
            return MAX_QUANTITY
        most = budget // self.rate
        if self.increment:
            most -= most % self.increment
        if most < self.billed(Quantity(1)):
            return Quantity(0)
        most = min(most, MAX_QUANTITY)
        return Quantity(most - most % ONE if self.counted else most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One version of an operation's price in a plan; versions are added, never edited.

    One that is `ended` has no units: from then on the plan has no price for the operation.
    """

    plan: str
    operation: str
    effective_from: Instant
    units: tuple[UnitPrice, ...]
    ended: bool = False

    @property
    def version(self) -> str:
        """Name this version, as costs are explained by it."""
        return f"{part(self.plan)}#{part(self.operation)}@{self.effective_from}"


def version_named(text: str) -> tuple[str, str, Instant] | None:
    """Return plan, operation and beginning of the version with this name, or `None`."""
    key, _, begins = text.rpartition("@")
    plan, _, operation = key.partition("#")
    if not begins.isdecimal() or not begins.isascii() or len(begins) > MAX_INSTANT_DIGITS:
        return None
    found = unescaped(plan), unescaped(operation), Instant(int(begins))
    named = Price(plan=found[0], operation=found[1], effective_from=found[2], units=())
    return found if named.version == text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One unit's share of a cost: *quantity* was used, *billed* of it is paid at *rate*."""

    unit: str
    quantity: Quantity
    billed: Quantity
    rate: Rate

    @property
    def exact(self) -> int:
        """The line's cost before rounding, in 10⁻¹² credits."""
        return self.billed * self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """How a cost came about, kept with its entry for ever."""

    price_version: str
    lines: tuple[Line, ...]
    carry_before: Carry
    carry_after: Carry
    cost: Credits

    def quantities(self) -> dict[str, Quantity]:
        """Return what was used, by unit."""
        return {line.unit: line.quantity for line in self.lines}


def quantities_of(price: Price, asked: RequestedQuantities) -> Mapping[str, Quantity]:
    """Return what is asked by unit; a bare quantity means the only unit.

    Raises `InvalidRequest` that points at a unit which the operation is not priced by, or at a
    bare quantity where there are several units.
    """
    units = [each.unit for each in price.units]
    names = ", ".join(units)
    if isinstance(asked, int):
        if len(units) > 1:
            raise InvalidRequest(
                f"{price.operation} is priced by several units ({names}): give quantities.",
                pointer="/quantity",
            )
        return {units[0]: asked}
    for unit in asked:
        if unit not in units:
            raise InvalidRequest(
                f"{price.operation} is priced by {names}, not by {unit}.",
                pointer=f"/quantities/{unit}",
            )
    return asked


def in_force(versions: Sequence[Price], at: Instant) -> Price | None:
    """Return the version in force at an instant: the latest that began by then.

    `None` before the first one, and while the price is ended.
    """
    begun = [price for price in versions if price.effective_from <= at]
    latest = max(begun, key=lambda price: price.effective_from, default=None)
    return None if latest is None or latest.ended else latest


NOTHING: Mapping[str, Quantity] = MappingProxyType({})


def rate(
    price: Price,
    asked: RequestedQuantities,
    carry: Carry,
    earlier: Mapping[str, Quantity] = NOTHING,
) -> Calculation:
    """Price what is *asked*, adding what earlier roundings left.

    Where *earlier* parts of the same usage were billed, minimum and increments apply to the whole
    of it: so its parts cost together what one usage of their sum would.
    Raises `InvalidRequest` for a foreign unit, or for a cost beyond what an account can hold.
    """
    used = quantities_of(price, asked)
    lines = tuple(
        Line(unit=each.unit, quantity=used[each.unit], billed=billed, rate=each.rate)
        for each in price.units
        if each.unit in used
        for before in [Quantity(earlier.get(each.unit, 0))]
        for billed in [each.billed_after(before, used[each.unit])]
    )
    hundredths, left = divmod(carry + sum(line.exact for line in lines), HUNDREDTH)
    if hundredths > MAX_HUNDREDTHS:
        raise InvalidRequest("The cost is beyond any balance.", pointer="/quantities")
    return Calculation(
        price_version=price.version,
        lines=lines,
        carry_before=carry,
        carry_after=Carry(left),
        cost=Credits(hundredths),
    )


def most_affordable(
    price: Price, asked: RequestedQuantities, carry: Carry, available: Credits
) -> dict[str, Quantity]:
    """Return, for each unit, the most that *available* pays with the other units as asked."""
    budget = (max(available, ZERO).hundredths + 1) * HUNDREDTH - 1 - carry
    exact = {each.unit: each.exact for each in rate(price, asked, Carry(0)).lines}
    total = sum(exact.values())
    return {
        each.unit: each.most_billed_within(budget - (total - exact.get(each.unit, 0)))
        for each in price.units
    }


def seconds_affordable(most: Mapping[str, Quantity]) -> int | None:
    """Turn the most units of time into whole seconds, or `None` where no unit is of time."""
    seconds = [most[unit] * each // ONE for unit, each in SECONDS_PER_UNIT.items() if unit in most]
    return min(seconds, default=None)


RATE_PLACES = 6


def rate_text(rate: int) -> str:
    """Write a rate in millionths of a credit with two to six places: ``"0.50"``."""
    return decimal_text(rate, RATE_PLACES)


def decimal_text(number: int, places: int) -> str:
    """Write *number* units of 10⁻ᵖˡᵃᶜᵉˢ exactly, with at least two places."""
    whole, rest = divmod(number, 10**places)
    digits = f"{rest:0{places}d}"
    return f"{whole}.{digits[:2]}{digits[2:].rstrip('0')}"
