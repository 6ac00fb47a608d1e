"""POST /api/credits/admin/grants: give credits on terms of their own."""

from prepaid.accounts.web.administration import AdminGrantIn
from prepaid.domain.errors import AdjustmentTooLarge, LimitExceeded
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.administration import at_most
from prepaid.runtime.wiring.ledger import ledger
from prepaid.web.actor import actor_name
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=AdminGrantIn,
    answer=EntryOut,
    keyed=True,
    refuses=(AdjustmentTooLarge, LimitExceeded),
)
def handler(request: Request[AdminGrantIn]) -> Answer:
    """Give the credits; the first ones open the account."""
    command = request.body.command(
        key=request.key,
        actor=actor_name(request),
        request_id=request.request_id,
        at_most=at_most(request),
    )
    posted = ledger().post(request.account_id, lambda _: command, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
