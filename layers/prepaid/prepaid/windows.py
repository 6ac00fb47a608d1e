"""Windows of time: how far a list of somebody else's was read, kept from one run to the next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from prepaid.domain.credits import Instant

OVERLAP_SECONDS = 600
"""A window begins before the last one ended: lists lag, and clocks differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What was created from `since` until just before `until`.

    `after` is the id of the last object that was dealt with, where a list is read by position;
    `None` at the beginning.
    """

    since: Instant
    until: Instant
    after: str | None = None


class ReadWindows(Protocol):
    """Stores how far each list was read, from one run to the next."""

    def window(self, source: str) -> Window | None:
        """Return the window that is being read, or `None` at first. Raises `Unavailable`."""

    def keep_window(self, source: str, window: Window) -> None:
        """Keep the window that is being read. Raises `Unavailable`."""


def left_to_read(begun: Window, now: Instant) -> Iterator[Window]:
    """Go through what is left of a window that was begun, then through all that came since.

    A window that begins after *now* was kept by a clock that went ahead: what came until then was
    read, and the overlap is read again.
    """
    if begun.since > now:
        begun = Window(since=Instant(now - OVERLAP_SECONDS), until=now)
    if begun.after is None:
        yield replace(begun, until=now)
    else:
        yield begun
        if begun.until < now:
            yield replace(behind(begun), until=now)


def behind(read: Window) -> Window:
    """Return the window behind one that was read to its end; the next run says until when."""
    return Window(since=Instant(read.until - OVERLAP_SECONDS), until=read.until)
