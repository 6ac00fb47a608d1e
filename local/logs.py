"""Show what the functions of the local stack logged."""

import time
from datetime import UTC, datetime
from typing import Any

from local.aws import client
from local.control import require_up
from local.deploy import resources
from local.places import Place
from local.progress import StackError, say

_PREFIX = "/aws/lambda/"
_BACK_SECONDS = 15 * 60
_PAUSE_SECONDS = 1


def show(place: Place, *, follow: bool) -> None:
    """Print the last quarter of an hour, oldest first; with *follow*, go on until Ctrl-C."""
    try:
        require_up(place)
    except StackError as exc:
        raise StackError(f"{exc}; the logs of earlier starts are in {place.directory}") from exc
    service = client(place, "logs")
    groups = {
        _PREFIX + name: logical_id.removesuffix("Function")
        for logical_id, name in resources(place).items()
        if logical_id.endswith("Function")
    }
    since = int((time.time() - _BACK_SECONDS) * 1000)
    seen: set[tuple[int, str, str]] = set()
    while True:
        for event in _events(service, groups, since):
            identity = (event["timestamp"], event["logStreamName"], event["message"])
            if identity not in seen:
                seen.add(identity)
                say(_line(event))
        if not follow:
            return
        time.sleep(_PAUSE_SECONDS)


def _events(service: Any, groups: dict[str, str], since: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    pages = service.get_paginator("filter_log_events")
    for group, function in groups.items():
        for page in pages.paginate(logGroupName=group, startTime=since):
            found += [event | {"function": function} for event in page["events"]]
    return sorted(found, key=lambda event: int(event["timestamp"]))


def _line(event: dict[str, Any]) -> str:
    at = datetime.fromtimestamp(event["timestamp"] / 1000, UTC)
    return f"{at:%H:%M:%S.%f}"[:-3] + f" {event['function']:<20} {event['message'].rstrip()}"
