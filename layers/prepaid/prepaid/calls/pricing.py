"""What a call costs, and how long a call an amount of credits pays for.

A call is one ``call`` and as much time as it took, by the units of the operation's price. What is
set aside for a call is its exact cost rounded up, so that it suffices whatever earlier roundings
the account carries.
"""

from bisect import bisect_right
from collections.abc import Mapping

from prepaid.domain.credits import Credits
from prepaid.domain.pricing import (
    HUNDREDTH,
    ONE,
    SECONDS_PER_UNIT,
    Carry,
    Price,
    Quantity,
    rate,
)

OPERATION = "vapi_call"
LEAST_SECONDS = 10
"""Vapi's least `maxDurationSeconds`: https://docs.vapi.ai/api-reference/calls/create"""
LONGEST_SECONDS = 43_200
"""Vapi's greatest `maxDurationSeconds`."""
DEFAULT_SECONDS = 600
"""Vapi's default `maxDurationSeconds`."""
GRACE_SECONDS = 900
"""How long a call's hold outlives the longest that the call may be: a normal report is in time."""
WARNING_SECONDS = 60
"""How long before its end a caller is warned, if the call is not shorter than twice that."""
LATEST_HOOK_SECONDS = 3600
"""The latest moment that a hook ``call.timeElapsed`` of Vapi's can have."""
MILLISECONDS = 1000


def quantities_of_call(price: Price, duration_ms: int) -> Mapping[str, Quantity]:
    """Return what one call of *duration_ms* is, by the units of *price*.

    Time is rounded half to even to a millionth of its unit.
    """
    found: dict[str, Quantity] = {}
    for each in price.units:
        if each.unit in SECONDS_PER_UNIT:
            per_unit = SECONDS_PER_UNIT[each.unit] * MILLISECONDS
            found[each.unit] = Quantity(half_even(duration_ms * ONE, per_unit))
        elif each.counted or each.unit == "call":
            found[each.unit] = Quantity(ONE)
    return found


def hold_for(price: Price, seconds: int) -> Credits:
    """Return what must be set aside for a call of *seconds*. Raises `InvalidRequest`."""
    lines = rate(price, quantities_of_call(price, seconds * MILLISECONDS), Carry(0)).lines
    return Credits(-(-sum(line.exact for line in lines) // HUNDREDTH))


def seconds_within(price: Price, amount: Credits, *, most: int) -> int:
    """Return the longest call, of at most *most* seconds, that *amount* pays for."""
    return bisect_right(range(most + 1), amount, key=lambda each: hold_for(price, each)) - 1


def warn_at(seconds: int) -> int | None:
    """Return when to warn in a call of at most *seconds*; `None` where no hook comes so late."""
    moment = max(seconds - WARNING_SECONDS, seconds // 2)
    return moment if moment <= LATEST_HOOK_SECONDS else None


def half_even(number: int, divisor: int) -> int:
    """Divide two numbers of at least 0, rounding half to even."""
    whole, rest = divmod(number, divisor)
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2 == 1))
