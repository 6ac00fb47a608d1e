"""POST /api/credits/purchases/{payment_id}/refresh: ask Stripe what became of a purchase."""

from prepaid.domain.errors import NotFound, RateLimited
from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.purchases import PurchaseOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.payments import processor, purchases
from prepaid.web.identity import READING
from prepaid.web.request import Request


@endpoint(allow=READING, answer=PurchaseOut, refuses=(NotFound, RateLimited))
def handler(request: Request) -> PurchaseOut:
    """Record what a late webhook would bring, and answer the purchase as it is then."""
    payment = purchases().payment(request.path_id("payment_id"), request.account_id)
    payment = purchases().refresh(
        payment,
        processor(payment.provider),
        request_id=request.request_id,
        now=request.received_at,
    )
    return PurchaseOut.of(payment)


start(shared_client)
