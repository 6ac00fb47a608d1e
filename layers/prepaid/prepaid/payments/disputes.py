"""Disputes: what is known of one, and how much of its money is gone.

Facts merge: in whatever order and however often they arrive, the same facts make the same dispute.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from prepaid.domain.credits import Instant

WITHDRAWAL = "dispute"
REVERSAL = "dispute_reversal"
"""Stripe's categories of balance transactions: https://docs.stripe.com/reports/reporting-categories."""
_RANKS = {
    "": 0,
    "warning_needs_response": 1,
    "warning_under_review": 2,
    "warning_closed": 3,
    "needs_response": 4,
    "under_review": 5,
    "prevented": 6,
    "won": 7,
    "lost": 8,
}
_DECIDED = frozenset({"won", "lost"})
_ENDS = _DECIDED | {"warning_closed", "prevented"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One balance transaction of a dispute: *amount* is below zero when money left.

    `category` is Stripe's reporting category, `created` Stripe's time. The currency may be the one
    that the merchant is paid in, not the dispute's own.
    """

    category: str
    amount: int
    currency: str
    created: Instant

    @property
    def withdrawal(self) -> bool:
        """Whether it belongs to what was withdrawn: by its category, else by its sign."""
        if self.category in {WITHDRAWAL, REVERSAL}:
            return self.category == WITHDRAWAL
        return self.amount < 0

    def place(self) -> tuple[bool, int, str, Instant, str]:
        """Order two contents of one balance transaction: the one with more money gone is last."""
        return self.withdrawal, -self.amount, self.currency, self.created, self.category


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What is told of one dispute at Stripe's time `at`; *amount* in its own currency.

    `withdrawn` and `reinstated` say that money moved, not how much: they count only while no
    movement is known. `movements` are all balance transactions told so far, by their ids. An empty
    currency was not told.
    """

    dispute_id: str
    amount: int
    status: str = ""
    withdrawn: bool = False
    reinstated: bool = False
    at: Instant = Instant(0)
    currency: str = ""
    movements: Mapping[str, Movement] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the dispute is not decided yet."""
        return self.status not in _ENDS

    @property
    def inquiry(self) -> bool:
        """Whether it is only a question of the bank's, or was settled before it could be more."""
        return self.status.startswith("warning_") or self.status == "prevented"

    @property
    def gone(self) -> int:
        """How much of the dispute's amount is gone, rounded up to the smallest unit.

        What came back is a share of what was withdrawn, because both may be in the currency that
        the merchant is paid in. A dispute that was won costs nothing, whatever the exchange rates
        of its two days.
        """
        if self.status == "won":
            return 0
        if self._currencies > 1:
            return self.amount
        withdrawn, returned = self._sums
        if withdrawn > 0:
            share = -(-self.amount * (withdrawn - returned) // withdrawn)
            return min(max(share, 0), self.amount)
        if self.status == "lost":
            return self.amount
        if self.inquiry or self.movements:
            return 0
        return self.amount if self.withdrawn and not self.reinstated else 0

    @property
    def doubts(self) -> Iterator[tuple[str, str]]:
        """Go through what an admin must look at: a kind of exception, and what shows it."""
        if self._currencies > 1:
            yield "dispute_currencies", "its balance transactions are in several currencies"
        if self.status == "lost" and self.reinstated and self._sums[0] <= 0:
            yield "dispute_without_amounts", "it was lost and reinstated, nobody said how much"

    def merged(self, news: "Disputed") -> "Disputed":
        """Merge what is told of the same dispute: commutative, associative and idempotent.

        Status, amount and currency are the latest told; won and lost are later than all others.
        Of two contents of one movement the one that leaves more money gone is kept.
        """
        latest = max(self, news, key=_place)
        return replace(
            latest,
            withdrawn=self.withdrawn or news.withdrawn,
            reinstated=self.reinstated or news.reinstated,
            movements=_union(self.movements, news.movements),
        )

    def contradictions(self, news: "Disputed") -> list[str]:
        """Return the ids of the movements that *news* tells with another content."""
        told = news.movements.items()
        return sorted(key for key, each in told if self.movements.get(key, each) != each)

    @property
    def _currencies(self) -> int:
        return len({each.currency for each in self.movements.values()})

    @property
    def _sums(self) -> tuple[int, int]:
        """What was withdrawn, and what came back of it."""
        moved = self.movements.values()
        withdrawn = -sum(each.amount for each in moved if each.withdrawal)
        returned = sum(each.amount for each in moved if not each.withdrawal)
        return withdrawn, returned


def _place(dispute: Disputed) -> tuple[bool, Instant, int, str, int, str]:
    """Order by time; a status that we do not know says only that the dispute is open."""
    rank = _RANKS.get(dispute.status, _RANKS["needs_response"])
    decided = dispute.status in _DECIDED
    return decided, dispute.at, rank, dispute.status, dispute.amount, dispute.currency


def _union(known: Mapping[str, Movement], news: Mapping[str, Movement]) -> Mapping[str, Movement]:
    both = known.keys() & news.keys()
    settled = {key: max(known[key], news[key], key=Movement.place) for key in both}
    return {**known, **news, **settled}
