"""POST /api/credits/holds/{hold_id}/void: release a hold unused."""

from prepaid.api.asking import asker, hold_meant
from prepaid.api.identity import METERING
from prepaid.api.messages import Answer, Request
from prepaid.api.schemas.common import Nothing
from prepaid.api.schemas.entries import EntryOut
from prepaid.domain.errors import HoldEnded, NotFound
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint
from prepaid.usecases.metering import HoldEnd


@endpoint(allow=METERING, body=Nothing, answer=EntryOut, keyed=True, refuses=(HoldEnded, NotFound))
def handler(request: Request[Nothing]) -> Answer:
    """End the hold without paying anything."""
    hold = hold_meant(request)
    end = HoldEnd(account_id=hold.account_id, hold_id=hold.number, key=request.key)
    posted = wiring.metering().void(end, asker(request), request.received_at)
    return Answer.posted(EntryOut.of(posted.entry), replayed=posted.replayed)
