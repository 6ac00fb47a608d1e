"""POST /api/credits/holds/{hold_id}/extend: more time, more credits, or both, for an open hold."""

from prepaid.domain.errors import (
    AccountFrozen,
    HoldEnded,
    InsufficientCredits,
    LimitExceeded,
    NotFound,
)
from prepaid.domain.limiting import SpendingLimitExceeded
from prepaid.dynamodb.client import shared_client
from prepaid.metering.web.holds import ExtendedHoldOut, ExtendIn, hold_from_path
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import actor
from prepaid.web.identity import METERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=METERING,
    body=ExtendIn,
    answer=ExtendedHoldOut,
    keyed=True,
    refuses=(
        AccountFrozen,
        HoldEnded,
        InsufficientCredits,
        SpendingLimitExceeded,
        LimitExceeded,
        NotFound,
    ),
)
def handler(request: Request[ExtendIn]) -> Answer:
    """Extend the hold, all or nothing; its id stays."""
    hold = hold_from_path(request)
    extension = request.body.command(hold, actor(request), request.key)
    posted = metering().extend(hold.account_id, extension, request.received_at)
    return Answer.created_or_replayed(ExtendedHoldOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
