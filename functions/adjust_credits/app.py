"""POST /api/credits/admin/adjust: add or remove credits by hand, with a reason."""

from prepaid.api.asking import actor
from prepaid.api.identity import ADMINISTERING
from prepaid.api.messages import Answer, Request
from prepaid.api.schemas.admin import AdjustIn
from prepaid.api.schemas.entries import EntryOut
from prepaid.domain.errors import InsufficientCredits, LimitExceeded, NotFound
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


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
        key=request.key, actor=actor(request), request_id=request.request_id
    )
    posted = wiring.ledger().post(request.account_id, lambda _: command, request.received_at)
    return Answer.posted(EntryOut.of(posted.entry), replayed=posted.replayed)
