"""POST /api/credits/holds: set credits aside for an operation that begins."""

from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    LimitExceeded,
    UnknownOperation,
)
from prepaid.domain.limiting import SpendingLimitExceeded
from prepaid.dynamodb.client import shared_client
from prepaid.metering.web.holds import HoldIn, OpenedHoldOut
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import account_charged, actor
from prepaid.web.identity import METERING
from prepaid.web.request import Answer, Request


@endpoint(
    allow=METERING,
    body=HoldIn,
    answer=OpenedHoldOut,
    keyed=True,
    refuses=(
        InsufficientCredits,
        SpendingLimitExceeded,
        AccountFrozen,
        LimitExceeded,
        UnknownOperation,
    ),
)
def handler(request: Request[HoldIn]) -> Answer:
    """Open the hold; its id is what captures or voids it."""
    account_id = account_charged(request)
    hold = request.body.command(actor(request), request.key)
    posted = metering().open_hold(account_id, hold, request.received_at)
    return Answer.created_or_replayed(OpenedHoldOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
