"""Payments: the terms as bought, the facts since, and what those facts owe the ledger.

A payment only ever learns facts. What the account owes back is computed from all of them, and
each commit moves the ledger by the difference to what was taken so far. So the same facts end in
the same credits, in whatever order and however often they were told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind


class PaymentStatus(StrEnum):
    """Where a payment stands, for a person."""

    CREATED = "created"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    REFUNDED = "refunded"
    DISPUTED = "disputed"


_PROGRESS = {
    PaymentStatus.CREATED: 0,
    PaymentStatus.PROCESSING: 1,
    PaymentStatus.FAILED: 2,
    PaymentStatus.CANCELED: 3,
}
_REFUND_RANKS = {"pending": 0, "requires_action": 1, "succeeded": 2, "canceled": 3, "failed": 4}
_LIVE_REFUNDS = frozenset({"pending", "requires_action", "succeeded"})
_DISPUTE_RANKS = {
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
"""An inquiry may become a dispute; a decided dispute stays decided."""
_DISPUTE_ENDS = frozenset({"won", "lost", "warning_closed", "prevented"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An intent's way before it is paid, at Stripe's time `at`; `reason` says why it failed."""

    status: PaymentStatus
    at: Instant
    reason: str | None = None

    def place(self) -> tuple[bool, Instant, int, str]:
        """Order by time; a canceled intent stays canceled."""
        canceled = self.status is PaymentStatus.CANCELED
        return canceled, self.at, _PROGRESS[self.status], self.reason or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The intent succeeded: *amount* was received, in the currency's smallest unit."""

    amount: int
    currency: str
    charge_id: str | None
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRefunded:
    """What a charge says has been refunded of it so far, in all."""

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunded:
    """One refund and its status: pending, requires_action, succeeded, canceled or failed."""

    refund_id: str
    amount: int
    status: str

    @property
    def live(self) -> bool:
        """Whether the money is on its way back or gone."""
        return self.status in _LIVE_REFUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """One dispute: whether its funds were withdrawn and given back, and how it ended."""

    dispute_id: str
    amount: int
    status: str = ""
    withdrawn: bool = False
    reinstated: bool = False

    @property
    def taken(self) -> bool:
        """Whether the money is gone now."""
        gone = self.withdrawn or self.status == "lost"
        return gone and not self.reinstated and self.status != "won"

    @property
    def open(self) -> bool:
        """Whether the dispute is not decided yet."""
        return self.status not in _DISPUTE_ENDS

    def with_news(self, news: "Disputed") -> "Disputed":
        """Merge what is told later or earlier: nothing that happened unhappens."""
        return replace(
            self,
            status=max(self.status, news.status, key=_dispute_rank),
            amount=max(self.amount, news.amount),
            withdrawn=self.withdrawn or news.withdrawn,
            reinstated=self.reinstated or news.reinstated,
        )


type Fact = Progress | Paid | ChargeRefunded | Refunded | Disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Credits taken back: how many from which grant, and the terms to give them back on.

    `grant_id` 0 is debt. `life` is how many seconds the grant had left, `None` for ever.
    """

    grant_id: int
    amount: Credits
    kind: GrantKind
    whole: Credits
    priority: int
    cost_basis: int
    life: int | None = None
    origin: int | None = None
    currency: str = DEFAULT_CURRENCY

    def ends(self, now: Instant) -> Instant | None:
        """Return when the credits expire if they are given back at *now*."""
        return None if self.life is None else Instant(now + self.life)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One purchase: the terms as bought, and every fact learned since.

    `price` is in the currency's smallest unit. `version` counts writes of the row. `problem`
    names why money came in and no credits went out.
    """

    payment_id: str
    account_id: AccountId
    package_id: str
    credits: Credits
    bonus: Credits
    price: int
    currency: str
    created_at: Instant
    fingerprint: str
    version: int = 0
    intent_id: str | None = None
    save_card: bool = False
    consent_at: Instant | None = None
    progress: Progress = Progress(status=PaymentStatus.CREATED, at=Instant(0))
    paid: Paid | None = None
    granted: bool = False
    grant_ids: tuple[int, ...] = ()
    expired: Credits = ZERO
    charge_refunded: int = 0
    refunds: Mapping[str, Refunded] = field(default_factory=dict)
    disputes: Mapping[str, Disputed] = field(default_factory=dict)
    taken: tuple[Taken, ...] = ()
    problem: str | None = None

    @property
    def status(self) -> PaymentStatus:
        """Where the payment stands, judged from all facts."""
        if self.paid is None:
            return self.progress.status
        if any(each.taken or each.open for each in self.disputes.values()):
            return PaymentStatus.DISPUTED
        if self.money_refunded >= self.price:
            return PaymentStatus.REFUNDED
        return PaymentStatus.SUCCEEDED

    @property
    def money_refunded(self) -> int:
        """The live refunds. A charge's sum speaks for refunds that were never told one by one."""
        told = self.refunds.values()
        live = sum(each.amount for each in told if each.live)
        failed = sum(each.amount for each in told if not each.live)
        return min(max(live, self.charge_refunded - failed), self.price)

    @property
    def money_back(self) -> int:
        """Live refunds and withdrawn disputes, at most what was paid."""
        disputed = sum(each.amount for each in self.disputes.values() if each.taken)
        return min(self.money_refunded + disputed, self.price)

    @property
    def owed_back(self) -> tuple[Credits, Credits]:
        """The purchased and the bonus credits that the facts so far take back."""
        granted = self.credits + self.bonus if self.granted else ZERO
        if not granted:
            return ZERO, ZERO
        owed = granted.hundredths * self.money_back // self.price
        owed = min(owed, (granted - self.expired).hundredths)
        bonus = self.bonus.hundredths * owed // granted.hundredths
        return Credits(owed - bonus), Credits(bonus)

    @property
    def own(self) -> Mapping[int, GrantKind]:
        """The grants that the purchase was given in, and what each of them is."""
        given = [(GrantKind.PURCHASED, self.credits), (GrantKind.BONUS, self.bonus)]
        kinds = [kind for kind, amount in given if amount]
        return dict(zip(self.grant_ids, kinds, strict=False))

    @property
    def taken_back(self) -> Credits:
        """What has been taken back so far."""
        return Credits(sum(each.amount.hundredths for each in self.taken))

    @property
    def difference(self) -> Credits:
        """What is owed back beyond what was taken; below zero it is to be given back."""
        purchased, bonus = self.owed_back
        return purchased + bonus - self.taken_back

    def knowing(self, fact: Fact) -> "Payment":
        """Return the payment with one more fact; equal when it knew that already."""
        match fact:
            case Progress():
                latest = max(self.progress, fact, key=Progress.place)
                return replace(self, progress=latest)
            case Paid():
                return self if self.paid else replace(self, paid=fact)
            case ChargeRefunded():
                return replace(self, charge_refunded=max(self.charge_refunded, fact.amount))
            case Refunded():
                return self._with_refund(fact)
        known = self.disputes.get(fact.dispute_id)
        news = known.with_news(fact) if known else fact
        return replace(self, disputes={**self.disputes, fact.dispute_id: news})

    def _with_refund(self, fact: Refunded) -> "Payment":
        known = self.refunds.get(fact.refund_id)
        latest = fact if known is None else max(known, fact, key=_rank)
        return replace(self, refunds={**self.refunds, fact.refund_id: latest})


def _rank(refund: Refunded) -> tuple[int, str]:
    return _REFUND_RANKS.get(refund.status, 0), refund.status


def _dispute_rank(status: str) -> tuple[int, str]:
    """Place a status; one that we do not know says only that the dispute is open."""
    return _DISPUTE_RANKS.get(status, _DISPUTE_RANKS["needs_response"]), status
