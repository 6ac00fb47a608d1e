"""When the money of a payment came and went, by the provider's times."""

from collections.abc import Iterator

from prepaid.domain.credits import Instant
from prepaid.payments.payment import Payment


def paid_and_back(payment: Payment) -> Iterator[tuple[Instant, int, int]]:
    """Go through the times at which money came or went: what was paid then, and what went back.

    In the smallest unit of the payment's currency. No more goes back than was paid; all of it is
    `money_back`.
    """
    if payment.paid is None:
        return
    paid_at = payment.paid.at
    yield paid_at, payment.price, 0
    left = payment.price
    for at, amount in sorted(_gone(payment, paid_at)):
        back = min(amount, left)
        left -= back
        if back:
            yield at, 0, back


def _gone(payment: Payment, paid_at: Instant) -> Iterator[tuple[Instant, int]]:
    """Go through what is gone, each with its time; what was stored without one went at once."""
    reported = 0
    for refund in payment.refunds.values():
        if refund.live:
            reported += refund.amount
            yield max(refund.at, paid_at), refund.amount
    if payment.money_refunded > reported:
        yield max(payment.charge_refunded.at, paid_at), payment.money_refunded - reported
    for dispute in payment.disputes.values():
        if dispute.gone:
            yield max(dispute.at, paid_at), dispute.gone
