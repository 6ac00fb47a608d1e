"""GET /api/credits/webhooks/{webhook_id}/deliveries: what was sent, and what came of it."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.lists import cursors
from prepaid.runtime.wiring.webhooks import deliveries, webhooks
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import HOSTING
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request
from prepaid.webhooks.managing import webhook_in
from prepaid.webhooks.web.deliveries import DeliveriesOut, page


@endpoint(allow=HOSTING, query=PageQuery, answer=DeliveriesOut, refuses=(CursorInvalid, NotFound))
def handler(request: Request[None, PageQuery]) -> Answer:
    """Answer one page, the newest events first."""
    webhook = webhook_in(webhooks(), request.path_id("webhook_id"))
    return page(request, webhook.webhook_id, deliveries(), cursors())


start(shared_client)
