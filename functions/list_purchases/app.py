"""GET /api/credits/purchases: the purchases of an account, newest first."""

from prepaid.dynamodb.client import shared_client
from prepaid.payments.web.purchases import PurchasesOut, PurchasesQuery, page
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.lists import cursors
from prepaid.runtime.wiring.payments import purchases
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, query=PurchasesQuery, answer=PurchasesOut, refuses=(CursorInvalid,))
def handler(request: Request[None, PurchasesQuery]) -> Answer:
    """Answer one page."""
    return page(request, purchases(), cursors())


start(shared_client)
