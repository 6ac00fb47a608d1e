"""POST /api/credits/vapi/webhook: Vapi asks whether calls may begin, and tells how they end.

The function URL takes the same: whoever calls is known by what the request proves alone.
"""

from prepaid.calls.vapi import webhook
from prepaid.calls.web.webhook import Out, answer_to, received
from prepaid.dynamodb.client import prompt_client, shared_client
from prepaid.runtime import clock, observability
from prepaid.runtime.http import edge
from prepaid.runtime.settings import settings
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.calls import refused_text, webhooks
from prepaid.web.errors import MalformedRequest
from prepaid.web.request import Event, Response

COUNTED = {
    webhook.NOT_AUTHENTIC: "VapiWebhookNotAuthentic",
    webhook.UNREADABLE: "VapiWebhookUnreadable",
}
"""The metric of each outcome that somebody may have to look at."""


def handler(event: Event, context: object = None) -> Response:
    """Take one message, and answer those that wait for an answer."""
    return edge.serve(event, context, lambda request_id: receive(event, request_id))


def receive(event: Event, request_id: str) -> Out:
    """Accept whatever a repeat could not change; an unknown outcome is a 5xx."""
    outcome = webhooks().receive(received(event), request_id=request_id, now=clock.now())
    counted = "CallRefused" if outcome.refused else COUNTED.get(outcome.word)
    if counted:
        observability.count(counted, service=settings.service_name)
    if outcome.word == webhook.NOT_AUTHENTIC:
        raise MalformedRequest("The request does not prove who sent it.")
    facts = {"outcome": outcome.word, "call_id": outcome.call_id}
    observability.logger().info("call", extra=facts)
    return answer_to(outcome, refused_text())


start(shared_client, prompt_client)
