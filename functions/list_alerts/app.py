"""GET /api/credits/alerts: what an account was warned of, the latest first."""

from prepaid.alerts.web.alerts import AlertsOut, AlertsQuery, page
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.alerts import alert_history
from prepaid.runtime.wiring.lists import cursors
from prepaid.web.errors import CursorInvalid
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request


@endpoint(allow=READING, query=AlertsQuery, answer=AlertsOut, refuses=(CursorInvalid,))
def handler(request: Request[None, AlertsQuery]) -> Answer:
    """Answer one page; quiet alerts and those that wait are in it."""
    return page(request, alert_history(), cursors())


start(shared_client)
