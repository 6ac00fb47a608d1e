"""GET /api/credits/admin/phone-numbers: which phone numbers and campaigns are whose."""

from prepaid.calls.web.numbers import NumbersOut, page
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import sources
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import OVERSEEING
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, query=PageQuery, answer=NumbersOut, refuses=(CursorInvalid,))
def handler(request: Request[None, PageQuery]) -> Answer:
    """Answer one page, by id."""
    return page(request, sources(), cursors())


start(shared_client)
