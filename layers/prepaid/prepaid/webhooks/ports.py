"""What webhooks need from outside: two stores, the queue, the network, and the bus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import Instant
from prepaid.due_work import DueRow
from prepaid.webhooks.delivery import Delivery, Outcome
from prepaid.webhooks.events import Event
from prepaid.webhooks.webhook import Webhook


class Claimed(Exception):
    """Somebody else is sending the delivery just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Work on many deliveries of a webhook: those from `since` on, or all that wait for it.

    It goes on behind `position`. `key` replays each only once for one request. What happened
    after `until` is none of it.
    """

    webhook_id: str
    walk_id: str
    since: Instant
    until: Instant
    only_waiting: bool
    only_failed: bool = False
    position: str | None = None
    found: int = 0
    finished: bool = False
    due_at: Instant | None = None
    forget_at: Instant


class Webhooks(Protocol):
    """Stores webhooks. All methods raise `Unavailable`."""

    def find(self, webhook_id: str) -> Webhook | None:
        """Return a webhook, consistently, deleted ones too; `None` where there never was one."""

    def all(self) -> Sequence[Webhook]:
        """Return every webhook that is not deleted, consistently, the oldest first."""

    def save(self, webhook: Webhook, audit: AuditRow | None = None) -> Webhook:
        """Write a webhook that still has the version it carries; return it with its new one.

        *audit* is written with it, or neither. Raises `PreconditionFailed` when it has moved.
        """


class Deliveries(Protocol):
    """Stores deliveries for 30 days. All methods raise `Unavailable`."""

    def find(self, webhook_id: str, delivery_id: str, *, now: Instant) -> Delivery | None:
        """Return a delivery, consistently, or `None`."""

    def add(self, delivery: Delivery) -> bool:
        """Write a new delivery unless it is there; say whether it was written."""

    def claim(self, delivery: Delivery, *, now: Instant, until: Instant) -> bool:
        """Take a pending delivery in hand at its turn, one at a time; write it if it is new.

        Returns whether it still is to be sent in this turn. Raises `Claimed`.
        """

    def save(self, delivery: Delivery, *, seen: int) -> bool:
        """Replace a delivery that is still at the turn *seen*, and end its claim."""

    def postpone(self, delivery: Delivery) -> None:
        """Keep when the sweep looks again for a delivery, unless its turn is over."""

    def test_at(self, webhook_id: str, key: str, now: Instant) -> tuple[Instant, bool]:
        """Return when a test was first asked for under *key*, and whether that was before."""

    def latest(
        self, webhook_id: str, *, limit: int, before: str | None, now: Instant
    ) -> Sequence[Delivery]:
        """Return deliveries of a webhook, newest first, *before* the one of that id."""

    def since(
        self, webhook_id: str, first: str, *, limit: int, after: str | None, now: Instant
    ) -> Sequence[Delivery]:
        """Return deliveries of a webhook from an id on, oldest first, behind *after*."""

    def due(self, *, now: Instant) -> Iterator[DueRow[Delivery]]:
        """Go through the deliveries that the sweep is to look at, each once."""


class Walks(Protocol):
    """Stores what is done to many deliveries. All methods raise `Unavailable`."""

    def find(self, webhook_id: str, walk_id: str) -> Walk | None:
        """Return a walk, consistently, or `None`."""

    def save(self, walk: Walk) -> None:
        """Write a walk, whatever was there."""

    def due(self, *, now: Instant) -> Sequence[DueRow[Walk]]:
        """Return walks that were left behind."""


class DeliveryQueue(Protocol):
    """Has deliveries made, at least once and soon. All methods raise `Unavailable`."""

    def events(self, events: Sequence[tuple[str, Event]]) -> None:
        """Have events delivered, each to the webhook of that id."""

    def test(self, webhook_id: str, event: Event) -> None:
        """Have a test delivered, by one try, to a webhook that may be disabled."""

    def turn(self, delivery: Delivery, *, delay: int = 0) -> None:
        """Have the turn of a delivery made in *delay* seconds, at most 900."""

    def walk(self, walk: Walk) -> None:
        """Have a walk go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedMessage:
    """What is sent: a body, under an id, at a time, signed with each of the *secrets*."""

    url: str
    message_id: str
    body: str
    at: Instant
    secrets: tuple[str, ...]


class Sender(Protocol):
    """Sends to receivers."""

    def send(self, message: SignedMessage) -> Outcome:
        """Send once, for at most 15 seconds. What a receiver does wrong is its outcome."""


class Notices(Protocol):
    """Says on the bus what became of a webhook."""

    def publish(self, event: Event) -> None:
        """Put an event on the bus, perhaps again under the same id. Raises `Unavailable`."""
