"""GET /api/credits/admin/analytics: what all accounts bought, spent and still own."""

from prepaid.analytics.web.system import SystemAnalyticsOut, SystemAnalyticsQuery, csv
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.snapshots import system_analytics
from prepaid.web.identity import OVERSEEING
from prepaid.web.request import Answer, Request
from prepaid.web.tables import wants_table


@endpoint(
    allow=OVERSEEING,
    query=SystemAnalyticsQuery,
    answer=SystemAnalyticsOut,
    media_types=("application/json", "text/csv"),
)
def handler(request: Request[None, SystemAnalyticsQuery]) -> Answer:
    """Answer from the latest snapshot alone; it says of when it is."""
    query = request.query
    report = system_analytics().report(query.from_, query.to, request.received_at)
    if wants_table(request):
        return csv(report)
    return Answer(SystemAnalyticsOut.of(report))


start(shared_client)
