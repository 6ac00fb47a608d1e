"""Listing: calls that nobody told of are found by the time at which they were created.

A call is asked for by its id as long as anything is known of it. Of one whose every message was
lost, and that nobody bound, only the provider's list knows. The list is read slice by slice, the
oldest first, in no order within a slice; one that may not be whole is read again in halves, and
slices grow again where calls are few.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from prepaid.calls.call import REPORT_SECONDS
from prepaid.calls.facts import CallEvent
from prepaid.calls.ports import CallList, CallProvider, Calls
from prepaid.calls.tracking import CallOutcome, CallTracking
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Unavailable
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions
from prepaid.windows import OVERLAP_SECONDS, ReadWindows, Window, behind, left_to_read

CALLS = "calls"
"""The name under which it is kept how far the list was read."""
LIST_UNREADABLE = "call_list_unreadable"
HOUR_SECONDS = 3600
"""What cannot be listed is reported once an hour of the list: windows overlap."""
IN_FLIGHT_SECONDS = 300
"""So young, a call may have its messages, and who pays for it, on the way."""
MOST_REQUESTS = 50
"""A run asks so often; the next run goes on."""


@dataclass(slots=True)
class Listed:
    """How many calls were listed; `found` are those that nobody had told of, `settled` now.

    `failed` could not be learned now and are listed again. *finished* unless more is to be read.
    """

    listed: int = 0
    found: int = 0
    settled: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListing:
    """Learns of calls from the provider's list. *failed* is told of each that cannot be learned."""

    calls: Calls
    provider: CallProvider
    windows: ReadWindows
    tracking: CallTracking
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    failed: Callable[[str, Exception], None]

    def run(self, *, now: Instant, request_id: str) -> Listed:
        """Read the list from where the last run stopped; the first begins where it stands.

        Nothing is read while the provider is not set up. A list that cannot be had fails as one
        call does: other work goes on.
        """
        done = Listed()
        until = Instant(now - IN_FLIGHT_SECONDS)
        try:
            if not self.provider.is_set_up():
                return done
            begun = self.windows.window(CALLS)
            if begun is None:
                begun = Window(since=Instant(until - OVERLAP_SECONDS), until=until)
                self.windows.keep_window(CALLS, begun)
            for window in left_to_read(begun, until):
                self._read(window, done, request_id, now)
        except Unavailable as exc:
            done.failed += 1
            done.finished = False
            self.failed(CALLS, exc)
        return done

    def _read(self, window: Window, done: Listed, request_id: str, now: Instant) -> None:
        """Read a window slice by slice, and keep after each what is left of it.

        What is left counts only while nothing has failed: then the first calls are known.
        """
        length, most = window.until - window.since, 0
        for _ in range(MOST_REQUESTS):
            if window.since >= window.until or self.time_is_up():
                break
            until = Instant(min(window.since + length, window.until))
            found = self.provider.calls(since=window.since, until=until)
            if not found.whole and until - window.since > 1:
                length, most = (until - window.since) // 2, len(found.calls)
                continue
            if not self._recorded_all(found, window.since, done, request_id, now):
                break
            window = replace(window, since=until)
            length *= 2 if 2 * len(found.calls) <= most else 1
            if not done.failed:
                left = behind(window) if until == window.until else window
                self.windows.keep_window(CALLS, left)
        done.finished = window.since >= window.until

    def _recorded_all(
        self, found: CallList, since: Instant, done: Listed, request_id: str, now: Instant
    ) -> bool:
        """Learn what the calls of a slice say, unless they are settled or asked for anyway.

        Say whether the time sufficed.
        """
        if found.unreadable or not found.whole:
            detail = f"{found.unreadable} calls cannot be read" if found.whole else "too many calls"
            hour = since - since % HOUR_SECONDS
            self.exceptions.report(LIST_UNREADABLE, f"hour from {hour}", detail, now=now)

        def record(call_event: CallEvent) -> None:
            known = self.calls.call(call_event.call_id)
            if known.settled is not None or known.due_at is not None:
                return
            outcome = self._recorded(call_event, request_id, now)
            done.settled += outcome is CallOutcome.SETTLED
            done.found += known.version == 0

        worked = work_through(
            found.calls,
            record,
            time_is_up=self.time_is_up,
            failed=lambda call_event, exc: self.failed(call_event.call_id, exc),
        )
        done.listed += worked.done + worked.failed
        done.failed += worked.failed
        return worked.finished

    def _recorded(self, call_event: CallEvent, request_id: str, now: Instant) -> CallOutcome:
        """Learn what a call says of itself; an end that is young is left to its report."""
        end = call_event.end
        if end is not None and (end.ended_at or 0) > now - REPORT_SECONDS:
            call_event = replace(call_event, end=None)
        return self.tracking.record_event(call_event, request_id=request_id, now=now, from_api=True)
