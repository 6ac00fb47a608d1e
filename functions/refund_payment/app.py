"""POST /api/credits/admin/refund: send the money of a purchase back, or a part of it."""

from prepaid.domain.errors import NotFound, RateLimited
from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.purchases import RefundIn, RefundOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.payments import processor, refunds
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
    """Record who asks and why, then refund at the provider, whose webhook takes credits back."""
    order = request.body.order(
        actor=actor_name(request), key=request.key, request_id=request.request_id
    )
    receipt, replayed = refunds().refund(order, processor, request.received_at)
    return Answer.created_or_replayed(
        RefundOut.of(receipt, payment_id=order.payment_id), replayed=replayed
    )


start(shared_client)
