"""One invocation of a function: what it is given, and what its answer means to Lambda.

The rules are those of Lambda's pages on partial batch responses: nothing, or an empty list of
failures, is success; a list that cannot be read, or that names what was not in the batch, fails
the whole batch; without ReportBatchItemFailures the answer is not looked at. Event and answer
travel as JSON: what a function does to its event is not seen again, and an answer that is no JSON
is a failure.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from tests.support.wire import Killed

FUNCTION_ARN = "arn:aws:lambda:us-east-1:000000000000:function:driven"
type Handler = Callable[[dict[str, Any], Any], Any]
_numbers = count(1)


class Clock(Protocol):
    """A time in epoch seconds that moves only when somebody moves it."""

    now: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a function may ask about its invocation."""

    aws_request_id: str
    function_name: str = "driven"
    invoked_function_arn: str = FUNCTION_ARN

    def get_remaining_time_in_millis(self) -> int:
        """Return the time left; it does not pass while a function runs."""
        return 60_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an invocation ended: the ids that failed, an error that it raised, its answer."""

    request_id: str
    failed: frozenset[str] = frozenset()
    error: BaseException | None = None


def invoke(
    handler: Handler, event: dict[str, Any], ids: Collection[str] = (), *, partial: bool = False
) -> Outcome:
    """Call *handler*; *ids* are those of the batch, *partial* whether its answer counts."""
    request_id = f"invocation-{next(_numbers)}"
    try:
        answer = json.loads(json.dumps(handler(json.loads(json.dumps(event)), Context(request_id))))
    except (Exception, Killed) as error:  # noqa: BLE001 - however a function ends, Lambda retries
        return Outcome(request_id, frozenset(ids), error)
    failed = _failures(answer, frozenset(ids)) if partial else frozenset[str]()
    return Outcome(request_id, failed)


def _failures(answer: object, ids: frozenset[str]) -> frozenset[str]:
    reported = answer.get("batchItemFailures") if isinstance(answer, Mapping) else None
    if reported is None:
        return frozenset() if answer is None or isinstance(answer, Mapping) else ids
    if not isinstance(reported, list):
        return ids
    named = [str(each.get("itemIdentifier")) for each in reported if isinstance(each, Mapping)]
    readable = len(named) == len(reported) and ids.issuperset(named)
    return frozenset(named) if readable else ids
