"""POST /api/credits/admin/pricing: announce a new version of a price."""

from prepaid.accounts.web.prices import ChangedPricesOut, NewPriceIn
from prepaid.catalogue.price_editing import announce_price
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
    body=NewPriceIn,
    answer=ChangedPricesOut,
    refuses=(PreconditionFailed,),
    creates=True,
)
def handler(request: Request[NewPriceIn]) -> Answer:
    """Write it beside the versions that were read; none of them is edited."""
    by = admin_act(request, request.body.reason)
    shown = announce_price(price_editor(), request.body.wanted(), by)
    return Answer(ChangedPricesOut.after(shown, request.received_at), 201)


start(shared_client)
