"""POST /api/credits/admin/users/{account_id}/status: freeze, reopen or close an account."""

from prepaid.accounts.web.administration import StatusIn
from prepaid.domain.errors import Forbidden, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger
from prepaid.web.actor import account_in_path, actor_name
from prepaid.web.identity import ADMINISTERING, Role
from prepaid.web.request import Answer, Request


@endpoint(allow=ADMINISTERING, body=StatusIn, answer=EntryOut, keyed=True, refuses=(NotFound,))
def handler(request: Request[StatusIn]) -> Answer:
    """Set the status; whether an account is unlimited is a super admin's to say."""
    if request.body.unlimited is not None and request.caller.role is not Role.SUPER_ADMIN:
        raise Forbidden("Only a super admin makes an account unlimited, or limited again.")
    command = request.body.command(
        key=request.key, actor=actor_name(request), request_id=request.request_id
    )
    posted = ledger().post(account_in_path(request), lambda _: command, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
