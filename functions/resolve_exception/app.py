"""POST /api/credits/admin/exceptions/{exception_id}/resolve: say that a case is dealt with."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.inbox.resolving import resolve_case
from prepaid.inbox.web import ExceptionOut, ResolveIn, case_in
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.inbox import inbox
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, body=ResolveIn, answer=ExceptionOut, keyed=True, refuses=(NotFound,))
def handler(request: Request[ResolveIn]) -> Answer:
    """Resolve it once; what somebody did before stands."""
    case = case_in(request.path_text("exception_id"), inbox())
    by = admin_act(request, request.body.reason, request.body.note)
    handled = resolve_case(inbox(), case, by)
    return Answer.created_or_replayed(ExceptionOut.of(handled.case), replayed=handled.replayed)


start(shared_client)
