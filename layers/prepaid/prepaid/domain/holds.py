"""Holds: amounts set aside for usage whose size is not known yet."""

from dataclasses import dataclass

from prepaid.domain.credits import Credits, Instant
from prepaid.domain.keys import Writer

MAX_HOLDS = 200
MAX_HOLD_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An amount set aside until it is captured, voided, or expires.

    The number of the entry that opened it is its id in the account. Its price is the version that
    was in force for its plan and operation at `opened_at`.
    """

    number: int
    amount: Credits
    expires_at: Instant
    operation: str
    maker: Writer
    plan: str
    opened_at: Instant

    def expired(self, now: Instant) -> bool:
        """Say whether the hold has ended by itself; at `expires_at` itself it has."""
        return self.expires_at <= now
