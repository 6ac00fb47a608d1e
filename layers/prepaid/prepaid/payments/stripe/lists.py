"""Stripe's lists, page by page; an object is read as the event that would bring it is.

Which object has which list: https://docs.stripe.com/api/pagination, https://docs.stripe.com/api/events/list
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import stripe

from prepaid.domain.credits import Instant
from prepaid.payments.reconciliation_ports import Found, FoundPage, Source
from prepaid.payments.stripe.events import KNOWN_TYPES, EventInvalid, read_event
from prepaid.payments.stripe.objects import marks_in
from prepaid.windows import Window

PAGE = 100
_INTENT_EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "succeeded": "payment_intent.succeeded",
        "processing": "payment_intent.processing",
        "canceled": "payment_intent.canceled",
    }
)

type _Object = Mapping[str, Any]


def page_of(client: stripe.StripeClient, source: Source, window: Window, now: Instant) -> FoundPage:
    """Ask for one page of a list, newest first; raises what the SDK raises.

    What is listed counts as of *now*, what has a time of its own (an event, an intent) as of then.
    """
    params: dict[str, Any] = {
        "created": {"gte": window.since, "lt": window.until},
        "limit": PAGE,
    }
    if window.after is not None:
        params["starting_after"] = window.after
    if source is Source.EVENTS:
        params["types"] = list(KNOWN_TYPES)
    listed = _lists(client)[source](params)
    found = [_found(source, each.to_dict(for_json=True), now) for each in listed.data]
    return FoundPage(found=found, more=listed.has_more)


def _lists(client: stripe.StripeClient) -> Mapping[Source, Callable[[Any], Any]]:
    return {
        Source.EVENTS: client.v1.events.list,
        Source.INTENTS: client.v1.payment_intents.list,
        Source.REFUNDS: client.v1.refunds.list,
        Source.DISPUTES: client.v1.disputes.list,
    }


def _found(source: Source, listed: _Object, now: Instant) -> Found:
    object_id = str(listed["id"])
    event = listed if source is Source.EVENTS else _event(source, listed, now)
    if event is None:
        return Found(object_id=object_id)
    try:
        read = read_event(json.dumps(event).encode())
    except EventInvalid as exc:
        return Found(object_id=object_id, unreadable=f"{event.get('type')}: {exc}")
    return Found(
        object_id=object_id,
        events=[read.payment_event] if read and read.payment_event else [],
        at=Instant(event["created"]) if source is Source.EVENTS else None,
    )


def _event(source: Source, listed: _Object, now: Instant) -> _Object | None:
    """Return the event that would bring an object as it is; `None` for one that says nothing."""
    kind, at = _event_type(source, listed), now
    if source is Source.INTENTS:
        at = listed["created"]
    if kind is None:
        return None
    return {
        "id": listed["id"],
        "object": "event",
        "type": kind,
        "created": at,
        "livemode": bool(listed.get("livemode")),
        "data": {"object": listed},
    }


def _event_type(source: Source, listed: _Object) -> str | None:
    if source is Source.REFUNDS:
        return "refund.updated"
    if source is Source.DISPUTES:
        return "charge.dispute.updated"
    if not any(marks_in(listed.get("metadata"))):
        return None
    kind = _INTENT_EVENTS.get(listed["status"])
    if kind is None and listed.get("last_payment_error"):
        return "payment_intent.payment_failed"
    return kind
