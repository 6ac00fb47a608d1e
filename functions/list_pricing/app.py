"""GET /api/credits/pricing: what each operation costs."""

from prepaid.catalogue.web import PricesOut
from prepaid.domain.account import DEFAULT_PLAN
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.catalogue import catalogue
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Request


@endpoint(allow=PUBLIC, answer=PricesOut)
def handler(request: Request) -> PricesOut:
    """Answer the prices that every account has unless its plan has its own."""
    versions = catalogue().price_list(DEFAULT_PLAN)
    return PricesOut.of(versions, now=request.received_at)


start(shared_client)
