"""How long a request goes on trying, by a clock that only the test moves."""

from dataclasses import dataclass, field

import pytest
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import (
    ATTEMPTS,
    CONFIG,
    CONNECT_SECONDS,
    LONGEST_CALL_SECONDS,
    READ_SECONDS,
)
from prepaid.runtime.retries import (
    DEADLINE_SECONDS,
    FIRST_PAUSE_SECONDS,
    LONGEST_PAUSE_SECONDS,
    Deadline,
)

from tests.support.memory import MemoryRetryBudget
from tests.support.template import template


@dataclass
class Watch:
    """A clock that sleeping moves."""

    seconds: float = 100.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.mark.fault("A5.3")
def test_pauses_grow_up_to_a_bound_and_end_before_the_deadline() -> None:
    watch = Watch()
    budget = Deadline(seconds=5, clock=watch.clock, sleep=watch.sleep)

    with pytest.raises(Unavailable):
        _exhaust(budget)

    assert watch.seconds < 105
    assert max(watch.slept) <= LONGEST_PAUSE_SECONDS
    assert all(
        pause <= FIRST_PAUSE_SECONDS * 2**place for place, pause in enumerate(watch.slept[:3])
    )
    assert sum(watch.slept) > 5 - LONGEST_PAUSE_SECONDS


def test_the_longest_pause_doubles_up_to_its_bound() -> None:
    watch = Watch()
    budget = Deadline(
        seconds=60, clock=watch.clock, sleep=watch.sleep, uniform=lambda _, longest: longest
    )

    for _ in range(9):
        budget.pause()

    doubled = [FIRST_PAUSE_SECONDS * 2**number for number in range(9)]
    assert doubled[-1] > LONGEST_PAUSE_SECONDS
    assert watch.slept == [min(each, LONGEST_PAUSE_SECONDS) for each in doubled]


def test_only_the_first_rival_of_a_request_is_answered_at_once() -> None:
    budget = Deadline()

    assert [budget.first_rival() for _ in range(3)] == [True, False, False]


def test_rivals_do_not_pause_for_the_same_time() -> None:
    pauses = set()
    for _ in range(20):
        watch = Watch()
        Deadline(clock=watch.clock, sleep=watch.sleep).pause()
        pauses.add(watch.slept[0])

    assert len(pauses) > 10


def test_a_deadline_that_has_passed_allows_no_pause() -> None:
    watch = Watch()
    budget = Deadline(seconds=1, clock=watch.clock, sleep=watch.sleep)
    watch.seconds += 1

    with pytest.raises(Unavailable):
        budget.check()
    with pytest.raises(Unavailable) as raised:
        budget.pause()

    assert watch.slept == []
    assert raised.value.retry_after_seconds


def test_a_share_ends_after_its_part_of_the_time_left() -> None:
    watch = Watch()
    budget = Deadline(seconds=8, clock=watch.clock, sleep=watch.sleep)
    watch.seconds += 2

    share = budget.share(3)
    watch.seconds += 2

    with pytest.raises(Unavailable):
        share.check()
    budget.check()
    assert (share.is_over(), budget.is_over()) == (True, False)


@pytest.mark.fault("A4.2")
@pytest.mark.parametrize("seconds", [0.0, 8.0])
def test_a_deadline_that_has_passed_says_what_the_time_went_on(seconds: float) -> None:
    watch = Watch()
    budget = Deadline(seconds=8, clock=watch.clock, sleep=watch.sleep, uniform=lambda _, most: most)
    failure = Unavailable("The ledger did not answer in time.")
    budget.pause(failure)
    watch.seconds += seconds

    with pytest.raises(Unavailable) as ended:
        _exhaust(budget) if not seconds else budget.check()

    assert ended.value.__cause__ is failure


def test_patience_in_memory_ends_after_its_pauses() -> None:
    budget = MemoryRetryBudget(pauses=2)
    budget.pause()
    budget.pause()

    with pytest.raises(Unavailable):
        budget.pause()


def test_a_call_that_begins_at_the_deadline_ends_before_the_function_does() -> None:
    timeout = template()["Globals"]["Function"]["Timeout"]

    assert timeout > DEADLINE_SECONDS + LONGEST_CALL_SECONDS


def test_the_client_waits_no_longer_than_that() -> None:
    configured = vars(CONFIG)

    assert configured["connect_timeout"] == CONNECT_SECONDS
    assert configured["read_timeout"] == READ_SECONDS
    assert configured["retries"] == {"mode": "standard", "total_max_attempts": ATTEMPTS}


def _exhaust(budget: Deadline) -> None:
    while True:
        budget.pause()
