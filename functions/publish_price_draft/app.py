"""POST /api/credits/admin/pricing/drafts/{draft_id}/publish: announce a draft."""

from prepaid.accounts.web.prices import ChangedPricesOut, PublishIn
from prepaid.catalogue.price_drafts import publish_draft
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=OVERSEEING,
    body=PublishIn,
    answer=ChangedPricesOut,
    refuses=(NotFound, PreconditionFailed),
    creates=True,
)
def handler(request: Request[PublishIn]) -> Answer:
    """Make the draft a version, once: it is gone with that."""
    body, draft_id = request.body, request.path_id("draft_id")
    by = admin_act(request, body.reason)
    shown = publish_draft(price_editor(), draft_id, body.effective_from, body.version, by)
    return Answer(ChangedPricesOut.after(shown, request.received_at), 201)


start(shared_client)
