"""An inbound call is decided within six seconds, whatever the ledger does."""

from typing import Any

import pytest
from prepaid.domain.errors import Contended, Unavailable
from prepaid.dynamodb.client import PROMPT_CALL_SECONDS, PROMPT_CONFIG
from prepaid.runtime.retries import Deadline
from prepaid.runtime.wiring.calls import PROMPT_SECONDS

DECIDED_WITHIN_SECONDS = 6.0
CONFIG: Any = PROMPT_CONFIG  # botocore's settings are attributes that its types leave out


class Clock:
    """Time that passes only when somebody waits or calls."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


def test_the_prompt_client_never_tries_twice_and_gives_up_in_time() -> None:
    longest = CONFIG.connect_timeout + CONFIG.read_timeout

    assert CONFIG.retries == {"mode": "standard", "total_max_attempts": 1}
    assert longest <= PROMPT_CALL_SECONDS


@pytest.mark.parametrize("takes", [0.008, 0.5, PROMPT_CALL_SECONDS])
@pytest.mark.parametrize("error", [Contended(), Unavailable("lost")])
def test_what_begins_within_the_budget_ends_within_six_seconds(
    takes: float, error: Unavailable
) -> None:
    clock = Clock()
    budget = Deadline(
        seconds=PROMPT_SECONDS, clock=clock, sleep=clock.pass_by, uniform=lambda _, bound: bound
    )

    def call() -> None:
        clock.pass_by(takes)
        raise error

    def go_on() -> None:
        while True:
            budget.check()
            try:
                call()
            except Unavailable:
                budget.pause()

    with pytest.raises(Unavailable):
        go_on()

    looking_up_the_key = PROMPT_CALL_SECONDS
    assert clock.now + looking_up_the_key <= DECIDED_WITHIN_SECONDS
