"""Answers of the catalogue, cached in memory for a while."""

import time
from collections.abc import Callable

from prepaid.catalogue.ports import LIFETIME_SECONDS

MAX_CACHED = 500


class TtlCache[K, V]:
    """Answers of *fetch*, each cached for a lifetime; at most `MAX_CACHED` of them."""

    def __init__(
        self, fetch: Callable[[K], V], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._cached: dict[K, tuple[float, V]] = {}

    def __call__(self, key: K) -> V:
        """Return the answer for *key*, at most a lifetime old."""
        now = self._clock()
        cached = self._cached.get(key)
        if cached is not None and now - cached[0] < LIFETIME_SECONDS:
            return cached[1]
        value = self._fetch(key)
        if len(self._cached) >= MAX_CACHED:
            self._cached.clear()
        self._cached[key] = (now, value)
        return value
