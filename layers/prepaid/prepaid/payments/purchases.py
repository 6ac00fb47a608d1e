"""Purchases: from a package and an idempotency key to an intent that can be paid, and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from prepaid.catalogue.packages import Package
from prepaid.catalogue.ports import Catalogue
from prepaid.domain import keys
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Contended, InvalidRequest, KeyReused, NotFound
from prepaid.ledger.ports import RecordMoved, RetryBudget
from prepaid.payments.facts import PaymentFacts
from prepaid.payments.payment import Payment
from prepaid.payments.ports import (
    Customers,
    Intent,
    PaymentExists,
    PaymentPosition,
    PaymentProcessor,
    Payments,
    PaymentStarts,
    StartsMoved,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an account wants to buy. `key` is the caller's own idempotency key."""

    account_id: AccountId
    package_id: str
    key: str
    save_card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A purchase ready to be paid; *replayed* when an earlier request had opened its intent."""

    payment: Payment
    client_secret: str
    replayed: bool


class Purchases:
    """Sells packages; the ledger follows the provider's events."""

    def __init__(
        self,
        *,
        payments: Payments,
        starts: PaymentStarts,
        catalogue: Catalogue,
        facts: PaymentFacts,
        budget: Callable[[], RetryBudget],
    ) -> None:
        self._payments = payments
        self._starts = starts
        self._catalogue = catalogue
        self._facts = facts
        self._budget = budget

    def start(
        self, order: Order, processor: PaymentProcessor, customers: Customers, now: Instant
    ) -> Started:
        """Write the terms, then open an intent for them; a repeat completes what is missing.

        Raises `InvalidRequest` (no such package), `KeyReused`, `RateLimited`, `Unavailable`.
        """
        payment = self._payments.payment(_payment_id(order))
        payment = payment or self._new(order, processor.name, now)
        if (payment.fingerprint, payment.provider) != (_fingerprint(order), processor.name):
            raise KeyReused("This Idempotency-Key was used for another purchase.")
        if payment.intent_id is not None:
            secret = processor.intent(payment.intent_id).client_secret
            return Started(payment=payment, client_secret=secret, replayed=True)
        customer_id = customers.customer(order.account_id)
        if customer_id is None:
            created = processor.create_customer(order.account_id)
            customer_id = customers.remember(order.account_id, created)
        intent = processor.create_intent(payment, customer_id=customer_id)
        payment = self._with_intent(payment, intent)
        return Started(payment=payment, client_secret=intent.client_secret, replayed=False)

    def payment(self, payment_id: str, account_id: AccountId | None) -> Payment:
        """Return a payment of an account (`None`: of any); raise `NotFound` for another's."""
        payment = self._payments.payment(payment_id)
        if payment is None or account_id not in {None, payment.account_id}:
            raise NotFound("There is no such purchase.")
        return payment

    def page(
        self, account_id: AccountId, *, limit: int, after: PaymentPosition | None
    ) -> tuple[Sequence[Payment], PaymentPosition | None]:
        """Return payments, newest first, and where to go on, or `None` at the end."""
        found = self._payments.of_account(account_id, limit=limit + 1, after=after)
        shown = found[:limit]
        if len(found) <= limit:
            return shown, None
        last = shown[-1]
        return shown, PaymentPosition(created_at=last.created_at, payment_id=last.payment_id)

    def refresh(
        self, payment: Payment, processor: PaymentProcessor, *, request_id: str, now: Instant
    ) -> Payment:
        """Ask the processor what became of a payment, and record it. Raises `Unavailable`."""
        if payment.intent_id is None:
            return payment
        intent = processor.intent(payment.intent_id)
        self._facts.record_intent(intent, request_id=request_id, now=now)
        return self.payment(payment.payment_id, payment.account_id)

    def _new(self, order: Order, provider: str, now: Instant) -> Payment:
        package = self._catalogue.package(order.package_id)
        if package is None or not package.is_for(order.account_id):
            raise InvalidRequest("There is no such package for sale.", pointer="/package_id")
        return self._write(_terms(order, package, provider, now), now)

    def _write(self, payment: Payment, now: Instant) -> Payment:
        """Write a new payment while its account may start one; return it, or a rival's with its id.

        Rivals for the account's record read it again, so that no eleventh start gets through.
        """
        budget = self._budget()
        while True:
            starts = self._starts.starts(payment.account_id)
            try:
                self._starts.start(payment, starts.started(now))
            except PaymentExists:
                return self.payment(payment.payment_id, payment.account_id)
            except (StartsMoved, Contended):
                budget.pause()
            else:
                return replace(payment, version=1)

    def _with_intent(self, payment: Payment, intent: Intent) -> Payment:
        """Store a payment's intent, whoever else has written the row meanwhile."""
        budget = self._budget()
        while payment.intent_id is None:
            changed = replace(payment, intent_id=intent.intent_id)
            try:
                self._payments.save(changed)
            except RecordMoved:
                budget.pause()
                payment = self._payments.payment(payment.payment_id) or payment
            else:
                return changed
        return payment


def _terms(order: Order, package: Package, provider: str, now: Instant) -> Payment:
    return Payment(
        payment_id=_payment_id(order),
        account_id=order.account_id,
        package_id=package.package_id,
        package_name=package.name,
        validity_days=package.validity_days,
        bonus_validity_days=package.bonus_validity_days,
        credits=package.credits,
        bonus=package.bonus,
        price=package.price,
        currency=package.currency,
        created_at=now,
        fingerprint=_fingerprint(order),
        provider=provider,
        save_card=order.save_card,
        consent_at=now if order.save_card else None,
    )


def _payment_id(order: Order) -> str:
    """Return the one id that an account's key leads to, so that a repeat finds its purchase."""
    text = keys.fingerprint({"account_id": order.account_id, "key": order.key})
    return f"pay_{text.removeprefix('v1:')[:32]}"


def _fingerprint(order: Order) -> str:
    content = {"package_id": order.package_id, "save_card": order.save_card or None}
    return keys.fingerprint(content)
