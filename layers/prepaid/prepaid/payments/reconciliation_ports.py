"""What reconciliation needs from outside: the processor's lists, read newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from prepaid.domain.credits import Instant
from prepaid.payments.ports import PaymentEvent
from prepaid.windows import Window


class Source(StrEnum):
    """A list of the processor's; each is read by the time at which its objects were created."""

    EVENTS = "events"
    INTENTS = "intents"
    REFUNDS = "refunds"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One object of a list, by its id, and what it says of payments of ours.

    `unreadable` says why it cannot be read. `at` is when that happened which it tells of, where
    the list says so: an event does, an object may have changed at any time.
    """

    object_id: str
    events: Sequence[PaymentEvent] = ()
    at: Instant | None = None
    unreadable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """Objects in the order of the list; *more* if others follow."""

    found: Sequence[Found]
    more: bool


class ProcessorLists(Protocol):
    """Lists what the payment processor knows, by the time at which it was created."""

    def page(self, source: Source, window: Window) -> FoundPage:
        """Return one page of a window after its position; one request.

        Raises `Unavailable`, `RateLimited`, and `InvalidRequest` when the position is gone.
        """
