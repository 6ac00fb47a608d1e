"""GET /api/credits/purchases/{payment_id}: one purchase, as far as we know."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.purchases import PurchaseOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.payments import purchases
from prepaid.web.actor import account_read
from prepaid.web.identity import READING
from prepaid.web.request import Request


@endpoint(allow=READING, answer=PurchaseOut, refuses=(NotFound,))
def handler(request: Request) -> PurchaseOut:
    """Answer what a page polls until the credits are there."""
    payment_id = request.path_id("payment_id")
    return PurchaseOut.of(purchases().payment(payment_id, account_read(request)))


start(shared_client)
