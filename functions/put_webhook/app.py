"""PUT /api/credits/webhooks/{webhook_id}: change, disable or enable a receiver."""

from prepaid.domain.errors import InvalidRequest, NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import managing, walking
from prepaid.web.identity import HOSTING
from prepaid.web.request import Request
from prepaid.webhooks.web.webhooks import WebhookChangeIn, WebhookOut, by


@endpoint(
    allow=HOSTING,
    body=WebhookChangeIn,
    answer=WebhookOut,
    refuses=(InvalidRequest, NotFound, PreconditionFailed),
)
def handler(request: Request[WebhookChangeIn]) -> WebhookOut:
    """Replace its terms; what waited for it to be enabled goes on."""
    webhook_id, body = request.path_id("webhook_id"), request.body
    changed, walk = managing().update(webhook_id, body.terms(), body.version, by(request))
    if walk is not None:
        walking().start(walk)
    return WebhookOut.of(changed, request.received_at)


start(shared_client)
