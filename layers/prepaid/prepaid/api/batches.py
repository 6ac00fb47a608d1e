"""Batches: many events of one request, each answered as it would be alone."""

import json
from collections.abc import Sequence

from prepaid.api.errors import problem_of
from prepaid.api.messages import Request
from prepaid.api.schemas.usage import EventIn, EventOut, EventsOut, UsageIn
from prepaid.domain.errors import PrepaidError, Unavailable
from prepaid.usecases.ledger import Posted
from prepaid.usecases.metering import Usage


def usages(request: Request[UsageIn], events: Sequence[EventIn]) -> list[Usage]:
    """Return the uses that *events* mean; raise `Forbidden` for an account of another."""
    return [event.usage(request.account(event.account_id), event.key) for event in events]


def answers(
    request: Request[UsageIn], events: Sequence[EventIn], found: Sequence[Posted | PrepaidError]
) -> EventsOut:
    """Show what became of each event; raise `Unavailable` when that is not known of any."""
    first = found[0]
    if isinstance(first, Unavailable) and all(isinstance(each, Unavailable) for each in found):
        raise first
    return EventsOut(
        items=[
            EventOut.posted(event, each)
            if isinstance(each, Posted)
            else _refused(request, event, each)
            for event, each in zip(events, found, strict=True)
        ]
    )


def _refused(request: Request[UsageIn], event: EventIn, error: PrepaidError) -> EventOut:
    problem = problem_of(error)
    text = problem.to_json(instance=request.url, request_id=request.request_id)
    return EventOut.refused(event, problem.status, json.loads(text))
