"""GET /api/credits/usage/analytics: what an account used, by time, operation or reference."""

from prepaid.analytics.web.usage import UsageAnalyticsOut, UsageAnalyticsQuery, csv
from prepaid.domain.errors import NotFound
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.analytics import usage_analytics
from prepaid.web.actor import refuse_unwritten
from prepaid.web.identity import READING
from prepaid.web.request import Answer, Request
from prepaid.web.tables import wants_table


@endpoint(
    allow=READING,
    query=UsageAnalyticsQuery,
    answer=UsageAnalyticsOut,
    refuses=(NotFound,),
    media_types=("application/json", "text/csv"),
)
def handler(request: Request[None, UsageAnalyticsQuery]) -> Answer:
    """Answer what is asked of an account; the caller's own is empty until somebody writes it."""
    question = request.query.question(request.account_id)
    report = usage_analytics().report(question, request.received_at)
    refuse_unwritten(request, report.account)
    if wants_table(request):
        return csv(report)
    return Answer(UsageAnalyticsOut.of(report))


start(shared_client)
