"""Holds: amounts set aside for usage whose size is not known yet."""

from dataclasses import dataclass

from prepaid.domain.credits import Credits, Instant
from prepaid.domain.keys import Writer

MAX_HOLDS = 200
MAX_HOLD_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An amount set aside until it is captured, voided, or expires.

    The number of the entry that opened it is its id in the account. The price version is fixed
    when it is opened: plan, operation and the instant from which that version is in force.
    """

    hold_id: int
    amount: Credits
    expires_at: Instant
    operation: str
    maker: Writer
    plan: str
    price_from: Instant

    def expired(self, now: Instant) -> bool:
        """Say whether the hold has ended by itself; at `expires_at` itself it has."""
        return self.expires_at <= now
