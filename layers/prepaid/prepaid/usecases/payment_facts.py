"""Facts about payments: each is learned once, together with all that it does to the account.

Whatever tells a fact (a webhook, a refresh, the reconciliation) goes through `learn`, which commits
the payment's row and the ledger's entries together. Only a paid intent grants.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import Unavailable
from prepaid.domain.payments import Disputed, Paid, Payment
from prepaid.domain.repaying import grant_purchase, settle_payment
from prepaid.usecases.payment_ports import Intent, News
from prepaid.usecases.ports import (
    Exceptions,
    LedgerStore,
    Moved,
    Patience,
    PaymentMoved,
    Payments,
    Repeated,
)

MAX_EXPIRIES = 1_000
"""More parts than a grant can expire in: one at its end, one for each hold that was open then."""


class Learned(StrEnum):
    """What came of a piece of news."""

    NEW = "new"
    KNOWN = "known"
    UNKNOWN_PAYMENT = "unknown_payment"
    CONTRADICTED = "contradicted"

    @property
    def doubtful(self) -> bool:
        """Whether an admin must look at it."""
        return self in {Learned.UNKNOWN_PAYMENT, Learned.CONTRADICTED}


class PaymentFacts:
    """Keeps payments and the ledger true to what happens to the money."""

    def __init__(
        self,
        *,
        store: LedgerStore,
        payments: Payments,
        exceptions: Exceptions,
        patience: Callable[[], Patience],
    ) -> None:
        self._store = store
        self._payments = payments
        self._exceptions = exceptions
        self._patience = patience

    def learn_intent(self, intent: Intent, *, request_id: str, now: Instant) -> set[Learned]:
        """Learn all facts of an intent. Raises `Unavailable`: telling them again is safe."""
        news = [
            News(intent_id=intent.intent_id, payment_id=intent.payment_id, fact=fact)
            for fact in intent.facts
        ]
        return {self.learn(each, request_id=request_id, now=now) for each in news}

    def learn(self, news: News, *, request_id: str, now: Instant) -> Learned:
        """Learn one fact, with all that it does to the account.

        A fact about nobody's payment, or one that contradicts the terms, moves no credits and
        becomes an exception for an admin. Raises `Unavailable`: telling it again is safe.
        """
        patience = self._patience()
        while True:
            try:
                return self._learned(news, request_id, now)
            except (Moved, PaymentMoved, Repeated, Unavailable):
                patience.pause()

    def _learned(self, news: News, request_id: str, now: Instant) -> Learned:
        payment = self._payment_of(news)
        if payment is None:
            told = f"{type(news.fact).__name__} for a payment that is not here: {news.payment_id}"
            self._exceptions.report(Learned.UNKNOWN_PAYMENT, news.intent_id, told, now=now)
            return Learned.UNKNOWN_PAYMENT
        wrong = _contradiction(payment, news)
        if wrong:
            self._set_aside(payment, news, wrong, now)
            return Learned.CONTRADICTED
        known = replace(payment, intent_id=news.intent_id).knowing(news.fact)
        if known == payment:
            return Learned.KNOWN
        if known.paid is not None and (not known.granted or known.money_back or known.taken):
            self._commit(known, news, request_id, now)
        else:
            self._payments.save(known)
        return Learned.NEW

    def _set_aside(self, payment: Payment, news: News, wrong: str, now: Instant) -> None:
        subject = f"{payment.payment_id}#{news.intent_id}"
        self._exceptions.report("payment_mismatch", subject, wrong, now=now)
        if payment.problem is None:
            self._payments.save(replace(payment, problem=wrong))

    def _commit(self, payment: Payment, news: News, request_id: str, now: Instant) -> None:
        """Move the ledger to what the facts owe; without a difference write the payment alone.

        What has expired is read after the account, in every pass anew.
        """
        account = self._store.load(payment.account_id)
        command = _told(payment, news, request_id)
        settled = decision = begin(account, now, command)
        payment = replace(payment, expired=self._expired(account, settled, payment))
        if payment.paid is not None and not payment.granted:
            decision, payment = grant_purchase(decision, command, payment)
        kind = _kind(payment, news)
        back = replace(command, key=keys.money_back(kind, news.intent_id))
        decision, payment = settle_payment(decision, back, payment, kind)
        if decision is settled:
            self._payments.save(payment)
        else:
            self._store.commit(_with(decision, payment), seen=account.version)

    def _expired(self, account: Account, settled: Decision, payment: Payment) -> Credits:
        """Add up what has expired of a purchase's own credits, with what *settled* writes of it."""
        expired = ZERO
        for root in payment.own:
            prefix = keys.expiries(root)
            found = self._store.entries_under(account.account_id, prefix, limit=MAX_EXPIRIES)
            assert len(found) < MAX_EXPIRIES, "no grant expires in so many parts"
            known = [entry for entry in found if entry.seq <= account.seq]
            known += [entry for entry in settled.entries if entry.key.startswith(prefix)]
            expired -= sum((entry.amount for entry in known), ZERO)
        return expired

    def _payment_of(self, news: News) -> Payment | None:
        if news.payment_id is not None:
            return self._payments.payment(news.payment_id)
        return self._payments.by_intent(news.intent_id)


def _with(decision: Decision, payment: Payment) -> Decision:
    return replace(decision, payment=payment)


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
