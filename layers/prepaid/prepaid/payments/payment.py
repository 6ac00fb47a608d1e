"""Payments: the terms as bought, the facts since, and what those facts owe the ledger.

Facts are added to a payment, never removed. What the account owes back is computed from all of
them, and each commit moves the ledger by the difference to what was taken so far. So the same facts
end in the same credits, in whatever order and however often they arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, override

from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind
from prepaid.domain.records import Record
from prepaid.payments.disputes import Disputed
from prepaid.payments.receipts import NO_RECEIPT, Receipt
from prepaid.payments.refund_facts import NO_SUM, UNTIMED, ChargeRefunded, Refunded, refunded


class PaymentStatus(StrEnum):
    """Where a payment stands, for a person."""

    CREATED = "created"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    REFUNDED = "refunded"
    DISPUTED = "disputed"
    UNDER_REVIEW = "under_review"


class Cancellation(StrEnum):
    """Why an intent was canceled, as far as a payer is to know it."""

    OTHER = ""
    ABANDONED = "abandoned"
    DUPLICATE = "duplicate"
    FRAUDULENT = "fraudulent"
    REQUESTED = "requested"


_PROGRESS = {
    PaymentStatus.CREATED: 0,
    PaymentStatus.PROCESSING: 1,
    PaymentStatus.FAILED: 2,
    PaymentStatus.CANCELED: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An intent's way before it is paid, at the provider's time `at`.

    `reason` says to the payer why it failed, `cancellation` why it was canceled.
    """

    status: PaymentStatus
    at: Instant
    reason: str | None = None
    cancellation: Cancellation = Cancellation.OTHER

    def place(self) -> tuple[bool, Instant, int, str, str]:
        """Order by time; a canceled intent stays canceled."""
        canceled = self.status is PaymentStatus.CANCELED
        rank = _PROGRESS[self.status]
        return canceled, self.at, rank, self.reason or "", self.cancellation


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """The intent succeeded: *amount* was received, in the currency's smallest unit."""

    amount: int
    currency: str
    charge_id: str | None
    at: Instant


type Fact = Progress | Paid | Receipt | ChargeRefunded | Refunded | Disputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Clawback:
    """Credits taken back: how many from which grant, and the terms to give them back on.

    `grant_id` 0 is debt. `seconds_left` is how many seconds the grant had left, `None` for ever.
    """

    grant_id: int
    amount: Credits
    kind: GrantKind
    grant_amount: Credits
    priority: int
    cost_basis: int
    seconds_left: int | None = None
    origin: int | None = None
    currency: str = DEFAULT_CURRENCY

    def ends(self, now: Instant) -> Instant | None:
        """Return when the credits expire if they are given back at *now*."""
        return None if self.seconds_left is None else Instant(now + self.seconds_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """One purchase: the terms as bought, and every fact recorded since.

    `price` is in the currency's smallest unit, `provider` names who takes it; `package_name` is
    empty in payments of before it was kept. `version` counts
    writes of the row. `problem` names why money came in and no credits went out.
    """

    kind: ClassVar[str] = "payment"
    versioned: ClassVar[bool] = True

    payment_id: str
    account_id: AccountId
    package_id: str
    credits: Credits
    bonus: Credits
    price: int
    currency: str
    created_at: Instant
    fingerprint: str
    provider: str
    version: int = 0
    package_name: str = ""
    validity_days: int | None = None
    bonus_validity_days: int | None = None
    intent_id: str | None = None
    save_card: bool = False
    consent_at: Instant | None = None
    progress: Progress = Progress(status=PaymentStatus.CREATED, at=Instant(0))
    paid: Paid | None = None
    receipt: Receipt = NO_RECEIPT
    granted: bool = False
    grant_ids: tuple[int, ...] = ()
    expired: Credits = ZERO
    charge_refunded: ChargeRefunded = NO_SUM
    refunds: Mapping[str, Refunded] = field(default_factory=dict)
    disputes: Mapping[str, Disputed] = field(default_factory=dict)
    taken: tuple[Clawback, ...] = ()
    problem: str | None = None

    @property
    def status(self) -> PaymentStatus:
        """Where the payment stands, judged from all facts."""
        if self.paid is None:
            return PaymentStatus.UNDER_REVIEW if self.problem else self.progress.status
        if any(each.gone or each.open for each in self.disputes.values()):
            return PaymentStatus.DISPUTED
        if self.money_refunded >= self.price:
            return PaymentStatus.REFUNDED
        return PaymentStatus.SUCCEEDED

    @property
    def money_refunded(self) -> int:
        """What is refunded, at most what was paid."""
        return min(refunded(self.refunds.values(), self.charge_refunded), self.price)

    @property
    def money_back(self) -> int:
        """Refunds and what is gone in disputes, at most what was paid."""
        disputed = sum(each.gone for each in self.disputes.values())
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

    @property
    def untimed(self) -> "Payment":
        """The payment without the times of its refunds and disputes, and without its receipt.

        What differs in nothing else is no news: nobody need be told that it came late.
        """
        return replace(
            self,
            receipt=NO_RECEIPT,
            charge_refunded=replace(self.charge_refunded, at=UNTIMED),
            refunds={key: replace(each, at=UNTIMED) for key, each in self.refunds.items()},
            disputes={key: replace(each, at=UNTIMED) for key, each in self.disputes.items()},
        )

    def with_fact(self, fact: Fact) -> "Payment":
        """Return the payment with one more fact; equal when it knew that already."""
        match fact:
            case Progress():
                latest = max(self.progress, fact, key=Progress.place)
                return replace(self, progress=latest)
            case Paid():
                return self if self.paid else replace(self, paid=fact)
            case Receipt():
                return replace(self, receipt=max(self.receipt, fact, key=Receipt.place))
            case ChargeRefunded():
                latest_sum = max(self.charge_refunded, fact, key=ChargeRefunded.place)
                return replace(self, charge_refunded=latest_sum)
            case Refunded():
                refund = self.refunds.get(fact.refund_id, fact).merged(fact)
                return replace(self, refunds={**self.refunds, fact.refund_id: refund})
        dispute = self.disputes.get(fact.dispute_id, fact).merged(fact)
        return replace(self, disputes={**self.disputes, fact.dispute_id: dispute})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCommand(Command):
    """What a paid intent gives and what its refunds and disputes take back: one price, once."""

    intent_id: str
    price: int
    currency: str

    @override
    def content(self) -> Mapping[str, object]:
        """Return what was paid, as Stripe names it."""
        return {"id": self.intent_id, "amount": self.price, "currency": self.currency}
