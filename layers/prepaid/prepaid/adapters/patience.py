"""Patience with a deadline: pauses that double, jittered so that rivals spread out."""

import random
import time
from collections.abc import Callable

from prepaid.domain.errors import Unavailable

DEADLINE_SECONDS = 8.0
"""How long rivals for one account go on trying; a caller would rather wait than ask again."""
FIRST_PAUSE_SECONDS = 0.01
LONGEST_PAUSE_SECONDS = 0.32
TOO_LATE = "The account was too busy, or the ledger did not answer in time."


class Deadline:
    """`Patience` for one request: full jitter between 0 and a bound that doubles."""

    def __init__(
        self,
        *,
        seconds: float = DEADLINE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._ends_at = clock() + seconds
        self._bound = FIRST_PAUSE_SECONDS

    def share(self, parts: int) -> "Deadline":
        """Return a deadline after one of *parts* equal shares of the time left."""
        left = (self._ends_at - self._clock()) / parts
        return Deadline(seconds=left, clock=self._clock, sleep=self._sleep)

    def check(self) -> None:
        """Raise `Unavailable` when the deadline has passed."""
        if self._clock() >= self._ends_at:
            raise Unavailable(TOO_LATE)

    def pause(self) -> None:
        """Wait; raise `Unavailable` when the next try would begin after the deadline."""
        wait = random.uniform(0, self._bound)  # noqa: S311 - spreads rivals, guards no secret
        self._bound = min(self._bound * 2, LONGEST_PAUSE_SECONDS)
        if self._clock() + wait >= self._ends_at:
            raise Unavailable(TOO_LATE)
        self._sleep(wait)
