"""What selling needs from outside: who takes the money, and what was asked of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.purchase_starts import PurchaseStarts


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """What came in a form that the processor does not promise; `subject` names its source."""

    subject: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEvent:
    """One fact about an intent, which is empty where only the charge is named.

    `payment_id` stands under our own mark: the event is ours. `hint` stands under a name that
    other systems use as well: it is ours only if that payment is here.
    """

    intent_id: str
    fact: Fact | Unreadable
    payment_id: str | None = None
    hint: str | None = None
    charge_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What the payment processor says of an intent: who it is for, and the facts so far.

    `payment_id` and `hint` are as in `PaymentEvent`.
    """

    intent_id: str
    payment_id: str | None
    client_secret: str
    facts: Sequence[Fact]
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundReceipt:
    """A refund that the payment processor took on; *amount* in the smallest unit.

    `status` is the provider's own word, shown to whoever asked; no rule reads it.
    """

    refund_id: str
    amount: int
    currency: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """Who asked for a refund and why; *amount* in the smallest unit, `None` for all that is left.

    `key` is the caller's own. `receipt` is what the processor answered, once it has.
    """

    payment_id: str
    account_id: AccountId
    key: str
    fingerprint: Fingerprint
    actor: str
    reason: str
    amount: int | None
    asked_at: Instant
    receipt: RefundReceipt | None = None


class PaymentExists(Exception):
    """A payment with this id is there already. Nothing was written."""


class StartsMoved(Exception):
    """Another purchase of the account was started first. Nothing was written."""


class PaymentStarts(Protocol):
    """Writes new payments, each together with the record of how often its account started."""

    def starts(self, account_id: AccountId) -> PurchaseStarts:
        """Return when an account started to buy, consistently. Raises `Unavailable`."""

    def start(self, payment: Payment, starts: PurchaseStarts) -> None:
        """Write a new payment and its account's record, or neither.

        Raises `PaymentExists`, `StartsMoved` when the record no longer has the version that
        *starts* carries, and `Unavailable`.
        """


class PaymentProcessor(Protocol):
    """Takes money and gives it back.

    Every method raises `Unavailable` when the outcome is unknown (the same call settles it),
    `RateLimited`, and `InvalidRequest` for what the processor will never accept. `name` is the
    provider of the payments that it takes money for.
    """

    @property
    def name(self) -> str:
        """The provider's name, stored with each payment."""

    def create_customer(self, account_id: AccountId) -> str:
        """Return the id of the processor's customer for an account; the same within a day."""

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:
        """Open an intent for a payment's price; the same within a day for the same payment."""

    def intent(self, intent_id: str) -> Intent:
        """Return an intent as it is now, with its refunds and disputes."""

    def refunds_of(self, intent_id: str) -> Sequence[Fact]:
        """Return all refunds of an intent's charge as they are now, with their sum."""

    def intent_of_charge(self, charge_id: str) -> str | None:
        """Return the intent that a charge belongs to, or `None`."""

    def refund(self, payment: Payment, request: RefundRequest, *, again: bool) -> RefundReceipt:
        """Send money back, once for each request; *again* if it may have been done before."""


class Customers(Protocol):
    """Remembers the payment processor's customer of each account."""

    def customer(self, account_id: AccountId) -> str | None:
        """Return the customer's id, or `None`. Raises `Unavailable`."""

    def remember(self, account_id: AccountId, customer_id: str) -> str:
        """Keep the customer's id, or return the one that was kept first. Raises `Unavailable`."""


class RefundRequests(Protocol):
    """Keeps every request for a refund for ever: the record of who sent money back, and why."""

    def find(self, payment_id: str, key: str) -> RefundRequest | None:
        """Return the request for a payment under a key, or `None`. Raises `Unavailable`."""

    def ask(self, request: RefundRequest, audit: AuditRow) -> RefundRequest:
        """Keep a request with the audit of it, or return the one with its payment and key.

        Raises `Unavailable`.
        """

    def answer(self, request: RefundRequest, receipt: RefundReceipt) -> None:
        """Keep what the processor answered. Raises `Unavailable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPosition:
    """Where a list of an account's payments goes on: after this one."""

    created_at: Instant
    payment_id: str


class Payments(Protocol):
    """Keeps the terms and facts of purchases."""

    def save(self, payment: Payment) -> None:
        """Write a payment that was read with the version it carries, raising that version.

        Raises `RecordMoved` when another write came first, and `Unavailable`.
        """

    def payment(self, payment_id: str) -> Payment | None:
        """Return a payment, consistently, or `None`. Raises `Unavailable`."""

    def by_intent(self, intent_id: str) -> Payment | None:
        """Return the payment of an intent, or `None`; may lag behind by moments."""

    def of_account(
        self, account_id: AccountId, *, limit: int, after: PaymentPosition | None = None
    ) -> Sequence[Payment]:
        """Return at most *limit* payments of an account, newest first, after a position.

        May lag behind by moments. Raises `Unavailable`.
        """

    def all_of(self, account_id: AccountId) -> Iterator[Payment]:
        """Go through the account's payments, each read consistently. Raises `Unavailable`."""

    def whole_payments(self, *, segment: int, segments: int) -> Iterator[Payment]:
        """Go through one of *segments* equal parts of all payments, each read consistently.

        Raises `Unavailable`.
        """
