"""POST /api/credits/admin/refund: send the money of a purchase back, or a part of it."""

from prepaid.domain.errors import NotFound, RateLimited
from prepaid.payments.web.purchases import RefundIn, RefundOut
from prepaid.runtime import selling
from prepaid.runtime.http import endpoint
from prepaid.web.actor import actor_name
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=RefundIn,
    answer=RefundOut,
    keyed=True,
    refuses=(NotFound, RateLimited),
)
def handler(request: Request[RefundIn]) -> Answer:
    """Keep who asks and why, then refund at Stripe, whose webhook takes the credits back."""
    order = request.body.order(actor=actor_name(request), key=request.key)
    receipt, replayed = selling.refunds().refund(order, selling.processor(), request.received_at)
    return Answer.created_or_replayed(
        RefundOut.of(receipt, payment_id=order.payment_id), replayed=replayed
    )
