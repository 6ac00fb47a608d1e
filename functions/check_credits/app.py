"""POST /api/credits/check: whether an operation could be paid now, and how far credits reach."""

from prepaid.api.asking import account_charged, asker
from prepaid.api.identity import METERING
from prepaid.api.messages import Request
from prepaid.api.schemas.checks import CheckOut
from prepaid.api.schemas.usage import CheckIn
from prepaid.domain.errors import UnknownOperation
from prepaid.runtime import wiring
from prepaid.runtime.http import endpoint


@endpoint(allow=METERING, body=CheckIn, answer=CheckOut, refuses=(UnknownOperation,))
def handler(request: Request[CheckIn]) -> CheckOut:
    """Decide as spending would, and write nothing."""
    usage = request.body.usage(account_charged(request, request.body.account_id), key="")
    return CheckOut.of(wiring.metering().check(usage, asker(request), request.received_at))
