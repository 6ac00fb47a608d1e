"""POST /api/credits/admin/adjust: add or remove credits by hand, with a reason."""

from prepaid.domain.errors import InsufficientCredits, LimitExceeded, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.adjustment import AdjustIn
from prepaid.ledger.web.entries import EntryOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.ledger import ledger
from prepaid.web.actor import actor_name
from prepaid.web.identity import ADMINISTERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=ADMINISTERING,
    body=AdjustIn,
    answer=EntryOut,
    keyed=True,
    refuses=(InsufficientCredits, LimitExceeded, NotFound),
)
def handler(request: Request[AdjustIn]) -> Answer:
    """Post the correction; the entry keeps who made it and why."""
    command = request.body.command(
        key=request.key, actor=actor_name(request), request_id=request.request_id
    )
    posted = ledger().post(request.account_id, lambda _: command, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
