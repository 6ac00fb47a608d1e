"""Disputes: the state of one, and how much of its money is gone.

Facts merge: in whatever order and however often they arrive, the same facts make the same dispute.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prepaid.domain.credits import Instant


class DisputeStatus(StrEnum):
    """How far a dispute is. An inquiry is a question of the bank's before any money moves."""

    NOT_STATED = ""
    INQUIRY = "inquiry"
    INQUIRY_UNDER_REVIEW = "inquiry_under_review"
    INQUIRY_CLOSED = "inquiry_closed"
    NEEDS_RESPONSE = "needs_response"
    UNKNOWN = "unknown"
    UNDER_REVIEW = "under_review"
    PREVENTED = "prevented"
    WON = "won"
    LOST = "lost"


_RANKS = {
    DisputeStatus.NOT_STATED: 0,
    DisputeStatus.INQUIRY: 1,
    DisputeStatus.INQUIRY_UNDER_REVIEW: 2,
    DisputeStatus.INQUIRY_CLOSED: 3,
    DisputeStatus.NEEDS_RESPONSE: 4,
    DisputeStatus.UNKNOWN: 4,
    DisputeStatus.UNDER_REVIEW: 5,
    DisputeStatus.PREVENTED: 6,
    DisputeStatus.WON: 7,
    DisputeStatus.LOST: 8,
}
"""Which of two statuses of one time is the later; an unknown one says only that it is open."""
_DECIDED = frozenset({DisputeStatus.WON, DisputeStatus.LOST})
_ENDS = _DECIDED | {DisputeStatus.INQUIRY_CLOSED, DisputeStatus.PREVENTED}
_INQUIRIES = frozenset(
    {
        DisputeStatus.INQUIRY,
        DisputeStatus.INQUIRY_UNDER_REVIEW,
        DisputeStatus.INQUIRY_CLOSED,
        DisputeStatus.PREVENTED,
    }
)


class MovementKind(StrEnum):
    """Whether a movement belongs to what a dispute withdrew, or to what came back of it."""

    WITHDRAWAL = "withdrawal"
    REVERSAL = "reversal"

    @classmethod
    def by_sign(cls, amount: int) -> "MovementKind":
        """Judge a movement that nobody named: below zero it left."""
        return cls.WITHDRAWAL if amount < 0 else cls.REVERSAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement of a dispute's money: *amount* is below zero when it left.

    `created` is the provider's time. The currency may be the one that the merchant is paid in,
    not the dispute's own.
    """

    kind: MovementKind
    amount: int
    currency: str
    created: Instant

    @property
    def withdrawal(self) -> bool:
        """Whether it belongs to what was withdrawn."""
        return self.kind is MovementKind.WITHDRAWAL

    def place(self) -> tuple[bool, int, str, Instant]:
        """Order two contents of one movement: the one with more money gone is last."""
        return self.withdrawal, -self.amount, self.currency, self.created


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What one dispute was at the provider's time `at`; *amount* in its own currency.

    `withdrawn` and `reinstated` say that money moved, not how much: they count only while no
    movement is known. `movements` are all movements known so far, by their ids. An empty currency
    was not stated.
    """

    dispute_id: str
    amount: int
    status: DisputeStatus = DisputeStatus.NOT_STATED
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
        """Whether it is only a question of the bank's, or ended before it could be more."""
        return self.status in _INQUIRIES

    @property
    def gone(self) -> int:
        """How much of the dispute's amount is gone, rounded up to the smallest unit.

        What came back is a share of what was withdrawn, because both may be in the currency that
        the merchant is paid in. A dispute that was won costs nothing, whatever the exchange rates
        of its two days.
        """
        if self.status is DisputeStatus.WON:
            return 0
        if self._currencies > 1:
            return self.amount
        withdrawn, returned = self._sums
        if withdrawn > 0:
            share = -(-self.amount * (withdrawn - returned) // withdrawn)
            return min(max(share, 0), self.amount)
        if self.status is DisputeStatus.LOST:
            return self.amount
        if self.inquiry or self.movements:
            return 0
        return self.amount if self.withdrawn and not self.reinstated else 0

    @property
    def doubts(self) -> Iterator[tuple[str, str]]:
        """Go through what an admin must look at: a kind of exception, and what shows it."""
        if self._currencies > 1:
            yield "dispute_currencies", "its balance transactions are in several currencies"
        if self.status is DisputeStatus.LOST and self.reinstated and self._sums[0] <= 0:
            yield "dispute_without_amounts", "it was lost and reinstated, nobody said how much"

    def merged(self, other: "Disputed") -> "Disputed":
        """Merge two states of the same dispute: commutative, associative and idempotent.

        Status, amount and currency are the latest; won and lost are later than all others. Of two
        contents of one movement the one that leaves more money gone stays.
        """
        latest = max(self, other, key=_place)
        return replace(
            latest,
            withdrawn=self.withdrawn or other.withdrawn,
            reinstated=self.reinstated or other.reinstated,
            movements=_union(self.movements, other.movements),
        )

    def contradictions(self, other: "Disputed") -> list[str]:
        """Return the ids of the movements that have another content in *other*."""
        movements = other.movements.items()
        return sorted(key for key, each in movements if self.movements.get(key, each) != each)

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
    """Order by time; what is decided is later than what is not."""
    rank = _RANKS[dispute.status]
    decided = dispute.status in _DECIDED
    return decided, dispute.at, rank, dispute.status, dispute.amount, dispute.currency


def _union(one: Mapping[str, Movement], other: Mapping[str, Movement]) -> Mapping[str, Movement]:
    both = one.keys() & other.keys()
    chosen = {key: max(one[key], other[key], key=Movement.place) for key in both}
    return {**one, **other, **chosen}
