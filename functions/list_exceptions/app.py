"""GET /api/credits/admin/exceptions: what an admin must look at, newest first."""

from prepaid.dynamodb.client import shared_client
from prepaid.inbox.web import ExceptionsOut, page
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import inbox
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import OVERSEEING
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, query=PageQuery, answer=ExceptionsOut, refuses=(CursorInvalid,))
def handler(request: Request[None, PageQuery]) -> Answer:
    """Answer one page of open cases."""
    return page(request, inbox(), cursors())


start(shared_client)
