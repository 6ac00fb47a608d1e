"""The driver of asynchronous invocations plays Lambda's rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.support.event_sources.asynchronous import AsyncDriver
from tests.support.event_sources.settings import AsyncSettings

CAREFUL = AsyncSettings(keeps_failures=True)
NOW = 1_795_000_000


@dataclass
class Hand:
    """A clock that only tests and pauses move."""

    now: int = NOW


def fails(times: int) -> Callable[..., None]:
    left = iter(range(times))

    def handler(_event: dict[str, Any], _context: object) -> None:
        if next(left, None) is not None:
            raise ValueError("not yet")

    return handler


def test_what_succeeds_is_invoked_once() -> None:
    jobs = AsyncDriver(CAREFUL, fails(0), Hand())

    jobs.invoke({})

    assert (jobs.invocations, jobs.destination) == (1, [])


def test_a_failure_is_tried_again_after_one_minute_and_then_after_two() -> None:
    clock = Hand()
    jobs = AsyncDriver(CAREFUL, fails(2), clock)

    jobs.invoke({})

    assert (jobs.invocations, clock.now, jobs.destination) == (3, NOW + 180, [])


def test_what_fails_three_times_goes_to_the_destination_with_its_payload() -> None:
    jobs = AsyncDriver(CAREFUL, fails(9), Hand())

    jobs.invoke({"segment": 1})

    [message] = jobs.destination
    assert message["requestContext"]["condition"] == "RetriesExhausted"
    assert message["requestContext"]["approximateInvokeCount"] == 3
    assert message["requestPayload"] == {"segment": 1}
    assert message["responsePayload"] == {"errorType": "ValueError", "errorMessage": "not yet"}


def test_an_event_that_is_too_old_is_tried_no_more() -> None:
    jobs = AsyncDriver(replace(CAREFUL, longest_age=100), fails(9), Hand())

    jobs.invoke({})

    assert jobs.invocations == 2
    assert jobs.destination[0]["requestContext"]["condition"] == "EventAgeExceeded"


def test_without_a_destination_what_was_given_up_is_gone() -> None:
    jobs = AsyncDriver(AsyncSettings(retries=0), fails(9), Hand())

    jobs.invoke({})

    assert (jobs.invocations, jobs.destination) == (1, [])


def test_an_event_may_come_more_than_once() -> None:
    jobs = AsyncDriver(CAREFUL, fails(0), Hand())

    jobs.invoke({}, times=3)

    assert jobs.invocations == 3
