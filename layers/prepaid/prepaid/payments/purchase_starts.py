"""How often an account may start to buy: its latest starts, and whether one more is allowed."""

from dataclasses import dataclass, replace

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import RateLimited

MAX_STARTED = 10
STARTED_WITHIN_SECONDS = 3600
"""An account may start 10 purchases an hour: card testers try many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseStarts:
    """When an account started to buy: at most the last 10 instants, oldest first."""

    account_id: AccountId
    at: tuple[Instant, ...] = ()
    version: int = 0

    def started(self, now: Instant) -> "PurchaseStarts":
        """Return the record with one more start.

        Raises `RateLimited`, with the seconds to wait, when 10 lie in the hour before *now*.
        """
        recent = tuple(each for each in self.at if each + STARTED_WITHIN_SECONDS > now)
        if len(recent) >= MAX_STARTED:
            wait = recent[-MAX_STARTED] + STARTED_WITHIN_SECONDS - now
            raise RateLimited("Too many purchases were started.", retry_after_seconds=wait)
        return replace(self, at=tuple(sorted([*recent, now])))
