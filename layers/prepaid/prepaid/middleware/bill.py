"""The bill of one piece of work: what it used, told by the work itself."""

from decimal import Decimal

from prepaid.domain.pricing import ONE, Quantity, RequestedQuantities
from prepaid.metering.work import Used
from prepaid.web.numbers import exact

type Measured = int | str | Decimal
"""A quantity as work measures it. No `float`: 0.1 of it is not a tenth."""
PLACES = 6
_POWER = 9


class NothingMeasured(Exception):
    """Work whose size is known only afterwards ended without `bill.used(…)`."""


class Bill:
    """Collects what one piece of work used; what it does not tell is what was expected.

    `repeated` says that an earlier attempt was paid already: nothing is paid again.
    """

    def __init__(self, expected: RequestedQuantities | None, *, repeated: bool = False) -> None:
        self.repeated = repeated
        self._expected = expected
        self._used: dict[str, Quantity] = {}
        self._rounded = False

    def used(self, **units: Measured) -> None:
        """Add what was used, by unit; from the first call on only what is told here is paid.

        More than six places are rounded half to even. Raises `TypeError` for a `float`, and
        `ValueError` for what is no number from 0 to 1,000,000,000.
        """
        for unit, value in units.items():
            quantity, rounded = quantity_of(value)
            self._used[unit] = Quantity(self._used.get(unit, 0) + quantity)
            self._rounded = self._rounded or rounded

    def total(self) -> Used:
        """Return what is to be paid. Raises `NothingMeasured`."""
        if self._used:
            return Used(quantities=self._used, rounded=self._rounded)
        if self._expected is None:
            raise NothingMeasured("The size of the work was not told: call bill.used(…).")
        return Used(quantities=self._expected)


def quantity_of(value: Measured) -> tuple[Quantity, bool]:
    """Read a quantity exactly, in millionths, and whether that rounded it."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise TypeError("a quantity is an int, a Decimal or a text, so that it is exact")
    number = exact(format(value, "f") if isinstance(value, Decimal) else str(value))
    if number.negative or number.above(_POWER):
        raise ValueError("a quantity is from 0 to 1,000,000,000")
    millionths, rounded = number.scaled(PLACES)
    return Quantity(millionths), rounded


def quantities_of(expected: "Measured | dict[str, Measured]") -> RequestedQuantities:
    """Read quantities by unit, or one of an operation's only unit."""
    if isinstance(expected, dict):
        return {unit: quantity_of(value)[0] for unit, value in expected.items()}
    return quantity_of(expected)[0]


ONCE: RequestedQuantities = Quantity(ONE)
"""What an operation is expected to use that says nothing else: one of its only unit."""


def expectation(
    expected: "Measured | dict[str, Measured] | None", at_most: str | None
) -> RequestedQuantities | None:
    """Return what work is expected to use, or `None` for what is known only afterwards.

    Raises `ValueError` where both are said.
    """
    if at_most is None:
        return ONCE if expected is None else quantities_of(expected)
    if expected is not None:
        raise ValueError("give expected or at_most, not both")
    return None
