"""GET /api/credits/purchases: the purchases of an account, newest first."""

from prepaid.api import purchase_list
from prepaid.api.errors import CursorInvalid
from prepaid.api.identity import READING
from prepaid.api.messages import Answer, Request
from prepaid.api.schemas.purchases import PurchasesOut, PurchasesQuery
from prepaid.runtime import selling, wiring
from prepaid.runtime.http import endpoint


@endpoint(allow=READING, query=PurchasesQuery, answer=PurchasesOut, refuses=(CursorInvalid,))
def handler(request: Request[None, PurchasesQuery]) -> Answer:
    """Answer one page."""
    return purchase_list.page(request, selling.purchases(), wiring.cursors())
