"""DELETE /api/credits/webhooks/{webhook_id}: nothing is sent to a receiver any more."""

from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import managing
from prepaid.web.identity import HOSTING
from prepaid.web.request import Request
from prepaid.webhooks.web.webhooks import WebhookDeletedOut, by


@endpoint(allow=HOSTING, answer=WebhookDeletedOut, refuses=(NotFound, PreconditionFailed))
def handler(request: Request) -> WebhookDeletedOut:
    """Forget the webhook; what waited for it is never sent."""
    deleted = managing().delete(request.path_id("webhook_id"), by(request))
    return WebhookDeletedOut(webhook_id=deleted.webhook_id)


start(shared_client)
