"""POST /api/credits/admin/exceptions/{exception_id}/assign: say whose a call was."""

from prepaid.calls.errors import CallAlreadyBound
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.dynamodb.client import shared_client
from prepaid.inbox.web import AssignIn, ExceptionOut, case_in
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import assignment
from prepaid.runtime.wiring.inbox import inbox
from prepaid.web.actor import admin_act
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=AssignIn,
    answer=ExceptionOut,
    keyed=True,
    refuses=(CallAlreadyBound, NotFound, PreconditionFailed),
)
def handler(request: Request[AssignIn]) -> Answer:
    """Bind the call to the account, which pays for it once."""
    case = case_in(request.path_text("exception_id"), inbox())
    by = admin_act(request, request.body.reason)
    assigned = assignment().assign(case, request.body.account_id, by)
    return Answer.created_or_replayed(ExceptionOut.of(assigned.case), replayed=assigned.replayed)


start(shared_client)
