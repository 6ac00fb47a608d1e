"""GET /api/credits/balance: what the caller can spend now."""

from prepaid.domain.errors import NotFound
from prepaid.domain.projecting import projected
from prepaid.domain.runway import first_day
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.balance import BalanceOut, tag
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, store
from prepaid.runtime.wiring.profiles import profiles
from prepaid.web.actor import is_unmetered, refuse_unwritten
from prepaid.web.conditions import ETAG
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, answer=BalanceOut, refuses=(NotFound,), tagged=True)
def handler(request: Request) -> Answer:
    """Answer an account as settled now; the caller's own is empty until somebody writes it."""
    account = ledger().account(request.account_id)
    refuse_unwritten(request, account)
    shown = projected(account, request.received_at)
    now = request.received_at
    closed = store().closed_days(account.account_id, since=first_day(shown.account, now))
    lasts = shown.runway(closed, now)
    name = profiles().profile(account.account_id).name
    balance = BalanceOut.of(shown, unlimited=is_unmetered(request), runway=lasts, name=name)
    return Answer(balance, headers={ETAG: tag(balance, account.version)})


start(shared_client)
