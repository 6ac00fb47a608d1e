"""Decimal numbers of requests, read exactly: a JSON number is a value, however it is written.

``1E2``, ``100`` and ``100.0`` are one number, as JSON Schema has it. No `float` comes to exist, and
no `int` before its size is known.
"""

import re
from dataclasses import dataclass

_JSON_NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?)0*(\d+))?", re.ASCII)
_MAX_EXPONENT_DIGITS = 9
_HUGE = 10**_MAX_EXPONENT_DIGITS


@dataclass(frozen=True, slots=True)
class Exact:
    """A decimal number: ``0.digits`` times ten to the power of `point`.

    `digits` neither begins nor ends with 0; of 0 it is empty.
    """

    negative: bool
    digits: str
    point: int

    def scaled(self, places: int) -> tuple[int, bool]:
        """Return the size of the number in units of 10⁻ᵖˡᵃᶜᵉˢ, and whether that rounded it.

        Rounds half to even. The caller has bounded `point`.
        """
        cut = self.point + places
        if cut < 0:
            return 0, bool(self.digits)
        digits, rest = self.digits[:cut].ljust(cut, "0"), self.digits[cut:]
        whole = int(digits or "0")
        up = rest > "5" or (rest == "5" and whole % 2 == 1)
        return whole + up, bool(rest)

    def above(self, power_of_ten: int) -> bool:
        """Say whether the size of the number is more than 10^*power_of_ten*."""
        return self.point > power_of_ten + 1 or (
            self.point == power_of_ten + 1 and self.digits > "1"
        )


def exact(literal: str) -> Exact:
    """Read a JSON number; raise `ValueError` for other text, such as ``NaN``."""
    match = _JSON_NUMBER.fullmatch(literal)
    if match is None:
        raise ValueError("a number")
    sign, whole, places, exponent_sign, exponent = match.groups(default="")
    digits = (whole + places).lstrip("0")
    leading = len(whole) + len(places) - len(digits)
    power = int(exponent or "0") if len(exponent) <= _MAX_EXPONENT_DIGITS else _HUGE
    if exponent_sign == "-":
        power = -power
    digits = digits.rstrip("0")
    point = len(whole) - leading + power if digits else 0
    return Exact(negative=sign == "-" and bool(digits), digits=digits, point=point)
