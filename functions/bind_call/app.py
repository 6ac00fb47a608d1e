"""PUT /api/credits/calls/{call_id}: say which hold a call is paid out of."""

from prepaid.calls.call import Binding, BoundBy
from prepaid.calls.errors import CallAlreadyBound
from prepaid.calls.web.admission import BindIn, CallOut, call_id_in
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.ids import hold_in
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import calls, tracking
from prepaid.web.identity import SERVICES
from prepaid.web.request import Request


@endpoint(allow=SERVICES, body=BindIn, answer=CallOut, refuses=(CallAlreadyBound, NotFound))
def handler(request: Request[BindIn]) -> CallOut:
    """Bind the call; one that has ended already is settled."""
    call_id = call_id_in(request.path_text("call_id"))
    hold = hold_in(request.body.hold_id, own=request.account_id, any_account=True)
    binding = Binding(account_id=hold.account_id, hold_id=hold.number, by=BoundBy.SERVICE)
    tracking().bind_to_hold(
        call_id, binding, request_id=request.request_id, now=request.received_at
    )
    return CallOut.of(calls().call(call_id))


start(shared_client)
