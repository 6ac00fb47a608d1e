"""POST /api/credits/holds: set credits aside for an operation that begins."""

from prepaid.api.asking import account_charged, asker
from prepaid.api.identity import METERING
from prepaid.api.messages import Answer, Request
from prepaid.api.schemas.holds import HoldIn, OpenedHoldOut
from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    LimitExceeded,
    UnknownOperation,
)
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(
    allow=METERING,
    body=HoldIn,
    answer=OpenedHoldOut,
    keyed=True,
    refuses=(InsufficientCredits, AccountFrozen, LimitExceeded, UnknownOperation),
)
def handler(request: Request[HoldIn]) -> Answer:
    """Open the hold; its id is what captures or voids it."""
    account_id = account_charged(request, request.body.account_id)
    wanted = request.body.request(account_id, request.key)
    posted = wiring.metering().open_hold(wanted, asker(request), request.received_at)
    return Answer.posted(OpenedHoldOut.of(posted.entry), replayed=posted.replayed)
