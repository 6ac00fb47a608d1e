"""POST /api/credits/holds/{hold_id}/capture: pay out of a hold and release the rest of it."""

from prepaid.domain.errors import HoldEnded, LimitExceeded, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.metering.web.holds import CaptureIn, hold_from_path
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import actor
from prepaid.web.identity import METERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=METERING,
    body=CaptureIn,
    answer=EntryOut,
    keyed=True,
    refuses=(HoldEnded, LimitExceeded, NotFound),
)
def handler(request: Request[CaptureIn]) -> Answer:
    """End the hold by paying for what was used."""
    hold = hold_from_path(request)
    capture = request.body.command(hold, actor(request), request.key)
    posted = metering().capture(hold.account_id, capture, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
