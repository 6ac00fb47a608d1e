"""Webhooks: the raw bytes, who signed them, whose money it is, and only then what they say.

An answer of 2xx ends Stripe's retries, so whatever a retry cannot change is answered with 200 and,
where an admin must look at it, kept as an exception. Only an unknown outcome is a 5xx. What is
about another product's money is counted and otherwise left alone.
"""

import hashlib

from prepaid.domain.credits import Instant
from prepaid.payments.facts import FactOutcome
from prepaid.payments.stripe.events import EnvelopeInvalid, EventInvalid, StripeEvent, read_event
from prepaid.payments.stripe.signature import SignatureInvalid, verify
from prepaid.payments.web.purchases import ReceivedOut
from prepaid.runtime import clock, observability
from prepaid.runtime.http import edge
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring.inbox import exceptions
from prepaid.runtime.wiring.payments import facts, live, webhook_secrets
from prepaid.web import json_body
from prepaid.web.errors import MalformedRequest
from prepaid.web.request import Event, Response

SIGNATURE = "stripe-signature"
LARGEST_EVENT = json_body.BATCH_BODY


def take(event: Event, context: object = None) -> Response:
    """Answer one webhook of Stripe's, from the API or from a function URL."""
    return edge.serve(event, context, lambda request_id: _taken(event, request_id))


def _taken(event: Event, request_id: str) -> ReceivedOut:
    now = clock.now()
    body = json_body.raw_body(event, limit_bytes=LARGEST_EVENT)
    try:
        _verify(body, json_body.header(event, SIGNATURE), now)
        told = read_event(body)
    except SignatureInvalid as exc:
        _count("WebhookSignatureFailure")
        raise MalformedRequest("The signature is not valid.") from exc
    except EnvelopeInvalid as exc:
        return _unreadable(body, str(exc), now)
    except EventInvalid as exc:
        _count("WebhookUnreadable")
        raise MalformedRequest("The body is no event.") from exc
    outcome = _outcome(told, request_id, now)
    named = {"event_id": told.event_id, "type": told.type} if told else {}
    observability.logger().info("webhook", extra={"outcome": outcome, **named})
    return ReceivedOut()


def _verify(body: bytes, header: str, now: Instant) -> None:
    """Verify with the secrets that we know, or with newer ones when there are any."""
    known = webhook_secrets(False)
    try:
        verify(body, header, known, now)
    except SignatureInvalid:
        newer = webhook_secrets(True)
        if newer == known:
            raise
        verify(body, header, newer, now)


def _unreadable(body: bytes, detail: str, now: Instant) -> ReceivedOut:
    """Keep that something signed was no event: a retry would say the same."""
    subject = hashlib.sha256(body).hexdigest()
    exceptions().report("unreadable_event", subject, detail, now=now)
    _count("WebhookSetAside")
    return ReceivedOut()


def _outcome(told: StripeEvent | None, request_id: str, now: Instant) -> str:
    if told is None or told.news is None:
        _count("WebhookIgnored")
        return "ignored"
    learning = facts()
    wrong = _foreign(told)
    if wrong is None:
        learned = learning.learn(told.news, request_id=request_id, now=now)
    elif learning.ours(told.news):
        exceptions().report("foreign_event", told.event_id, wrong, now=now)
        learned = FactOutcome.CONTRADICTED
    else:
        learned = FactOutcome.FOREIGN
    if learned is FactOutcome.FOREIGN:
        _count("WebhookForeign")
    elif learned.doubtful:
        _count("WebhookSetAside")
    return learned


def _foreign(told: StripeEvent) -> str | None:
    """Say why an event, though it is signed, is not about money that moves here."""
    if told.account is not None:
        return f"{told.type} of the connected account {told.account}"
    if told.live != live():
        return f"{told.type} in {'live' if told.live else 'test'} mode"
    return None


def _count(name: str) -> None:
    observability.count(name, service=settings.service_name)
