"""POST /api/credits/webhooks/{webhook_id}/test: send a test event to a receiver."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import replaying, webhooks
from prepaid.web.identity import HOSTING
from prepaid.web.queries import Nothing
from prepaid.web.request import Answer, Request
from prepaid.webhooks.managing import webhook_in
from prepaid.webhooks.web.deliveries import DeliveryOut


@endpoint(allow=HOSTING, body=Nothing, answer=DeliveryOut, keyed=True, refuses=(NotFound,))
def handler(request: Request[Nothing]) -> Answer:
    """Send it by one try, also while the webhook is disabled; the log shows what came of it."""
    webhook = webhook_in(webhooks(), request.path_id("webhook_id"))
    delivery, again = replaying().test(webhook.webhook_id, request.key, request.received_at)
    return Answer.created_or_replayed(DeliveryOut.of(delivery), replayed=again)


start(shared_client)
