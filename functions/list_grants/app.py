"""GET /api/credits/grants: credits that were given, and what became of them."""

from prepaid.accounts.grants import grants_of
from prepaid.accounts.web.grants import GrantsOut, GrantsQuery, page
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.accounts import packages
from prepaid.runtime.wiring.ledger import ledger, providers
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.actor import refuse_unwritten
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.paging import Paged
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, query=GrantsQuery, answer=GrantsOut, refuses=(CursorInvalid, NotFound))
def handler(request: Request[None, GrantsQuery]) -> Answer:
    """Answer one page of an account's grants as settled now."""
    shown, found = grants_of(ledger(), request.account_id, request.received_at, providers())
    refuse_unwritten(request, shown.account)
    return page(Paged(request, cursors()), found, packages())


start(shared_client)
