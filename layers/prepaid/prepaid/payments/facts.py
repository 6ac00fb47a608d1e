"""Facts about payments: each is recorded once, together with all that it does to the account.

Whatever brings a fact (a webhook, a refresh, the reconciliation) goes through `record_fact`, which
commits the payment's row and the ledger's entries together. Only a paid intent grants.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import Instant
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import InvalidRequest, RateLimited, Unavailable
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import RecordMoved, RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.payments.clawback import apply_clawback, grant_purchase
from prepaid.payments.disputes import Disputed
from prepaid.payments.expired_credits import expired_of
from prepaid.payments.mismatch import Mismatch, mismatch_of
from prepaid.payments.payment import Fact, Paid, Payment, PaymentCommand
from prepaid.payments.ports import (
    Intent,
    PaymentEvent,
    PaymentProcessor,
    Payments,
    RefundRequests,
    Unreadable,
)
from prepaid.payments.refund_facts import ChargeRefunded, Refunded, RefundStatus


class FactOutcome(StrEnum):
    """What came of a payment event."""

    NEW = "new"
    KNOWN = "known"
    FOREIGN = "foreign"
    UNKNOWN_PAYMENT = "unknown_payment"
    CONTRADICTED = "contradicted"
    UNREADABLE = "unreadable"

    @property
    def doubtful(self) -> bool:
        """Whether an admin must look at it."""
        return self not in {FactOutcome.NEW, FactOutcome.KNOWN, FactOutcome.FOREIGN}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A payment with one more fact that may move credits, and what comes of the fact then."""

    payment: Payment
    fact: Fact
    outcome: FactOutcome


class PaymentFacts:
    """Keeps payments and the ledger true to what happens to the money."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        payments: Payments,
        exceptions: Exceptions,
        requests: RefundRequests,
        processor: Callable[[], PaymentProcessor],
    ) -> None:
        self._ledger = ledger
        self._payments = payments
        self._exceptions = exceptions
        self._requests = requests
        self._processor = processor

    def record_intent(self, intent: Intent, *, request_id: str, now: Instant) -> set[FactOutcome]:
        """Record all facts of an intent. Raises `Unavailable`: recording them again is safe."""
        event = [
            PaymentEvent(
                intent_id=intent.intent_id,
                payment_id=intent.payment_id,
                hint=intent.hint,
                fact=fact,
            )
            for fact in intent.facts
        ]
        return {self._record(each, request_id, now) for each in event}

    def record_fact(self, event: PaymentEvent, *, request_id: str, now: Instant) -> FactOutcome:
        """Record one fact, with all that it does to the account.

        An event about another product's money is `FOREIGN`: nothing of it is stored. A fact about a
        payment that should be here, or one that contradicts the terms, moves no credits and
        becomes an exception for an admin. Raises `Unavailable`: recording it again is safe.
        """
        event = self.placed(event)
        if isinstance(event.fact, ChargeRefunded):
            self._record_refunds(event, event.fact, request_id, now)
        return self._record(event, request_id, now)

    def ours(self, event: PaymentEvent) -> bool:
        """Whether an event carries our mark or is about a payment that is here."""
        return event.payment_id is not None or self.payment_of(event) is not None

    def placed(self, event: PaymentEvent) -> PaymentEvent:
        """Return *event* with the intent that its charge belongs to, where only that is named.

        Raises `Unavailable`.
        """
        if event.intent_id or event.charge_id is None:
            return event
        try:
            intent_id = self._processor().intent_of_charge(event.charge_id)
        except RateLimited as exc:
            raise Unavailable("It cannot be known whose charge it is.") from exc
        return replace(event, intent_id=intent_id or "")

    def payment_of(self, event: PaymentEvent) -> Payment | None:
        """Return the payment that *event* is about, `None` where it is not here.

        Our own mark decides; without one the intent does, and then the name that other systems
        use too, if the payment there has this intent, or none yet.
        """
        if event.payment_id is not None:
            marked = self._payments.payment(event.payment_id)
            if marked is not None:
                return marked
        if not event.intent_id:
            return None
        hinted = self._payments.payment(event.hint) if event.hint else None
        if hinted is not None and hinted.intent_id in {None, event.intent_id}:
            return hinted
        return self._payments.by_intent(event.intent_id)

    def _record(self, event: PaymentEvent, request_id: str, now: Instant) -> FactOutcome:
        """Read the payment, judge the fact, move the ledger; again after whoever came first.

        The account that a conflict brings is gone on from. It may be older than the payment that
        is read after it, so no payment is written alone by it: then the account is read anew.
        """
        budget = self._ledger.budget()
        brought: Account | None = None
        while True:
            try:
                judged = self._judged(event, now)
                if isinstance(judged, FactOutcome):
                    return judged
                account = brought or self._ledger.account(judged.payment.account_id, budget)
                decision, payment = self._owed(judged, account, request_id, now, budget)
                if decision is not None:
                    attempt = self._ledger.attempt(decision.with_record(payment), account, budget)
                    if attempt.landed:
                        return judged.outcome
                    if attempt.taken and attempt.account is account:
                        budget.pause()
                    brought = attempt.account
                elif brought is None:
                    self._payments.save(payment)
                    return judged.outcome
                else:
                    brought = None
            except (RecordMoved, Unavailable):
                budget.pause()
                brought = None

    def _record_refunds(
        self, event: PaymentEvent, charge: ChargeRefunded, request_id: str, now: Instant
    ) -> None:
        """Record the refunds of a charge whose sum is above that of its known refunds.

        Where they cannot be listed, the sum is recorded without them: the credits are taken back
        now, and each refund's own event, a refresh or the reconciliation brings the rest.
        """
        payment = self.payment_of(event)
        if payment is None or mismatch_of(payment, event) or payment.with_fact(charge) == payment:
            return
        refunded_singly = sum(each.amount for each in payment.refunds.values() if each.live)
        if charge.amount <= refunded_singly:
            return
        try:
            refunds = self._processor().refunds_of(event.intent_id)
        except (InvalidRequest, RateLimited, Unavailable):
            return
        for refund in refunds:
            self._record(replace(event, fact=refund), request_id, now)

    def _judged(self, event: PaymentEvent, now: Instant) -> "FactOutcome | _Judged":
        """Record what moves no credits, or return the payment with what may move some."""
        payment, fact = self.payment_of(event), event.fact
        if payment is None:
            return self._not_here(event, now)
        if isinstance(fact, Unreadable):
            self._exceptions.report("unreadable_event", fact.subject, fact.detail, now=now)
            return FactOutcome.UNREADABLE
        wrong = mismatch_of(payment, event)
        if wrong:
            self._quarantine(payment, event, wrong, now)
            return FactOutcome.CONTRADICTED
        self._report_doubts(payment, event.intent_id, fact, now)
        merged = replace(payment, intent_id=event.intent_id or payment.intent_id).with_fact(fact)
        if merged == payment:
            return FactOutcome.KNOWN
        outcome = FactOutcome.KNOWN if merged.untimed == payment.untimed else FactOutcome.NEW
        if merged.paid is not None and (not merged.granted or merged.money_back or merged.taken):
            return _Judged(merged, fact, outcome)
        self._payments.save(merged)
        return outcome

    def _not_here(self, event: PaymentEvent, now: Instant) -> FactOutcome:
        if event.payment_id is None:
            return FactOutcome.FOREIGN
        detail = f"{type(event.fact).__name__} for a payment that is not here: {event.payment_id}"
        subject = event.intent_id or event.charge_id or event.payment_id
        self._exceptions.report(FactOutcome.UNKNOWN_PAYMENT, subject, detail, now=now)
        return FactOutcome.UNKNOWN_PAYMENT

    def _quarantine(
        self, payment: Payment, event: PaymentEvent, wrong: Mismatch, now: Instant
    ) -> None:
        subject = f"{payment.payment_id}#{event.intent_id}"
        self._exceptions.report(wrong.kind, subject, wrong.detail, now=now)
        mine = payment.intent_id in {None, event.intent_id}
        if isinstance(event.fact, Paid) and mine and payment.problem is None:
            self._payments.save(replace(payment, problem=wrong.detail))

    def _report_doubts(self, payment: Payment, intent_id: str, fact: Fact, now: Instant) -> None:
        """Report what an admin must look at although the fact is recorded."""
        if isinstance(fact, Refunded) and fact.status is RefundStatus.UNKNOWN:
            detail = f"the status {ascii(fact.word)[:64]} is not known: its money counts as gone"
            self._exceptions.report("refund_status", fact.refund_id, detail, now=now)
        if not isinstance(fact, Disputed):
            return
        dispute = payment.disputes.get(fact.dispute_id, fact)
        for movement in dispute.contradictions(fact):
            detail = f"{movement} of {intent_id} arrived with two contents"
            subject = f"{fact.dispute_id}#{movement}"
            self._exceptions.report("dispute_contradiction", subject, detail, now=now)
        for kind, detail in dispute.merged(fact).doubts:
            self._exceptions.report(kind, fact.dispute_id, f"{intent_id}: {detail}", now=now)

    def _owed(
        self, judged: _Judged, account: Account, request_id: str, now: Instant, budget: RetryBudget
    ) -> tuple[Decision | None, Payment]:
        """Decide what moves the ledger to what the facts owe, `None` without a difference.

        What has expired is read after the account, in every pass anew.
        """
        payment, fact = judged.payment, judged.fact
        assert payment.intent_id is not None, "what was never paid owes nothing"
        command = _command(payment, payment.intent_id, request_id)
        settled = decision = begin(account, now, command)
        expired = expired_of(payment, account, settled, self._ledger, budget)
        payment = replace(payment, expired=expired)
        if payment.paid is not None and not payment.granted:
            decision, payment = grant_purchase(decision, command, payment)
        kind = _kind(payment, fact)
        back = replace(command, key=keys.money_back(kind, payment.intent_id or ""))
        if kind is EntryKind.REFUND:
            back = self._asked(back, payment, fact)
        decision, payment = apply_clawback(decision, back, payment, kind)
        return None if decision is settled else decision, payment

    def _asked(self, command: Command, payment: Payment, fact: Fact) -> Command:
        """Name the admin who asked for the refund that takes credits back, and why."""
        live = [each for each in payment.refunds.values() if each.live]
        if not isinstance(fact, Refunded):
            fact = live[0] if len(live) == 1 else fact
        if not isinstance(fact, Refunded) or not fact.live or not fact.request:
            return command
        request = self._requests.find(payment.payment_id, fact.request)
        if request is None:
            return command
        return replace(command, actor=request.actor, reason=request.reason)


def _command(payment: Payment, intent_id: str, request_id: str) -> Command:
    return PaymentCommand(
        key=keys.purchase(payment.provider, intent_id),
        actor=payment.provider,
        intent_id=intent_id,
        price=payment.price,
        currency=payment.currency,
        request_id=request_id,
        reference=payment.payment_id,
    )


def _kind(payment: Payment, fact: Fact) -> EntryKind:
    """Name what moves credits: the fact, or where that is neither, what was known before it."""
    if isinstance(fact, Refunded | ChargeRefunded):
        return EntryKind.REFUND
    disputed = isinstance(fact, Disputed) or not payment.money_refunded
    return EntryKind.DISPUTE if disputed else EntryKind.REFUND
