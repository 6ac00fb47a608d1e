"""What is told of a call, by messages or by the provider's API, in words that are not Vapi's."""

from dataclasses import dataclass, field
from enum import StrEnum

from prepaid.domain.credits import Instant


class CallStatus(StrEnum):
    """How far a call has come, in the order in which that happens."""

    CREATED = "created"
    RINGING = "ringing"
    IN_PROGRESS = "in_progress"
    ENDED = "ended"


class DurationSource(StrEnum):
    """Where a duration was read, the most trusted first."""

    REPORT_TIMES = "report_times"
    CALL_TIMES = "call_times"
    DURATION_SECONDS = "duration_seconds"
    COSTS = "costs"
    NEVER_STARTED = "never_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How long a call really was, in milliseconds, and where that was read."""

    milliseconds: int
    source: DurationSource


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnd:
    """How a call ended; *duration* is `None` where no source says it.

    `provider_cost` is what the provider takes from us, in millionths of a US dollar.
    """

    duration: Duration | None
    ended_reason: str = ""
    provider_cost: int | None = None
    ended_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """One piece of news about a call: who it may belong to, how far it is, how it ended.

    `references` are the texts in its metadata that may be signed references of ours.
    """

    call_id: str
    status: CallStatus | None = None
    end: CallEnd | None = None
    created_at: Instant | None = None
    references: tuple[str, ...] = ()
    phone_number_id: str | None = None
    campaign_id: str | None = None
    assistant_id: str | None = None
    control_url: str | None = field(default=None, repr=False)
