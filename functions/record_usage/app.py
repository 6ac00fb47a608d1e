"""POST /api/credits/usage: record usage and spend credits for it, once or many times."""

from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    LimitExceeded,
    UnknownOperation,
)
from prepaid.domain.limiting import SpendingLimitExceeded
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.web.entries import EntryOut
from prepaid.metering.web import batches
from prepaid.metering.web.usage import EventsOut, SingleUsageIn, UsageIn
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import account_charged, actor
from prepaid.web.identity import METERING
from prepaid.web.json_body import BATCH_BODY
from prepaid.web.request import Answer, Request


@endpoint(
    allow=METERING,
    body=UsageIn,
    answer=(EntryOut, EventsOut),
    keyed=True,
    limit_bytes=BATCH_BODY,
    refuses=(
        InsufficientCredits,
        SpendingLimitExceeded,
        AccountFrozen,
        LimitExceeded,
        UnknownOperation,
    ),
)
def handler(request: Request[UsageIn]) -> Answer:
    """Spend for one use, or for each of many."""
    match request.body.root:
        case SingleUsageIn() as single:
            return _one(request, single)
        case many:
            return batches.record(request, many.each, metering())


def _one(request: Request[UsageIn], single: SingleUsageIn) -> Answer:
    account_id = account_charged(request)
    spend = single.command(actor(request), request.key)
    posted = metering().record(account_id, spend, request.received_at)
    return Answer.created_or_replayed(EntryOut.of(posted.entry), replayed=posted.replayed)


start(shared_client)
