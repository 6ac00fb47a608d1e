"""POST /api/credits/admin/adjust: add or remove credits by hand, with a reason."""

from prepaid.domain.errors import AdjustmentTooLarge, InsufficientCredits, LimitExceeded, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.preview import preview
from prepaid.ledger.web.adjustment import AdjustIn, PreviewOut
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
    body=AdjustIn,
    answer=(EntryOut, PreviewOut),
    keyed=True,
    refuses=(AdjustmentTooLarge, InsufficientCredits, LimitExceeded, NotFound),
)
def handler(request: Request[AdjustIn]) -> Answer:
    """Post the correction, or say what would come of it; the entry keeps who made it and why."""
    command = request.body.command(
        key=request.key,
        actor=actor_name(request),
        request_id=request.request_id,
        at_most=at_most(request),
    )
    if request.body.preview:
        account = ledger().account(request.account_id)
        return Answer(PreviewOut.of(preview(account, command, request.received_at)))
    posted = ledger().post(request.account_id, lambda _: command, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
