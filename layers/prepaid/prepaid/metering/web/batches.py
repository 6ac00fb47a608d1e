"""Batches: many events of one request, each answered as it would be alone."""

import json
from collections.abc import Sequence

from prepaid.domain.commands import Spend
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import PrepaidError, Refusal, Unavailable
from prepaid.ledger.posting import Posting
from prepaid.metering.usage import Metering
from prepaid.metering.web.usage import EventIn, EventOut, EventsOut, UnreadableEvent, UsageIn
from prepaid.web.actor import account_of_part, actor
from prepaid.web.errors import problem_of
from prepaid.web.request import Answer, Request

type Event = EventIn | UnreadableEvent
type Found = Posting | PrepaidError


def record(request: Request[UsageIn], events: Sequence[Event], metering: Metering) -> Answer:
    """Record what can be meant; answer each event. Raises `Unavailable` when none is known."""
    spends: dict[int, tuple[AccountId, Spend]] = {}
    found: dict[int, Found] = {}
    for index, event in enumerate(events):
        meant = _spend(request, event)
        if isinstance(meant, PrepaidError):
            found[index] = meant
        else:
            spends[index] = meant
    if spends:
        posted = metering.record_many(list(spends.values()), request.received_at)
        found |= zip(spends, posted, strict=True)
    return _answers(request, events, [found[index] for index in range(len(events))])


def _spend(request: Request[UsageIn], event: Event) -> tuple[AccountId, Spend] | PrepaidError:
    if isinstance(event, UnreadableEvent):
        return event.error
    try:
        return account_of_part(request, event), event.command(actor(request), event.key)
    except Refusal as refusal:
        return refusal


def _answers(request: Request[UsageIn], events: Sequence[Event], found: Sequence[Found]) -> Answer:
    first = found[0]
    if isinstance(first, Unavailable) and all(isinstance(each, Unavailable) for each in found):
        raise first
    answer = EventsOut(
        items=[
            EventOut.posted(event.key, each)
            if isinstance(each, Posting)
            else _refused(request, event, each)
            for event, each in zip(events, found, strict=True)
        ]
    )
    cause = next((each for each in found if isinstance(each, Unavailable)), None)
    return Answer(answer, cause=cause)


def _refused(request: Request[UsageIn], event: Event, error: PrepaidError) -> EventOut:
    problem = problem_of(error)
    text = problem.to_json(instance=request.url, request_id=request.request_id)
    return EventOut.refused(event.key, problem.status, json.loads(text))
