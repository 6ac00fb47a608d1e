"""POST /api/credits/admin/refund: send the money of a purchase back, or a part of it."""

from prepaid.api.asking import actor
from prepaid.api.identity import ADMINISTERING
from prepaid.api.messages import Answer, Request
from prepaid.api.schemas.purchases import RefundIn, RefundOut
from prepaid.domain.errors import NotFound, RateLimited
from prepaid.runtime import selling
from prepaid.runtime.http import endpoint


@endpoint(
    allow=ADMINISTERING,
    body=RefundIn,
    answer=RefundOut,
    keyed=True,
    refuses=(NotFound, RateLimited),
)
def handler(request: Request[RefundIn]) -> Answer:
    """Keep who asks and why, then refund at Stripe, whose webhook takes the credits back."""
    order = request.body.order(actor=actor(request), key=request.key)
    receipt, replayed = selling.purchases().refund(
        order, selling.processor(), selling.records(), request.received_at
    )
    return Answer.posted(RefundOut.of(receipt, payment_id=order.payment_id), replayed=replayed)
