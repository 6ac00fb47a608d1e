"""GET /api/credits/transactions: the entries of an account, newest first."""

from prepaid.api import listing
from prepaid.api.asking import refuse_unwritten
from prepaid.api.errors import CursorInvalid
from prepaid.api.identity import READING
from prepaid.api.messages import Answer
from prepaid.api.schemas.history import EntriesOut, TransactionsQuery
from prepaid.domain.errors import NotFound
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(
    allow=READING,
    query=TransactionsQuery,
    answer=EntriesOut,
    refuses=(CursorInvalid, NotFound),
    media_types=("application/json", "text/csv"),
)
def handler(request: listing.Listing) -> Answer:
    """Answer a page as JSON, or all pages as one table."""
    if request.meant != request.caller.account_id:
        refuse_unwritten(request, wiring.ledger().account(request.account_id))
    answer = listing.export if listing.wants_table(request) else listing.page
    return answer(request, wiring.store(), wiring.cursors())
