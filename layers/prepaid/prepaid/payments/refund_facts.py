"""Refunds: each as it was told, the charge's sum, and how much of the money is gone.

Facts merge: in whatever order and however often they arrive, the same facts make the same sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from prepaid.domain.credits import Instant

_RANKS = {"pending": 1, "requires_action": 2, "succeeded": 3, "canceled": 4, "failed": 5}
_BACK = frozenset({"canceled", "failed"})
UNTIMED = Instant(0)
"""When a refund was told that was stored without a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRefunded:
    """What a charge said at Stripe's time `at` had been refunded of it so far, in all.

    An empty currency was not told.
    """

    amount: int
    at: Instant = UNTIMED
    currency: str = ""

    def place(self) -> tuple[Instant, int]:
        """Order by time: a sum falls when a refund fails."""
        return self.at, self.amount


NO_SUM = ChargeRefunded(amount=0, at=Instant(-1))
"""The sum before any was told, and the time of a sum that was stored without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """One refund and its status, told at Stripe's time `at`. An empty currency was not told.

    `request` is the key of the request of an admin's that made it.
    """

    refund_id: str
    amount: int
    status: str
    at: Instant = UNTIMED
    currency: str = ""
    request: str = ""

    @property
    def live(self) -> bool:
        """Whether the money is on its way back or gone: it is, until it is told to be back."""
        return self.status not in _BACK

    @property
    def known_status(self) -> bool:
        """Whether Stripe's documentation names the status."""
        return self.status in _RANKS

    def merged(self, news: "Refunded") -> "Refunded":
        """Merge what is told of the same refund: commutative, associative and idempotent.

        The status that comes last in a refund's life stays, with the first time it was told.
        """
        latest = max(self, news, key=_place)
        return replace(latest, request=max(self.request, news.request))


def _place(refund: Refunded) -> tuple[int, str, bool, int, int, str]:
    timed = refund.at > UNTIMED
    rank = _RANKS.get(refund.status, 0)
    return rank, refund.status, timed, -refund.at, refund.amount, refund.currency


def refunded(told: Iterable[Refunded], charge: ChargeRefunded) -> int:
    """Return how much is refunded by what was told one by one and by the charge's sum.

    The sum speaks for refunds that were never told one by one. It leaves out what had failed
    before, so only what failed later is subtracted from it; in the same second, nothing is.
    """
    each_told = list(told)
    live = sum(each.amount for each in each_told if each.live)
    failed = sum(each.amount for each in each_told if not each.live and each.at > charge.at)
    return max(live, charge.amount - failed, 0)
