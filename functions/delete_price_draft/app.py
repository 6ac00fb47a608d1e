"""DELETE /api/credits/admin/pricing/drafts/{draft_id}: delete a draft."""

from prepaid.accounts.web.prices import PriceDraftOut
from prepaid.catalogue.price_drafts import delete_draft
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=PriceDraftOut, refuses=(NotFound, PreconditionFailed))
def handler(request: Request) -> PriceDraftOut:
    """Delete it, and answer it as it was."""
    draft_id = request.path_id("draft_id")
    return PriceDraftOut.of(delete_draft(price_editor(), draft_id, admin_act(request)))


start(shared_client)
