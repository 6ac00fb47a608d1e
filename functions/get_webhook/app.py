"""GET /api/credits/webhooks/{webhook_id}: one receiver, and whether it is enabled."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import webhooks
from prepaid.web.identity import HOSTING
from prepaid.web.request import Request
from prepaid.webhooks.managing import webhook_in
from prepaid.webhooks.web.webhooks import WebhookOut


@endpoint(allow=HOSTING, answer=WebhookOut, refuses=(NotFound,))
def handler(request: Request) -> WebhookOut:
    """Answer the webhook without its secrets."""
    found = webhook_in(webhooks(), request.path_id("webhook_id"))
    return WebhookOut.of(found, request.received_at)


start(shared_client)
