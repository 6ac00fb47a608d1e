"""Vapi's webhook: who sent the message, then what it asks or tells.

Nothing is read of a body before its sender is known. Vapi does not try again by default, so a
report that cannot be settled now is a 5xx and is asked for later; what a repeat would not change
is answered with 200 and kept for an admin.
"""

import hashlib

from prepaid.calls.inbound import Answered
from prepaid.calls.vapi.authentication import NotVapi, PlansInvalid, Received, read_plans, verify
from prepaid.calls.vapi.messages import (
    AssistantRequest,
    Message,
    MessageInvalid,
    Predial,
    Told,
    read_message,
)
from prepaid.calls.web.webhook import AssistantOut, EligibleOut, ReceivedOut, SpokenOut
from prepaid.domain.credits import Instant
from prepaid.runtime import clock, observability
from prepaid.runtime.http import edge
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring.calls import inbound, refused_text, tracking, webhook_secret
from prepaid.runtime.wiring.inbox import exceptions
from prepaid.web import json_body
from prepaid.web.errors import MalformedRequest
from prepaid.web.request import Event, Response, mapping

LARGEST_MESSAGE = 6 * 1024 * 1024
"""What Lambda takes at most: a report carries the whole transcript."""

type Out = AssistantOut | EligibleOut | ReceivedOut | SpokenOut


def take(event: Event, context: object = None) -> Response:
    """Answer one message of Vapi's, from the API or from a function URL."""
    return edge.serve(event, context, lambda request_id: _taken(event, request_id))


def _taken(event: Event, request_id: str) -> Out:
    now = clock.now()
    body = json_body.raw_body(event, limit_bytes=LARGEST_MESSAGE)
    try:
        _verify(_received(event, body), now)
    except (NotVapi, PlansInvalid) as exc:
        _count("VapiWebhookNotAuthentic")
        raise MalformedRequest("The request does not prove who sent it.") from exc
    try:
        message = read_message(body)
    except (MalformedRequest, MessageInvalid):
        return _unreadable(body, now)
    return _answered(message, request_id, now)


def _received(event: Event, body: bytes) -> Received:
    context = mapping(event, "requestContext")
    path, query = str(event.get("rawPath", "")), str(event.get("rawQueryString", ""))
    return Received(
        body=body,
        header=lambda name: json_body.header(event, name),
        method=str(mapping(context, "http").get("method", "")),
        url=f"https://{context.get('domainName', '')}{path}{f'?{query}' if query else ''}",
    )


def _verify(received: Received, now: Instant) -> None:
    """Verify by what we know, or by what is configured anew."""
    known = webhook_secret(False)
    try:
        verify(received, read_plans(known), now)
    except (NotVapi, PlansInvalid):
        newer = webhook_secret(True)
        if newer == known:
            raise
        verify(received, read_plans(newer), now)


def _answered(message: Message, request_id: str, now: Instant) -> Out:
    match message:
        case AssistantRequest(news=news):
            decided = inbound().answer(news, request_id=request_id, now=now)
            if isinstance(decided, Answered):
                _log("admitted", news.call_id)
                return AssistantOut.of(decided)
            _count("CallRefused", code=decided)
            _log(decided, news.call_id)
            return SpokenOut(error=refused_text())
        case Predial(campaign_id=campaign_id):
            return EligibleOut(eligible=inbound().eligible(campaign_id, now))
        case Told(news=news):
            _log(tracking().learn(news, request_id=request_id, now=now), news.call_id)
        case _:
            _count("VapiWebhookIgnored")
    return ReceivedOut()


def _unreadable(body: bytes, now: Instant) -> ReceivedOut:
    """Keep that Vapi sent what is no message: a repeat would say the same."""
    subject = hashlib.sha256(body).hexdigest()
    exceptions().report("unreadable_call_message", subject, f"{len(body)} bytes", now=now)
    _count("VapiWebhookUnreadable")
    return ReceivedOut()


def _log(outcome: str, call_id: str) -> None:
    observability.logger().info("call", extra={"outcome": str(outcome), "call_id": call_id})


def _count(name: str, **dimensions: str) -> None:
    observability.count(name, service=settings.service_name, **dimensions)
