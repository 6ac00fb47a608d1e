"""POST /api/credits/alerts/{alert_id}/acknowledge: somebody has seen a warning."""

from prepaid.alerts.history import Acknowledged
from prepaid.alerts.web.alerts import AlertOut
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.alerts import alert_history
from prepaid.web import opaque
from prepaid.web.actor import actor_name
from prepaid.web.identity import READING
from prepaid.web.request import Request


@endpoint(allow=READING, answer=AlertOut, refuses=(NotFound,))
def handler(request: Request) -> AlertOut:
    """Note who has seen it; a repeat, and who comes later, change nothing."""
    alert_id = opaque.read(request.path_id("alert_id"))
    seen = Acknowledged(request.received_at, actor_name(request))
    past = alert_id and alert_history().acknowledge(request.account_id, alert_id, seen)
    if not past:
        raise NotFound("There is no such alert.")
    return AlertOut.of(past)


start(shared_client)
