"""GET /api/credits/webhooks: every receiver, and whether it is enabled."""

from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import webhooks
from prepaid.web.identity import HOSTING
from prepaid.web.request import Request
from prepaid.webhooks.web.webhooks import WebhookOut, WebhooksOut


@endpoint(allow=HOSTING, answer=WebhooksOut)
def handler(request: Request) -> WebhooksOut:
    """Answer all of them: they are few."""
    now = request.received_at
    return WebhooksOut(items=[WebhookOut.of(each, now) for each in webhooks().all()])


start(shared_client)
