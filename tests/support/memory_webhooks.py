"""Webhooks, their deliveries and their queue in memory: the same promises, for tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import Instant
from prepaid.domain.errors import PreconditionFailed
from prepaid.due_work import DueRow
from prepaid.webhooks.delivery import Delivery, DeliveryState, Outcome
from prepaid.webhooks.events import Event
from prepaid.webhooks.ports import Claimed, SignedMessage, Walk
from prepaid.webhooks.webhook import Webhook


def _reached() -> None:
    """Reach what is there."""


@dataclass
class MemoryWebhooks:
    """`Webhooks`; *reach* raises while nothing can be reached."""

    stored: dict[str, Webhook] = field(default_factory=dict)
    audit: list[AuditRow] = field(default_factory=list)
    reach: Callable[[], None] = _reached

    def find(self, webhook_id: str) -> Webhook | None:
        self.reach()
        return self.stored.get(webhook_id)

    def all(self) -> Sequence[Webhook]:
        self.reach()
        living = [each for each in self.stored.values() if each.deleted_at is None]
        return sorted(living, key=lambda each: (each.created_at, each.webhook_id))

    def save(self, webhook: Webhook, audit: AuditRow | None = None) -> Webhook:
        self.reach()
        there = self.stored.get(webhook.webhook_id)
        if (there.version if there else 0) != webhook.version:
            raise PreconditionFailed
        saved = replace(webhook, version=webhook.version + 1)
        self.stored[webhook.webhook_id] = saved
        if audit is not None:
            self.audit.append(audit)
        return saved


@dataclass
class MemoryDeliveries:
    """`Deliveries`."""

    stored: dict[tuple[str, str], Delivery] = field(default_factory=dict)
    claimed: dict[tuple[str, str], Instant] = field(default_factory=dict)
    tests: dict[tuple[str, str], Instant] = field(default_factory=dict)
    reach: Callable[[], None] = _reached

    def find(self, webhook_id: str, delivery_id: str, *, now: Instant) -> Delivery | None:
        self.reach()
        found = self.stored.get((webhook_id, delivery_id))
        return found if found is not None and found.forget_at > now else None

    def add(self, delivery: Delivery) -> bool:
        self.reach()
        if _place(delivery) in self.stored:
            return False
        self.stored[_place(delivery)] = delivery
        return True

    def claim(self, delivery: Delivery, *, now: Instant, until: Instant) -> bool:
        self.reach()
        place = _place(delivery)
        there = self.stored.get(place)
        if there is None:
            if delivery.turn:
                return False
            self.stored[place] = delivery
        elif there.turn != delivery.turn or there.state is not DeliveryState.PENDING:
            return False
        elif self.claimed.get(place, Instant(0)) > now:
            raise Claimed
        self.claimed[place] = until
        return True

    def save(self, delivery: Delivery, *, seen: int) -> bool:
        self.reach()
        there = self.stored.get(_place(delivery))
        if there is None or there.turn != seen:
            return False
        self.stored[_place(delivery)] = delivery
        self.claimed.pop(_place(delivery), None)
        return True

    def postpone(self, delivery: Delivery) -> None:
        self.reach()
        there = self.stored.get(_place(delivery))
        if there is not None and there.turn == delivery.turn:
            self.stored[_place(delivery)] = replace(there, due_at=delivery.due_at)

    def test_at(self, webhook_id: str, key: str, now: Instant) -> tuple[Instant, bool]:
        self.reach()
        again = (webhook_id, key) in self.tests
        return self.tests.setdefault((webhook_id, key), now), again

    def latest(
        self, webhook_id: str, *, limit: int, before: str | None, now: Instant
    ) -> Sequence[Delivery]:
        mine = self._of(webhook_id, now)[::-1]
        return [each for each in mine if before is None or each.delivery_id < before][:limit]

    def since(
        self, webhook_id: str, first: str, *, limit: int, after: str | None, now: Instant
    ) -> Sequence[Delivery]:
        mine = [each for each in self._of(webhook_id, now) if each.delivery_id >= first]
        return [each for each in mine if after is None or each.delivery_id > after][:limit]

    def due(self, *, now: Instant) -> Iterator[DueRow[Delivery]]:
        self.reach()
        waiting = list(self.stored.values())
        found = [each for each in waiting if each.due_at is not None and each.due_at <= now]
        return iter([DueRow(e.webhook_id, e.delivery_id, partial(_same, e)) for e in found])

    def _of(self, webhook_id: str, now: Instant) -> list[Delivery]:
        self.reach()
        mine = [each for each in self.stored.values() if each.webhook_id == webhook_id]
        living = [each for each in mine if each.forget_at > now]
        return sorted(living, key=lambda each: each.delivery_id)


@dataclass
class MemoryWalks:
    """`Walks`."""

    stored: dict[tuple[str, str], Walk] = field(default_factory=dict)
    reach: Callable[[], None] = _reached

    def find(self, webhook_id: str, walk_id: str) -> Walk | None:
        self.reach()
        return self.stored.get((webhook_id, walk_id))

    def save(self, walk: Walk) -> None:
        self.reach()
        self.stored[walk.webhook_id, walk.walk_id] = walk

    def due(self, *, now: Instant) -> Sequence[DueRow[Walk]]:
        self.reach()
        waiting = list(self.stored.values())
        found = [each for each in waiting if each.due_at is not None and each.due_at <= now]
        return [DueRow(each.webhook_id, each.walk_id, partial(_same, each)) for each in found]


def _same[Row](row: Row) -> Row:
    """Return a row that needs no reading."""
    return row


@dataclass
class MemoryQueue:
    """`DeliveryQueue`: what was queued, in order, for a test to take in hand."""

    new: list[tuple[str, Event, bool]] = field(default_factory=list)
    turns: list[tuple[Delivery, int]] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    reach: Callable[[], None] = _reached

    def events(self, events: Sequence[tuple[str, Event]]) -> None:
        self.reach()
        self.new += [(webhook_id, event, False) for webhook_id, event in events]

    def test(self, webhook_id: str, event: Event) -> None:
        self.reach()
        self.new.append((webhook_id, event, True))

    def turn(self, delivery: Delivery, *, delay: int = 0) -> None:
        self.reach()
        self.turns.append((delivery, delay))

    def walk(self, walk: Walk) -> None:
        self.reach()
        self.walks.append(walk)


@dataclass
class MemorySender:
    """`Sender`: answers with *outcome*, and remembers what was sent."""

    outcome: Outcome = field(default_factory=lambda: Outcome(milliseconds=12, status=200))
    sent: list[SignedMessage] = field(default_factory=list)

    def send(self, message: SignedMessage) -> Outcome:
        self.sent.append(message)
        return self.outcome


@dataclass
class MemoryNotices:
    """`Notices`; *reach* raises while nothing can be reached."""

    published: list[Event] = field(default_factory=list)
    reach: Callable[[], None] = _reached

    def publish(self, event: Event) -> None:
        self.reach()
        self.published.append(event)


def _place(delivery: Delivery) -> tuple[str, str]:
    return delivery.webhook_id, delivery.delivery_id
