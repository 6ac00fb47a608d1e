"""POST /api/credits/webhooks/{webhook_id}/deliveries/{delivery_id}/replay: send it once more."""

from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import replaying, webhooks
from prepaid.web.identity import HOSTING
from prepaid.web.queries import Nothing
from prepaid.web.request import Answer, Request
from prepaid.webhooks.managing import webhook_in
from prepaid.webhooks.web.deliveries import DeliveryOut, delivery_id_in


@endpoint(
    allow=HOSTING,
    body=Nothing,
    answer=DeliveryOut,
    keyed=True,
    refuses=(NotFound, PreconditionFailed),
)
def handler(request: Request[Nothing]) -> Answer:
    """Begin a new round of tries under the same `webhook-id`."""
    delivery_id = delivery_id_in(request.path_id("delivery_id"))
    webhook = webhook_in(webhooks(), request.path_id("webhook_id"))
    delivery, again = replaying().one(
        webhook.webhook_id, delivery_id, request.key, request.received_at
    )
    return Answer.created_or_replayed(DeliveryOut.of(delivery), replayed=again)


start(shared_client)
