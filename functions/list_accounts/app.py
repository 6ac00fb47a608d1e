"""GET /api/credits/admin/users: accounts, found by id or by what they are, or in order."""

from prepaid.accounts.finding import Wanted, find_accounts
from prepaid.accounts.web.accounts import AccountsOut, AccountsQuery, page, place_in
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.accounts import lists
from prepaid.runtime.wiring.inbox import inbox
from prepaid.runtime.wiring.lists import cursors
from prepaid.runtime.wiring.profiles import profiles
from prepaid.runtime.wiring.rankings import rankings
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import OVERSEEING
from prepaid.web.paging import Paged
from prepaid.web.request import Answer, Request


@endpoint(
    allow=OVERSEEING,
    query=AccountsQuery,
    answer=AccountsOut,
    refuses=(CursorInvalid,),
    media_types=("application/json", "text/csv"),
)
def handler(request: Request[None, AccountsQuery]) -> Answer:
    """Answer one page; nothing is scanned."""
    listing, query = Paged(request, cursors()), request.query
    wanted = Wanted(
        limit=query.limit,
        after=place_in(listing),
        search=query.search,
        email=None if query.email is None else query.email.lower(),
        only=query.status,
        order=query.sort,
    )
    found = find_accounts(lists(), profiles(), inbox(), rankings(), wanted)
    return page(listing, found)


start(shared_client)
