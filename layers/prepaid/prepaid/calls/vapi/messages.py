"""Vapi's messages: what each is about, and the one order in which a duration is looked for.

`durationSeconds` is in no schema of Vapi's but in real payloads. Where a call's start is nowhere
to be found, the call never started; where a start is there and no source gives a duration, nothing
is: the call is asked for again. Source: https://docs.vapi.ai/server-url/events
"""

from dataclasses import dataclass, replace

from prepaid.calls.facts import CallEnd, CallEvent, CallStatus, Duration, DurationSource
from prepaid.calls.pricing import GRACE_SECONDS, LONGEST_SECONDS
from prepaid.calls.reference import LONGEST as LONGEST_REFERENCE
from prepaid.calls.reference import METADATA_KEY
from prepaid.calls.vapi.fields import (
    Object,
    microseconds_in,
    millionths_in,
    milliseconds,
    object_in,
    text_in,
)
from prepaid.domain.credits import Instant
from prepaid.web import json_body

LONGEST_URL = 1024
MOST_MILLISECONDS = (LONGEST_SECONDS + GRACE_SECONDS) * 1000
"""No call of Vapi's is longer: what says so is not believed."""
_SECOND = 1_000_000
_STATUSES = {
    "scheduled": CallStatus.CREATED,
    "queued": CallStatus.CREATED,
    "ringing": CallStatus.RINGING,
    "in-progress": CallStatus.IN_PROGRESS,
    "forwarding": CallStatus.IN_PROGRESS,
    "ended": CallStatus.ENDED,
}


class MessageInvalid(Exception):
    """The body is JSON, but no message that we can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantRequest:
    """An inbound call asks which assistant answers it; it waits for an answer."""

    call_event: CallEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Predial:
    """A campaign asks whether it may dial; it waits for an answer."""

    campaign_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOfCall:
    """A call's state or end: nothing is waited for."""

    call_event: CallEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A message of a type that nothing here depends on."""

    type: str


type Message = AssistantRequest | Predial | StateOfCall | Ignored


def read_message(raw: bytes) -> Message:
    """Read a message. Raises `MalformedRequest` or `MessageInvalid`."""
    body = json_body.parse(raw)
    if not isinstance(body, dict):
        raise MessageInvalid("the body is no object")
    message = object_in(body, "message")
    kind = text_in(message, "type")
    if kind is None:
        raise MessageInvalid("the message has no type")
    match kind:
        case "campaign.predial":
            return Predial(campaign_id=text_in(message, "campaignId"))
        case "assistant-request":
            return AssistantRequest(call_event=_call_event(message, object_in(message, "call")))
        case "status-update":
            return StateOfCall(
                call_event=_call_event(message, object_in(message, "call"), status=message)
            )
        case "end-of-call-report":
            return StateOfCall(call_event=_reported(message))
    return Ignored(type=kind)


def event_of_call(call: Object) -> CallEvent:
    """Return what a call of Vapi's API says of itself. Raises `MessageInvalid`."""
    call_event = _call_event({}, call, status=call)
    ended = call_event.status is CallStatus.ENDED
    return _with_end(call_event, end_of({}, call)) if ended else call_event


def end_of(message: Object, call: Object) -> CallEnd:
    """Return how a call ended, by a report and the call in it."""
    ended = microseconds_in(message, "endedAt") or microseconds_in(call, "endedAt")
    cost = millionths_in(message, "cost")
    return CallEnd(
        duration=duration_of(message, call),
        ended_reason=text_in(message, "endedReason") or text_in(call, "endedReason") or "",
        provider_cost=millionths_in(call, "cost") if cost is None else cost,
        ended_at=None if ended is None else Instant(ended // _SECOND),
    )


def duration_of(message: Object, call: Object) -> Duration | None:
    """Return the duration from the first source that has one, or `None`."""
    for source, found in (
        (DurationSource.REPORT_TIMES, _between(message)),
        (DurationSource.CALL_TIMES, _between(call)),
        (DurationSource.DURATION_SECONDS, _in_seconds(message)),
        (DurationSource.COSTS, _in_costs(message, call)),
    ):
        if found is not None and 0 <= found <= MOST_MILLISECONDS:
            return Duration(milliseconds=found, source=source)
    if any(_may_have_run(parent) for parent in (message, call)):
        return None
    return Duration(milliseconds=0, source=DurationSource.NEVER_STARTED)


def _may_have_run(parent: Object) -> bool:
    """Say whether anything, readable or not, stands where a call that ran says so."""
    named = [parent.get("startedAt"), parent.get("durationSeconds"), *_own_costs(parent)]
    return any(each is not None for each in named)


def _between(parent: Object) -> int | None:
    start, end = microseconds_in(parent, "startedAt"), microseconds_in(parent, "endedAt")
    if start is None or end is None or end < start:
        return None
    return milliseconds(end - start)


def _in_seconds(message: Object) -> int | None:
    found = millionths_in(message, "durationSeconds")
    return None if found is None else milliseconds(found)


def _in_costs(message: Object, call: Object) -> int | None:
    """Return Vapi's own minutes, which are those between the call's start and end."""
    for parent in (message, call):
        minutes = [millionths_in(each, "minutes") for each in _own_costs(parent)]
        readable = [each for each in minutes if each is not None]
        if readable and len(readable) == len(minutes):
            return milliseconds(sum(readable) * 60)
    return None


def _own_costs(parent: Object) -> list[Object]:
    """Return the rows of what Vapi takes for itself."""
    costs = parent.get("costs")
    rows = [each for each in costs if isinstance(each, dict)] if isinstance(costs, list) else []
    return [each for each in rows if each.get("type") == "vapi"]


def _reported(message: Object) -> CallEvent:
    call = object_in(message, "call")
    return _with_end(_call_event(message, call), end_of(message, call))


def _with_end(call_event: CallEvent, end: CallEnd) -> CallEvent:
    return replace(call_event, status=CallStatus.ENDED, end=end)


def _call_event(message: Object, call: Object, status: Object | None = None) -> CallEvent:
    call_id = text_in(call, "id")
    if call_id is None:
        raise MessageInvalid("the message names no call")
    created = microseconds_in(call, "createdAt")
    return CallEvent(
        call_id=call_id,
        status=_STATUSES.get(text_in(status or {}, "status") or ""),
        created_at=None if created is None else Instant(created // _SECOND),
        references=_references(message, call),
        phone_number_id=text_in(call, "phoneNumberId")
        or text_in(object_in(message, "phoneNumber"), "id"),
        campaign_id=text_in(call, "campaignId"),
        assistant_id=text_in(call, "assistantId"),
        control_url=text_in(object_in(call, "monitor"), "controlUrl", LONGEST_URL),
    )


def _references(message: Object, call: Object) -> tuple[str, ...]:
    """Return what metadata carry under our key, wherever Vapi repeats them."""
    places = (
        object_in(object_in(call, "assistantOverrides"), "metadata"),
        object_in(object_in(call, "assistant"), "metadata"),
        object_in(object_in(message, "assistant"), "metadata"),
        object_in(call, "metadata"),
    )
    found = [text_in(place, METADATA_KEY, LONGEST_REFERENCE) for place in places]
    return tuple(dict.fromkeys(each for each in found if each is not None))
