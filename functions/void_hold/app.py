"""POST /api/credits/holds/{hold_id}/void: release a hold unused."""

from prepaid.domain.errors import HoldEnded, NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.metering.web.holds import hold_from_path, void_of
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import actor
from prepaid.web.identity import METERING
from prepaid.web.queries import Nothing
from prepaid.web.request import Answer, Request


@endpoint(allow=METERING, body=Nothing, answer=EntryOut, keyed=True, refuses=(HoldEnded, NotFound))
def handler(request: Request[Nothing]) -> Answer:
    """End the hold without paying anything."""
    hold = hold_from_path(request)
    void = void_of(hold, actor(request), request.key)
    posted = metering().void(hold.account_id, void, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
