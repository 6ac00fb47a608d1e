"""DELETE /api/credits/admin/pricing/{price_id}: take a version back, or end it."""

from prepaid.accounts.web.prices import ChangedPricesOut, version_in
from prepaid.catalogue.price_editing import withdraw_price
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, answer=ChangedPricesOut, refuses=(NotFound, PreconditionFailed))
def handler(request: Request) -> ChangedPricesOut:
    """Delete what is still to come, and end what is in force; what is past stays."""
    version = version_in(request.path_id("price_id"))
    shown = withdraw_price(price_editor(), version, admin_act(request))
    return ChangedPricesOut.after(shown, request.received_at)


start(shared_client)
