"""POST /api/credits/calls: whether a call may start, and how long it may be."""

from prepaid.calls.admission import Admitted
from prepaid.calls.web.admission import AdmittedOut, CallIn, NotAdmittedOut
from prepaid.domain.errors import UnknownOperation
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import admission
from prepaid.web.actor import account_charged, actor
from prepaid.web.identity import METERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=METERING,
    body=CallIn,
    answer=(AdmittedOut, NotAdmittedOut),
    keyed=True,
    refuses=(UnknownOperation,),
)
def handler(request: Request[CallIn]) -> Answer:
    """Set credits aside for the call, or say what it would need."""
    account_id = account_charged(request)
    wanted = request.body.request(account_id, request.key)
    decided = admission().admit(wanted, actor(request), request.received_at)
    if not isinstance(decided, Admitted):
        return Answer(NotAdmittedOut.of(decided))
    return Answer.created_or_replayed(AdmittedOut.of(decided), replayed=decided.replayed)


start(shared_client)
