"""GET /api/credits/admin/audit: what admins did, newest first."""

from prepaid.accounts.web.audit import AuditOut, AuditQuery, page, place_in
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import audit_log
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import OVERSEEING
from prepaid.web.paging import Paged
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, query=AuditQuery, answer=AuditOut, refuses=(CursorInvalid,))
def handler(request: Request[None, AuditQuery]) -> Answer:
    """Answer one page of the log."""
    listing = Paged(request, cursors())
    limit = request.query.limit + 1
    found = audit_log().latest(now=request.received_at, limit=limit, after=place_in(listing))
    return page(listing, found)


start(shared_client)
