"""Patience with a deadline: pauses that double, jittered so that rivals spread out."""

import random
import time
from collections.abc import Callable

from prepaid.domain.errors import Unavailable

DEADLINE_SECONDS = 8.0
"""How long rivals for one account go on trying; a caller would rather wait than ask again."""
FIRST_PAUSE_SECONDS = 0.16
LONGEST_PAUSE_SECONDS = 0.64
"""The bounds with which fifty clients of one account waste least: `make bench` models them."""
TOO_LATE = "The account was too busy, or the ledger did not answer in time."


class Deadline:
    """`RetryBudget` for one request: full jitter between 0 and a bound that doubles."""

    def __init__(
        self,
        *,
        seconds: float = DEADLINE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._uniform = uniform
        self._ends_at = clock() + seconds
        self._bound = FIRST_PAUSE_SECONDS
        self._rivals = 0
        self._failure: Exception | None = None

    def share(self, parts: int) -> "Deadline":
        """Return a deadline after one of *parts* equal shares of the time left."""
        left = (self._ends_at - self._clock()) / parts
        return Deadline(seconds=left, clock=self._clock, sleep=self._sleep, uniform=self._uniform)

    def is_over(self) -> bool:
        """Say whether the deadline has passed."""
        return self._clock() >= self._ends_at

    def check(self) -> None:
        """Raise `Unavailable` when the deadline has passed."""
        if self.is_over():
            raise Unavailable(TOO_LATE) from self._failure

    def first_rival(self) -> bool:
        """Say whether this is the first time that another commit came first."""
        self._rivals += 1
        return self._rivals == 1

    def pause(self, failure: Exception | None = None) -> None:
        """Wait; raise `Unavailable` when the next try would begin after the deadline."""
        self._failure = failure or self._failure
        wait = self._uniform(0, self._bound)
        self._bound = min(self._bound * 2, LONGEST_PAUSE_SECONDS)
        if self._clock() + wait >= self._ends_at:
            raise Unavailable(TOO_LATE) from self._failure
        self._sleep(wait)
