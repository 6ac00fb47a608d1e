"""POST /api/credits/webhooks/{webhook_id}/replay: send all since a time once more."""

from prepaid.domain.errors import InvalidRequest, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import replaying, webhooks
from prepaid.web.identity import HOSTING
from prepaid.web.request import Answer, Request
from prepaid.webhooks.managing import webhook_in
from prepaid.webhooks.web.deliveries import ReplayIn, ReplayOut


@endpoint(
    allow=HOSTING, body=ReplayIn, answer=ReplayOut, keyed=True, refuses=(InvalidRequest, NotFound)
)
def handler(request: Request[ReplayIn]) -> Answer:
    """Begin it; page by page it goes on by itself."""
    now = request.received_at
    since = request.body.since_within(now)
    webhook = webhook_in(webhooks(), request.path_id("webhook_id"))
    walk, again = replaying().since(
        webhook.webhook_id, request.key, since, only_failed=request.body.only_failed, now=now
    )
    return Answer.created_or_replayed(ReplayOut.of(walk), replayed=again)


start(shared_client)
