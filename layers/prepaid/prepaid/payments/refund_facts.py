"""Refunds: each by itself, the charge's sum, and how much of the money is gone.

Facts merge: in whatever order and however often they arrive, the same facts make the same sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prepaid.domain.credits import Instant


class RefundStatus(StrEnum):
    """How far a refund is. `UNKNOWN` is a status that its provider does not document."""

    UNKNOWN = "unknown"
    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"
    FAILED = "failed"


_RANKS = {status: rank for rank, status in enumerate(RefundStatus)}
"""Which of two statuses comes later in a refund's life."""
_BACK = frozenset({RefundStatus.CANCELED, RefundStatus.FAILED})
UNTIMED = Instant(0)
"""The time of a refund that was stored without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRefunded:
    """What had been refunded of a charge, in all, at the provider's time `at`.

    An empty currency was not stated.
    """

    amount: int
    at: Instant = UNTIMED
    currency: str = ""

    def place(self) -> tuple[Instant, int]:
        """Order by time: a sum falls when a refund fails."""
        return self.at, self.amount


NO_SUM = ChargeRefunded(amount=0, at=Instant(-1))
"""The sum before any is known, and the time of a sum that was stored without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """One refund and its status at the provider's time `at`. An empty currency was not stated.

    `request` is the key of the request of an admin's that made it. `word` is the provider's own
    for a status that is `UNKNOWN`: an admin sees it, no rule reads it, and it is not stored.
    """

    refund_id: str
    amount: int
    status: RefundStatus
    at: Instant = UNTIMED
    currency: str = ""
    request: str = ""
    word: str = field(default="", compare=False)

    @property
    def live(self) -> bool:
        """Whether the money is on its way back or gone: it is, until the refund has failed."""
        return self.status not in _BACK

    def merged(self, other: "Refunded") -> "Refunded":
        """Merge two states of the same refund: commutative, associative and idempotent.

        The status that comes last in a refund's life stays, with the first time it had it.
        """
        latest = max(self, other, key=_place)
        return replace(latest, request=max(self.request, other.request))


def _place(refund: Refunded) -> tuple[int, str, bool, int, int, str]:
    timed = refund.at > UNTIMED
    rank = _RANKS[refund.status]
    return rank, refund.status, timed, -refund.at, refund.amount, refund.currency


def refunded(refunds: Iterable[Refunded], charge: ChargeRefunded) -> int:
    """Return how much is refunded by the single refunds and by the charge's sum.

    The sum speaks for refunds that are not known one by one. It leaves out what had failed
    before, so only what failed later is subtracted from it; in the same second, nothing is.
    """
    listed = list(refunds)
    live = sum(each.amount for each in listed if each.live)
    failed = sum(each.amount for each in listed if not each.live and each.at > charge.at)
    return max(live, charge.amount - failed, 0)
