"""Holds: amounts set aside for usage whose size is not known yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import Quantity

MAX_HOLDS = 200
MAX_HOLD_SECONDS = 86_400
MAX_OPEN_SECONDS = 7 * 86_400
"""From when a hold was opened to its last end, however often it is extended."""
MAX_PARTS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An amount set aside until it is captured, voided, or expires.

    The number of the entry that opened it is its id in the account. Its price is the version that
    was in force for its plan and operation at `opened_at`. `used` is what its earlier captures, of
    which there were `parts`, have paid for.
    """

    number: int
    amount: Credits
    expires_at: Instant
    operation: str
    maker: Writer
    plan: str
    opened_at: Instant
    parts: int = 0
    used: Mapping[str, Quantity] = field(default_factory=dict)

    def after_part(self, cost: Credits, used: Mapping[str, Quantity]) -> "Hold":
        """Return the hold once a part that costs *cost* is captured: it holds that much less."""
        units = dict(self.used)
        for unit, quantity in used.items():
            units[unit] = Quantity(units.get(unit, 0) + quantity)
        amount = max(self.amount - cost, ZERO)
        return replace(self, amount=amount, parts=self.parts + 1, used=units)

    def expired(self, now: Instant) -> bool:
        """Say whether the hold has ended by itself; at `expires_at` itself it has."""
        return self.expires_at <= now
