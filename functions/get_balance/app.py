"""GET /api/credits/balance: what the caller can spend now."""

from prepaid.api.asking import spends_freely
from prepaid.api.identity import READING
from prepaid.api.messages import Request
from prepaid.api.schemas.account import BalanceOut
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(allow=READING, answer=BalanceOut)
def handler(request: Request) -> BalanceOut:
    """Answer an account as it is now; one that nobody has written is empty."""
    account = wiring.ledger().account(request.account_id)
    return BalanceOut.of(account, clock=request.received_at, unlimited=spends_freely(request))
