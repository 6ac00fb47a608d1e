"""GET /api/credits/admin/pricing: every version of every price, and drafts."""

from prepaid.accounts.web.prices import AdminPricesOut, PricesQuery
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.prices import price_editor
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Request


@endpoint(allow=OVERSEEING, query=PricesQuery, answer=AdminPricesOut)
def handler(request: Request[None, PricesQuery]) -> AdminPricesOut:
    """Answer the prices of one plan, past and upcoming ones too."""
    prices = price_editor().every_price(request.query.plan_id)
    return AdminPricesOut.of(prices, price_editor().drafts(), request.received_at)


start(shared_client)
