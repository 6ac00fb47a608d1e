"""Mismatches: facts that contradict the terms of the payment they are about."""

from dataclasses import dataclass

from prepaid.payments.disputes import Disputed
from prepaid.payments.payment import Paid, Payment
from prepaid.payments.ports import PaymentEvent
from prepaid.payments.refund_facts import ChargeRefunded, Refunded


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact that contradicts the terms: the kind of the exception, and what shows it."""

    kind: str
    detail: str


def mismatch_of(payment: Payment, event: PaymentEvent) -> Mismatch | None:
    """Say what contradicts the terms: another intent, another amount, another currency."""
    if event.intent_id and payment.intent_id not in {None, event.intent_id}:
        detail = f"the payment belongs to {payment.intent_id}, not to {event.intent_id}"
        return Mismatch("payment_mismatch", detail)
    fact = event.fact
    if isinstance(fact, Paid) and (fact.amount, fact.currency) != (payment.price, payment.currency):
        return Mismatch(
            "payment_mismatch",
            f"{fact.amount} {fact.currency} were paid, "
            f"the terms are {payment.price} {payment.currency}",
        )
    if not isinstance(fact, ChargeRefunded | Refunded | Disputed):
        return None
    if fact.currency in {"", payment.currency}:
        return None
    detail = f"{fact.amount} {fact.currency} for a payment in {payment.currency}"
    return Mismatch("other_currency", f"{type(fact).__name__}: {detail}")
