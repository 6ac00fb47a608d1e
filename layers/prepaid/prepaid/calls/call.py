"""A call as far as it is known: facts that merge in whatever order they are told.

What is told is kept once: the first end with a duration stands, and a later one that differs is
for an admin to look at. Who pays is bound once.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.calls.facts import CallEnd, CallEvent, CallStatus, DurationSource
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.spending import MAX_AGE_SECONDS

CHECK_SECONDS = 300
"""How often a call that runs is looked at."""
REPORT_SECONDS = 120
"""How long after its end a call may take to be reported, or to be settled by whoever learned it."""
LONGEST_WAIT_SECONDS = 86_400
GIVEN_UP_AFTER_SECONDS = MAX_AGE_SECONDS
"""Usage of longer ago is not accepted any more."""
_ORDER = list(CallStatus)


class BoundBy(StrEnum):
    """How it became known who pays for a call."""

    SERVICE = "service"
    INBOUND = "inbound"
    REFERENCE = "reference"
    NUMBER = "number"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Who pays for a call, out of which hold if there is one."""

    account_id: AccountId
    hold_id: int | None
    by: BoundBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call; version 0 is a call that nothing is kept of.

    `settled` names what became of it, once that is in the ledger. `due_at` is when to ask the
    provider, `asked` how often that brought nothing.
    """

    call_id: str
    version: int = 0
    binding: Binding | None = None
    status: CallStatus | None = None
    end: CallEnd | None = None
    settled: str | None = None
    first_seen_at: Instant = Instant(0)
    created_at: Instant | None = None
    in_progress_at: Instant | None = None
    phone_number_id: str | None = None
    campaign_id: str | None = None
    assistant_id: str | None = None
    control_url: str | None = None
    due_at: Instant | None = None
    asked: int = 0

    @property
    def duration_known(self) -> bool:
        """Whether it is known how long the call was."""
        return self.end is not None and self.end.duration is not None

    def merged(self, call_event: CallEvent, now: Instant) -> "Call":
        """Return the call with *call_event* merged in, at *now*."""
        status = max(self.status, call_event.status, key=_rank)
        running = status is CallStatus.IN_PROGRESS or call_event.status is CallStatus.IN_PROGRESS
        return replace(
            self,
            status=status,
            end=self._end_with(call_event.end),
            first_seen_at=self.first_seen_at or now,
            created_at=self.created_at or call_event.created_at,
            in_progress_at=self.in_progress_at or (now if running else None),
            phone_number_id=self.phone_number_id or call_event.phone_number_id,
            campaign_id=self.campaign_id or call_event.campaign_id,
            assistant_id=self.assistant_id or call_event.assistant_id,
            control_url=self.control_url or call_event.control_url,
        )

    def differs(self, call_event: CallEvent) -> bool:
        """Say whether *call_event* tell another duration than the one that stands."""
        if self.end is None or self.end.duration is None:
            return False
        if call_event.end is None or call_event.end.duration is None:
            return False
        return call_event.end.duration.milliseconds != self.end.duration.milliseconds

    def doubts(self, call_event: CallEvent) -> bool:
        """Say whether *call_event* tell of a call that never started, and it was seen to run."""
        duration = call_event.end.duration if call_event.end else None
        never = duration is not None and duration.source is DurationSource.NEVER_STARTED
        return never and self.in_progress_at is not None

    def rescheduled(self, now: Instant) -> "Call":
        """Return the call with the moment at which to ask for it, if it must be asked for."""
        return replace(self, due_at=self._due(now))

    def asked_in_vain(self, now: Instant) -> "Call":
        """Return the call after the provider could not say how it ended."""
        wait = min(CHECK_SECONDS << min(self.asked, 16), LONGEST_WAIT_SECONDS)
        given_up = now - self.first_seen_at > GIVEN_UP_AFTER_SECONDS
        due_at = None if given_up else Instant(now + wait)
        return replace(self, asked=self.asked + 1, due_at=due_at)

    def _due(self, now: Instant) -> Instant | None:
        if self.settled is not None or (self.duration_known and self.binding is None):
            return None
        if self.duration_known:
            return Instant(now + REPORT_SECONDS)
        if self.end is not None:
            return now
        if self.status is CallStatus.ENDED:
            return Instant(now + REPORT_SECONDS)
        return Instant(now + CHECK_SECONDS)

    def _end_with(self, end: CallEnd | None) -> CallEnd | None:
        return self.end if end is None or self.duration_known else end


def _rank(status: CallStatus | None) -> int:
    return -1 if status is None else _ORDER.index(status)
