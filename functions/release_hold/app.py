"""POST /api/credits/admin/holds/{hold_id}/void: release any hold unused."""

from prepaid.accounts.web.administration import WhyIn
from prepaid.domain.errors import HoldEnded, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web import ids
from prepaid.ledger.web.entries import EntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger
from prepaid.web.actor import actor_name
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING, body=WhyIn, answer=EntryOut, keyed=True, refuses=(HoldEnded, NotFound)
)
def handler(request: Request[WhyIn]) -> Answer:
    """End the hold of whatever account its id names, whoever made it."""
    hold = ids.hold_in(request.path_id("hold_id"), own=request.account_id, any_account=True)
    command = request.body.void_of_hold(
        hold.number, key=request.key, actor=actor_name(request), request_id=request.request_id
    )
    posted = ledger().post(hold.account_id, lambda _: command, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
