"""POST /api/credits/purchase: begin to buy a package."""

from prepaid.domain.errors import RateLimited
from prepaid.dynamodb.client import shared_client
from prepaid.payments.purchases import Order
from prepaid.payments.web.purchases import PurchaseIn, StartedOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.payments import processor, publishable_key, purchases, records
from prepaid.web.identity import OWN
from prepaid.web.request import Answer, Request


@endpoint(allow=OWN, body=PurchaseIn, answer=StartedOut, keyed=True, refuses=(RateLimited,))
def handler(request: Request[PurchaseIn]) -> Answer:
    """Fix the terms and open an intent at Stripe; the caller's page pays it."""
    order = Order(
        account_id=request.account_id,
        package_id=request.body.package_id,
        key=request.key,
        save_card=request.body.save_card,
    )
    key = publishable_key()
    started = purchases().start(order, processor(), records(), request.received_at)
    answer = StartedOut.of(started, publishable_key=key)
    return Answer.created_or_replayed(answer, replayed=started.replayed)


start(shared_client)
