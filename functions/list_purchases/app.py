"""GET /api/credits/purchases: the purchases of an account, newest first."""

from prepaid.payments.web.purchases import PurchasesOut, PurchasesQuery, page
from prepaid.runtime import selling, wiring
from prepaid.runtime.http import endpoint
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, query=PurchasesQuery, answer=PurchasesOut, refuses=(CursorInvalid,))
def handler(request: Request[None, PurchasesQuery]) -> Answer:
    """Answer one page."""
    return page(request, selling.purchases(), wiring.cursors())
