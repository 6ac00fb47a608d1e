"""Queueing: each event goes into the queue once for every webhook that wants it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from prepaid.domain.credits import Instant
from prepaid.due_work import DueRow, work_through
from prepaid.webhooks.delivery import GRACE_SECONDS, Delivery
from prepaid.webhooks.events import Event
from prepaid.webhooks.ports import Deliveries, DeliveryQueue, Walk, Walks, Webhooks
from prepaid.webhooks.walking import postponed
from prepaid.webhooks.webhook import Webhook


@dataclass(slots=True)
class Swept:
    """How many deliveries and walks were queued, and how many not."""

    queued: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Queueing:
    """Queues events, and what is due. *failed* receives what the sweep could not queue now."""

    webhooks: Webhooks
    deliveries: Deliveries
    walks: Walks
    queue: DeliveryQueue
    failed: Callable[[DueRow[Delivery] | DueRow[Walk], Exception], None]

    def receivers(self) -> Sequence[Webhook]:
        """Return all webhooks as they are now. Raises `Unavailable`."""
        return self.webhooks.all()

    def queue_events(self, events: Iterable[Event], receivers: Sequence[Webhook]) -> int:
        """Queue events for those of the receivers who want them; return how many.

        Raises `Unavailable`: queueing all of them again makes no second delivery.
        """
        wanted = [
            (webhook.webhook_id, event)
            for event in events
            for webhook in receivers
            if webhook.wants(event)
        ]
        if wanted:
            self.queue.events(wanted)
        return len(wanted)

    def sweep(self, *, now: Instant, time_is_up: Callable[[], bool]) -> Swept:
        """Queue the deliveries whose time has come, and the walks that were left behind.

        Raises `Unavailable` when they cannot be found.
        """
        deliveries = work_through(
            self.deliveries.due(now=now),
            lambda each: self._queue_again(each.read(), now),
            time_is_up=time_is_up,
            failed=self.failed,
        )
        walks = work_through(
            self.walks.due(now=now),
            lambda each: self._walk_on(each.read(), now),
            time_is_up=time_is_up,
            failed=self.failed,
        )
        return Swept(
            queued=deliveries.done + walks.done,
            failed=deliveries.failed + walks.failed,
            finished=deliveries.finished and walks.finished,
        )

    def _queue_again(self, delivery: Delivery, now: Instant) -> None:
        """Queue it, then put it off: a message too many is known by its turn."""
        self.queue.turn(delivery)
        self.deliveries.postpone(delivery.postponed(now))

    def _walk_on(self, walk: Walk, now: Instant) -> None:
        self.queue.walk(walk)
        self.walks.save(postponed(walk, Instant(now + GRACE_SECONDS)))
