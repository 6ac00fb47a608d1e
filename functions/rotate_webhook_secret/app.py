"""POST /api/credits/webhooks/{webhook_id}/secret: a new secret, beside the old one for a day."""

from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import managing
from prepaid.web.identity import HOSTING
from prepaid.web.queries import Nothing
from prepaid.web.request import Answer, Request
from prepaid.webhooks.errors import WebhookLimitExceeded
from prepaid.webhooks.web.webhooks import WebhookWithSecretOut, by


@endpoint(
    allow=HOSTING,
    body=Nothing,
    answer=WebhookWithSecretOut,
    keyed=True,
    refuses=(NotFound, PreconditionFailed, WebhookLimitExceeded),
)
def handler(request: Request[Nothing]) -> Answer:
    """Make the secret, and show it this once."""
    rotated = managing().rotate(request.path_id("webhook_id"), by(request))
    answer = WebhookWithSecretOut.shown(rotated, request.received_at)
    return Answer.created_or_replayed(answer, replayed=rotated.replayed)


start(shared_client)
