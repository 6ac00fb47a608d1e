"""Collection: calls whose report is missing are asked for, because nobody tells them again."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.calls.call import GIVEN_UP_AFTER_SECONDS, Call
from prepaid.calls.facts import CallStatus
from prepaid.calls.ports import CallProvider, Calls
from prepaid.calls.running import RunningCalls
from prepaid.calls.tracking import NEVER_REPORTED, CallTracking
from prepaid.domain.credits import Instant
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """How many calls were looked at, and how many of them are settled now."""

    calls: int
    settled: int
    failed: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Asks for calls that are due. *failed* is told of each that cannot be settled now."""

    calls: Calls
    provider: CallProvider
    tracking: CallTracking
    running: RunningCalls
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    failed: Callable[[str, Exception], None]

    def run(self, *, now: Instant, request_id: str) -> Collected:
        """Go through all that are due; one call's failure does not stop the others.

        Raises `Unavailable` when calls that are due cannot be found.
        """
        settled: list[str] = []

        def collect(call_id: str) -> None:
            if self._collected(call_id, request_id, now):
                settled.append(call_id)

        worked = work_through(
            self.calls.due(now=now),
            collect,
            time_is_up=self.time_is_up,
            failed=self.failed,
        )
        return Collected(
            calls=worked.done,
            settled=len(settled),
            failed=worked.failed,
            finished=worked.finished,
        )

    def _collected(self, call_id: str, request_id: str, now: Instant) -> bool:
        """Ask for one call unless its end is known; say whether it is settled now."""
        call = self.calls.call(call_id)
        if call.due_at is None or call.due_at > now:
            return False
        if not call.duration_known:
            call_event = self.provider.call(call_id)
            ended = call_event is not None and call_event.status is CallStatus.ENDED
            if call_event is None or (
                ended and (call_event.end is None or call_event.end.duration is None)
            ):
                return self._in_vain(call, now)
            self.tracking.record_event(call_event, request_id=request_id, now=now, from_api=True)
        else:
            self.tracking.settle_again(call_id, request_id=request_id, now=now)
        call = self.calls.call(call_id)
        if call.settled is None:
            self.running.look_after(call, now)
        return call.settled is not None

    def _in_vain(self, call: Call, now: Instant) -> bool:
        """Ask later, or give a call up that nobody can say the end of; its hold has expired."""
        if now - call.first_seen_at > GIVEN_UP_AFTER_SECONDS:
            detail = "Vapi cannot say how the call ended"
            self.exceptions.report(NEVER_REPORTED, call.call_id, detail, now=now)
        self.tracking.asked_in_vain(call.call_id, now=now)
        return False
