"""GET /api/credits/transactions: the entries of an account, newest first."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web import transactions
from prepaid.ledger.web.transactions import EntriesOut, TransactionsQuery
from prepaid.runtime.http import endpoint
from prepaid.runtime.retries import Deadline
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, store
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.actor import refuse_unwritten
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.paging import Paged
from prepaid.web.request import Answer, Request
from prepaid.web.tables import wants_table


@endpoint(
    allow=READING,
    query=TransactionsQuery,
    answer=EntriesOut,
    refuses=(CursorInvalid, NotFound),
    media_types=("application/json", "text/csv"),
)
def handler(request: Request[None, TransactionsQuery]) -> Answer:
    """Answer a page as JSON, or all pages as one table."""
    if request.meant != request.caller.account_id:
        refuse_unwritten(request, ledger().account(request.account_id))
    listing = Paged(request, cursors())
    if wants_table(request):
        return transactions.export(listing, store(), time_is_up=Deadline().is_over)
    return transactions.page(listing, store())


start(shared_client)
