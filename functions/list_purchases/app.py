"""GET /api/credits/purchases: the purchases of an account, newest first."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.purchases import PurchasesOut, PurchasesQuery, has_none, page
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger
from prepaid.runtime.wiring.lists import cursors
from prepaid.runtime.wiring.payments import purchases
from prepaid.web.actor import refuse_unwritten
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=READING, query=PurchasesQuery, answer=PurchasesOut, refuses=(CursorInvalid, NotFound)
)
def handler(request: Request[None, PurchasesQuery]) -> Answer:
    """Answer one page; an account may have started to buy before anybody has written it."""
    answer = page(request, purchases(), cursors())
    if has_none(request, answer) and request.meant != request.caller.account_id:
        refuse_unwritten(request, ledger().account(request.account_id))
    return answer


start(shared_client)
