"""POST /api/credits/stripe/webhook: Stripe says what became of a payment.

The function URL takes the same: only the signature over the raw body says who calls.
"""

from prepaid.dynamodb.client import shared_client
from prepaid.payments.facts import FactOutcome
from prepaid.payments.stripe import webhook
from prepaid.payments.web.purchases import ReceivedOut
from prepaid.runtime import clock, observability
from prepaid.runtime.http import edge
from prepaid.runtime.settings import settings
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.payments import webhooks
from prepaid.web.errors import MalformedRequest
from prepaid.web.json_body import BATCH_BODY, header, raw_body
from prepaid.web.request import Event, Response

REFUSED = {
    webhook.BAD_SIGNATURE: "The signature is not valid.",
    webhook.NO_EVENT: "The body is no event.",
}
COUNTED: dict[str, str] = {
    webhook.BAD_SIGNATURE: "WebhookSignatureFailure",
    webhook.NO_EVENT: "WebhookUnreadable",
    webhook.UNREADABLE: "WebhookSetAside",
    webhook.IGNORED: "WebhookIgnored",
    FactOutcome.FOREIGN: "WebhookForeign",
    **{each: "WebhookSetAside" for each in FactOutcome if each.doubtful},
}
"""The metric of each outcome that somebody may have to look at."""


def handler(event: Event, context: object = None) -> Response:
    """Record a fact about a payment, with all that it does to its account."""
    return edge.serve(event, context, lambda request_id: receive(event, request_id))


def receive(event: Event, request_id: str) -> ReceivedOut:
    """Accept whatever a retry could not change; an unknown outcome is a 5xx."""
    body = raw_body(event, limit_bytes=BATCH_BODY)
    signature = header(event, "stripe-signature")
    received = webhooks().receive(body, signature, request_id=request_id, now=clock.now())
    if received.outcome in COUNTED:
        observability.count(COUNTED[received.outcome], service=settings.service_name)
    if received.outcome in REFUSED:
        raise MalformedRequest(REFUSED[received.outcome])
    stripe_event = received.event
    named = {"event_id": stripe_event.event_id, "type": stripe_event.type} if stripe_event else {}
    observability.logger().info("webhook", extra={"outcome": received.outcome, **named})
    return ReceivedOut()


start(shared_client)
