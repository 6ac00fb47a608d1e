"""POST /api/credits/admin/exceptions/{exception_id}/retry: try again what a case is about."""

from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.inbox.resolving import retry_case
from prepaid.inbox.web import RetriedOut, RetryIn, case_in
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.case_retries import case_retries
from prepaid.runtime.wiring.inbox import inbox
from prepaid.web.actor import admin_act
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request


@endpoint(allow=OVERSEEING, body=RetryIn, answer=RetriedOut, keyed=True, refuses=(NotFound,))
def handler(request: Request[RetryIn]) -> Answer:
    """Verify, deliver or settle again; the case is resolved once that is right."""
    case = case_in(request.path_text("exception_id"), inbox())
    handled = retry_case(inbox(), case, admin_act(request, request.body.reason), case_retries())
    return Answer.created_or_replayed(RetriedOut.after(handled), replayed=handled.replayed)


start(shared_client)
