"""Show what the functions of the local stack logged."""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from local.aws import client
from local.control import require_up
from local.deploy import resources
from local.progress import StackError, say
from local.stack_layout import StackLayout

_BACK_SECONDS = 15 * 60
_PAUSE_SECONDS = 1

type Event = dict[str, Any]


def show(layout: StackLayout, *, follow: bool) -> None:
    """Print the last quarter of an hour, oldest first; with *follow*, go on until Ctrl-C."""
    try:
        require_up(layout)
    except StackError as exc:
        raise StackError(f"{exc}; the logs of earlier starts are in {layout.directory}") from exc
    service = client(layout, "logs")
    physical = resources(layout)
    functions = {
        name: logical_id.removesuffix("Function")
        for logical_id, name in physical.items()
        if logical_id.endswith("Function")
    }
    since = int((time.time() - _BACK_SECONDS) * 1000)
    seen: set[tuple[int, str, str]] = set()
    while True:
        for event in named(_events(service, physical["FunctionLogs"], since), functions):
            identity = (event["timestamp"], event["logStreamName"], event["message"])
            if identity not in seen:
                seen.add(identity)
                say(_line(event))
        if not follow:
            return
        time.sleep(_PAUSE_SECONDS)


def named(events: Sequence[Event], functions: Mapping[str, str]) -> list[Event]:
    """Return the events in order of time, each with the function that its stream is of.

    All functions log to one group. AWS names a function in its streams; the emulator does not, but
    every line that a function logs itself names it. A stream without such a line is of "?".
    """
    writers: dict[str, str] = {}
    for event in events:
        stream = event["logStreamName"]
        texts = (stream, event["message"])
        function = next((f for name, f in functions.items() if any(name in t for t in texts)), None)
        if function is not None:
            writers.setdefault(stream, function)
    named = [event | {"function": writers.get(event["logStreamName"], "?")} for event in events]
    return sorted(named, key=lambda event: int(event["timestamp"]))


def _events(service: Any, group: str, since: int) -> list[Event]:
    pages = service.get_paginator("filter_log_events")
    found = pages.paginate(logGroupName=group, startTime=since)
    return [event for page in found for event in page["events"]]


def _line(event: Event) -> str:
    at = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
    return f"{at:%H:%M:%S.%f}"[:-3] + f" {event['function']:<20} {event['message'].rstrip()}"
