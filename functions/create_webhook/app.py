"""POST /api/credits/webhooks: have events sent to a receiver."""

from prepaid.domain.errors import InvalidRequest, KeyReused, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import managing
from prepaid.web.identity import HOSTING
from prepaid.web.request import Answer, Request
from prepaid.webhooks.errors import WebhookLimitExceeded
from prepaid.webhooks.web.webhooks import WebhookIn, WebhookWithSecretOut, by


@endpoint(
    allow=HOSTING,
    body=WebhookIn,
    answer=WebhookWithSecretOut,
    keyed=True,
    refuses=(InvalidRequest, KeyReused, NotFound, WebhookLimitExceeded),
)
def handler(request: Request[WebhookIn]) -> Answer:
    """Make the webhook, and show its secret this once."""
    made = managing().create(request.body.terms(), by(request))
    answer = WebhookWithSecretOut.shown(made, request.received_at)
    return Answer.created_or_replayed(answer, replayed=made.replayed)


start(shared_client)
