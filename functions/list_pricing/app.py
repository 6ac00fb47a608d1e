"""GET /api/credits/pricing: what each operation costs."""

from prepaid.catalogue.web import PricesOut
from prepaid.domain.account import DEFAULT_PLAN
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint
from prepaid.web.identity import PUBLIC
from prepaid.web.request import Request


@endpoint(allow=PUBLIC, answer=PricesOut)
def handler(request: Request) -> PricesOut:
    """Answer the prices that every account has unless its plan has its own."""
    versions = wiring.catalogue().price_list(DEFAULT_PLAN)
    return PricesOut.of(versions, now=request.received_at)
