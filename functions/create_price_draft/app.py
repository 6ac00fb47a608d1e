"""POST /api/credits/admin/pricing/drafts: write a price down without announcing it."""

from prepaid.accounts.web.prices import NewPriceDraftIn, PriceDraftOut
from prepaid.catalogue.price_drafts import create_draft
from prepaid.domain.errors import PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=OVERSEEING,
    body=NewPriceDraftIn,
    answer=PriceDraftOut,
    refuses=(PreconditionFailed,),
    creates=True,
)
def handler(request: Request[NewPriceDraftIn]) -> Answer:
    """Write a draft, for the prices as they are now."""
    by = admin_act(request, request.body.reason)
    draft = create_draft(price_editor(), request.body.wanted(), by)
    return Answer(PriceDraftOut.of(draft), 201)


start(shared_client)
