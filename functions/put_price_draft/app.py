"""PUT /api/credits/admin/pricing/drafts/{draft_id}: change a draft."""

from prepaid.accounts.web.prices import PriceDraftChangeIn, PriceDraftOut
from prepaid.catalogue.price_drafts import update_draft
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(
    allow=OVERSEEING,
    body=PriceDraftChangeIn,
    answer=PriceDraftOut,
    refuses=(NotFound, PreconditionFailed),
)
def handler(request: Request[PriceDraftChangeIn]) -> PriceDraftOut:
    """Replace the units of the draft that was read."""
    body, draft_id = request.body, request.path_id("draft_id")
    by = admin_act(request, body.reason)
    draft = update_draft(price_editor(), draft_id, body.unit_prices(), body.version, by)
    return PriceDraftOut.of(draft)


start(shared_client)
