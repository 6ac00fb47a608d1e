"""POST /api/credits/admin/grants/{account_id}/{grant_id}/void: take back the rest of a grant."""

from prepaid.accounts.voiding import void_grant
from prepaid.accounts.web.administration import VoidGrantIn, grant_in
from prepaid.domain.errors import AlreadyReversed, GrantMerged, InsufficientCredits, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger, providers
from prepaid.web.actor import account_in_path, actor_name
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=VoidGrantIn,
    answer=EntryOut,
    keyed=True,
    refuses=(AlreadyReversed, GrantMerged, InsufficientCredits, NotFound),
)
def handler(request: Request[VoidGrantIn]) -> Answer:
    """Take it back once, whatever is left at that moment."""
    command = request.body.command(
        grant_in(request.path_id("grant_id")),
        key=request.key,
        actor=actor_name(request),
        request_id=request.request_id,
    )
    account_id = account_in_path(request)
    posted = void_grant(ledger(), account_id, command, request.received_at, providers())
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
