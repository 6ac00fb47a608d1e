"""Purchases: from the terms to the grant, and every fact about the money since.

Only a paid intent grants. Whatever tells a fact (a webhook, a refresh, the reconciliation) goes
through `learn`, which commits the payment's row and the ledger's entries together.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from prepaid.domain import keys
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import InvalidRequest, KeyReused, NotFound, RateLimited, Unavailable
from prepaid.domain.payments import Disputed, Fact, Paid, Payment
from prepaid.domain.repaying import grant_purchase, settle_payment
from prepaid.usecases.ports import (
    Catalogue,
    Customers,
    Exceptions,
    Intent,
    LedgerStore,
    Moved,
    Patience,
    PaymentMoved,
    PaymentProcessor,
    Payments,
    RefundReceipt,
    Repeated,
)

MAX_STARTED = 10
STARTED_WITHIN_SECONDS = 3600
"""An account may start 10 purchases an hour: card testers try many."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One fact about an intent. `payment_id` is where the processor says it belongs."""

    intent_id: str
    fact: Fact
    payment_id: str | None = None


class Purchases:
    """Sells packages, and keeps the ledger true to what happens to their money."""

    def __init__(
        self,
        *,
        store: LedgerStore,
        payments: Payments,
        catalogue: Catalogue,
        exceptions: Exceptions,
        patience: Callable[[], Patience],
    ) -> None:
        self._store = store
        self._payments = payments
        self._catalogue = catalogue
        self._exceptions = exceptions
        self._patience = patience

    def start(
        self, order: Order, processor: PaymentProcessor, customers: Customers, now: Instant
    ) -> Started:
        """Write the terms, then open an intent for them; a repeat completes what is missing.

        Raises `InvalidRequest` (no such package), `KeyReused`, `RateLimited`, `Unavailable`.
        """
        payment = self._payments.payment(_payment_id(order)) or self._new(order, now)
        if payment.fingerprint != _fingerprint(order):
            raise KeyReused("This Idempotency-Key was used for another purchase.")
        if payment.intent_id is not None:
            secret = processor.intent(payment.intent_id).client_secret
            return Started(payment=payment, client_secret=secret, replayed=True)
        customer_id = customers.customer(order.account_id)
        if customer_id is None:
            created = processor.create_customer(order.account_id)
            customer_id = customers.remember(order.account_id, created)
        intent = processor.create_intent(payment, customer_id=customer_id)
        payment = self._opened(payment, intent)
        return Started(payment=payment, client_secret=intent.client_secret, replayed=False)

    def payment(self, payment_id: str, account_id: AccountId | None) -> Payment:
        """Return a payment of an account (`None`: of any); raise `NotFound` for another's."""
        payment = self._payments.payment(payment_id)
        if payment is None or account_id not in {None, payment.account_id}:
            raise NotFound("There is no such purchase.")
        return payment

    def refresh(
        self, payment: Payment, processor: PaymentProcessor, *, request_id: str, now: Instant
    ) -> Payment:
        """Ask the processor what became of a payment, and learn it. Raises `Unavailable`."""
        if payment.intent_id is None:
            return payment
        self.learn_intent(processor.intent(payment.intent_id), request_id=request_id, now=now)
        return self.payment(payment.payment_id, payment.account_id)

    def refund(
        self,
        payment: Payment,
        processor: PaymentProcessor,
        *,
        amount: int | None,
        key: str,
        reason: str,
    ) -> RefundReceipt:
        """Send money back; the credits follow when the processor tells of it.

        Raises `InvalidRequest` when nothing was paid or *amount* is more than is left.
        """
        left = payment.price - payment.money_back
        if payment.paid is None or left <= 0:
            raise InvalidRequest("There is no money left to refund.", pointer="/payment_id")
        if amount is not None and amount > left:
            raise InvalidRequest(f"At most {left} can be refunded.", pointer="/amount")
        return processor.refund(payment, amount=amount, key=key, reason=reason)

    def learn_intent(self, intent: Intent, *, request_id: str, now: Instant) -> bool:
        """Learn all facts of an intent; say whether any of them was new."""
        news = [
            News(intent_id=intent.intent_id, payment_id=intent.payment_id, fact=fact)
            for fact in intent.facts
        ]
        new = [self.learn(each, request_id=request_id, now=now) for each in news]
        return any(new)

    def learn(self, news: News, *, request_id: str, now: Instant) -> bool:
        """Learn one fact, with all that it does to the account; say whether it was new.

        A fact about nobody's payment, or one that contradicts the terms, moves no credits and
        becomes an exception for an admin. Raises `Unavailable`: telling it again is safe.
        """
        patience = self._patience()
        while True:
            try:
                return self._learned(news, request_id, now)
            except (Moved, PaymentMoved, Repeated, Unavailable):
                patience.pause()

    def _learned(self, news: News, request_id: str, now: Instant) -> bool:
        payment = self._payment_of(news)
        if payment is None:
            self._exceptions.report(
                "unknown_payment", news.intent_id, f"{type(news.fact).__name__}", now=now
            )
            return False
        wrong = _contradiction(payment, news)
        if wrong:
            subject = f"{payment.payment_id}#{news.intent_id}"
            self._exceptions.report("payment_mismatch", subject, wrong, now=now)
            if payment.problem is None:
                self._payments.save(replace(payment, problem=wrong))
            return False
        known = replace(payment, intent_id=news.intent_id).knowing(news.fact)
        if known == payment:
            return False
        grants = known.paid is not None and not known.granted
        if grants or known.difference:
            self._commit(known, news, request_id, now)
        else:
            self._payments.save(known)
        return True

    def _commit(self, payment: Payment, news: News, request_id: str, now: Instant) -> None:
        account = self._store.load(payment.account_id)
        command = _told(payment, news, request_id)
        decision = begin(account, now, command)
        if payment.paid is not None and not payment.granted:
            decision, payment = grant_purchase(decision, command, payment)
        kind = _kind(payment, news)
        back = replace(command, key=keys.money_back(kind, news.intent_id))
        decision, payment = settle_payment(decision, back, payment, kind)
        self._store.commit(_with(decision, payment), seen=account.version)

    def _payment_of(self, news: News) -> Payment | None:
        if news.payment_id is not None:
            return self._payments.payment(news.payment_id)
        return self._payments.by_intent(news.intent_id)

    def _new(self, order: Order, now: Instant) -> Payment:
        package = next(
            (each for each in self._catalogue.packages() if each.package_id == order.package_id),
            None,
        )
        if package is None:
            raise InvalidRequest("There is no such package for sale.", pointer="/package_id")
        recent = self._payments.of_account(order.account_id, limit=MAX_STARTED)
        if len(recent) == MAX_STARTED:
            wait = recent[-1].created_at + STARTED_WITHIN_SECONDS - now
            if wait > 0:
                raise RateLimited("Too many purchases were started.", retry_after_seconds=wait)
        return self._payments.add(
            Payment(
                payment_id=_payment_id(order),
                account_id=order.account_id,
                package_id=package.package_id,
                credits=package.credits,
                bonus=package.bonus,
                price=package.price,
                currency=package.currency,
                created_at=now,
                fingerprint=_fingerprint(order),
                save_card=order.save_card,
                consent_at=now if order.save_card else None,
            )
        )

    def _opened(self, payment: Payment, intent: Intent) -> Payment:
        """Remember a payment's intent, whoever else has written the row meanwhile."""
        patience = self._patience()
        while payment.intent_id is None:
            try:
                opened = replace(payment, intent_id=intent.intent_id)
                self._payments.save(opened)
                return opened
            except PaymentMoved:
                patience.pause()
                payment = self._payments.payment(payment.payment_id) or payment
        return payment


def _with(decision: Decision, payment: Payment) -> Decision:
    return replace(decision, payment=payment)


def _payment_id(order: Order) -> str:
    """Return the one id that an account's key leads to, so that a repeat finds its purchase."""
    text = keys.fingerprint({"account_id": order.account_id, "key": order.key})
    return f"pay_{text.removeprefix('v1:')[:32]}"


def _fingerprint(order: Order) -> str:
    return keys.fingerprint({"package_id": order.package_id, "save_card": order.save_card})


def _contradiction(payment: Payment, news: News) -> str | None:
    if payment.intent_id not in {None, news.intent_id}:
        return f"the payment belongs to {payment.intent_id}, not to {news.intent_id}"
    fact = news.fact
    if isinstance(fact, Paid) and (fact.amount, fact.currency) != (payment.price, payment.currency):
        return (
            f"{fact.amount} {fact.currency} were paid, "
            f"the terms are {payment.price} {payment.currency}"
        )
    return None


def _told(payment: Payment, news: News, request_id: str) -> Command:
    content = {"id": news.intent_id, "amount": payment.price, "currency": payment.currency}
    return Command(
        key=keys.purchase(news.intent_id),
        fingerprint=keys.fingerprint(content),
        actor="stripe",
        request_id=request_id,
        reference=payment.payment_id,
    )


def _kind(payment: Payment, news: News) -> EntryKind:
    """Name what moves credits back: a dispute if that is the news, or if nothing was refunded."""
    disputed = isinstance(news.fact, Disputed) or not payment.money_refunded
    return EntryKind.DISPUTE if disputed else EntryKind.REFUND
