"""POST /api/credits/check: whether an operation could be paid now, and how far credits reach."""

from prepaid.domain.errors import UnknownOperation
from prepaid.dynamodb.client import shared_client
from prepaid.metering.web.check import CheckOut
from prepaid.metering.web.usage import CheckIn
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.metering import metering
from prepaid.web.actor import account_charged, actor
from prepaid.web.identity import METERING
from prepaid.web.request import Request


@endpoint(allow=METERING, body=CheckIn, answer=CheckOut, refuses=(UnknownOperation,))
def handler(request: Request[CheckIn]) -> CheckOut:
    """Decide as spending would, and write nothing."""
    account_id = account_charged(request)
    spend = request.body.command(actor(request), key="")
    return CheckOut.of(metering().check(account_id, spend, request.received_at))


start(shared_client)
