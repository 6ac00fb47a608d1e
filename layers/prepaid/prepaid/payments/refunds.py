"""Refunds: money that an admin sends back."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.domain import keys
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, KeyReused, NotFound
from prepaid.payments.payment import Payment
from prepaid.payments.ports import (
    PaymentProcessor,
    Payments,
    RefundReceipt,
    RefundRequest,
    RefundRequests,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """What an admin wants to send back, all that is left when `amount` is `None`, and why."""

    payment_id: str
    amount: int | None
    reason: str
    actor: str
    key: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refunds:
    """Sends money back; the ledger follows the provider's events."""

    payments: Payments
    requests: RefundRequests

    def refund(
        self, order: RefundOrder, processor: Callable[[str], PaymentProcessor], now: Instant
    ) -> tuple[RefundReceipt, bool]:
        """Send money back; say whether an earlier request under the key had done it.

        *processor* gives the one of a provider. The credits follow when it reports the refund.
        Raises `NotFound`, `KeyReused`, `Unavailable`, and `InvalidRequest` when nothing was paid
        or *amount* is more than is left.
        """
        payment = self.payments.payment(order.payment_id)
        if payment is None:
            raise NotFound("There is no such purchase.")
        wanted = _request(order, payment, now)
        found = self.requests.find(payment.payment_id, order.key)
        if found is None:
            _refuse_beyond(payment, order.amount)
        request = found or self.requests.ask(wanted, _audit(wanted, order, payment))
        if request.fingerprint != wanted.fingerprint:
            raise KeyReused("This Idempotency-Key was used for another refund.")
        if request.receipt is not None:
            return request.receipt, True
        receipt = processor(payment.provider).refund(payment, request, again=found is not None)
        self.requests.answer(request, receipt)
        return receipt, False


def _request(order: RefundOrder, payment: Payment, now: Instant) -> RefundRequest:
    return RefundRequest(
        payment_id=payment.payment_id,
        account_id=payment.account_id,
        key=order.key,
        fingerprint=keys.fingerprint({"amount": order.amount, "reason": order.reason}),
        actor=order.actor,
        reason=order.reason,
        amount=order.amount,
        asked_at=now,
    )


def _audit(wanted: RefundRequest, order: RefundOrder, payment: Payment) -> AuditRow:
    left = payment.price - payment.money_back
    return AuditRow(
        at=wanted.asked_at,
        actor=order.actor,
        action="refund",
        subject=payment.payment_id,
        request_id=order.request_id,
        reason=order.reason,
        before={"money_back": payment.money_back, "currency": payment.currency},
        after={"asked_for": left if order.amount is None else order.amount},
        account_id=payment.account_id,
    )


def _refuse_beyond(payment: Payment, amount: int | None) -> None:
    left = payment.price - payment.money_back
    if payment.paid is None or left <= 0:
        raise InvalidRequest("There is no money left to refund.", pointer="/payment_id")
    if amount is not None and amount > left:
        raise InvalidRequest(f"At most {left} can be refunded.", pointer="/amount")
