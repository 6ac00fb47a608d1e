"""GET /api/credits/pricing: what each operation costs."""

from prepaid.api.identity import PUBLIC
from prepaid.api.messages import Request
from prepaid.api.schemas.catalogue import PricesOut
from prepaid.domain.account import DEFAULT_PLAN
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(allow=PUBLIC, answer=PricesOut)
def handler(request: Request) -> PricesOut:
    """Answer the prices that every account has unless its plan has its own."""
    versions = wiring.catalogue().price_list(DEFAULT_PLAN)
    return PricesOut.of(versions, now=request.received_at)
