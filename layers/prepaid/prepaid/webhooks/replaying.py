"""Replaying: deliveries are made again because somebody asks, once for each request."""

from dataclasses import dataclass

from prepaid.domain.credits import Instant
from prepaid.domain.errors import NotFound, PreconditionFailed
from prepaid.webhooks.delivery import Delivery, digest_of, new_delivery
from prepaid.webhooks.events import test_event
from prepaid.webhooks.ports import Deliveries, DeliveryQueue, Walk, Walks
from prepaid.webhooks.walking import Walking, replay_walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaying:
    """Has deliveries made again. All methods raise `Unavailable`, and repeat under the same key."""

    deliveries: Deliveries
    walks: Walks
    queue: DeliveryQueue

    def one(
        self, webhook_id: str, delivery_id: str, key: str, now: Instant
    ) -> tuple[Delivery, bool]:
        """Begin a delivery again; return it, and whether this request did that before.

        Raises `NotFound`, and `PreconditionFailed` when it moved just now.
        """
        delivery = self.deliveries.find(webhook_id, delivery_id, now=now)
        if delivery is None:
            raise NotFound("There is no such delivery.")
        if digest_of(key) in delivery.replay_keys:
            return delivery, True
        again = delivery.replayed(digest_of(key), now)
        if not self.deliveries.save(again, seen=delivery.turn):
            raise PreconditionFailed("It is being delivered just now: look at it again.")
        self.queue.turn(again)
        return again, False

    def since(
        self, webhook_id: str, key: str, since: Instant, *, only_failed: bool, now: Instant
    ) -> tuple[Walk, bool]:
        """Begin all deliveries of what happened since a time again; as `one`."""
        asked = replay_walk(webhook_id, key, since=since, only_failed=only_failed, now=now)
        found = self.walks.find(webhook_id, asked.walk_id)
        if found is not None:
            return found, True
        walking = Walking(deliveries=self.deliveries, walks=self.walks, queue=self.queue)
        walking.start(asked)
        return asked, False

    def test(self, webhook_id: str, key: str, now: Instant) -> tuple[Delivery, bool]:
        """Send a test to a webhook, whatever it wants and whether it is enabled; as `one`."""
        asked = digest_of(key)
        at, again = self.deliveries.test_at(webhook_id, asked, now)
        event = test_event(webhook_id, asked, at)
        delivery = new_delivery(event, webhook_id, at, single=True)
        found = self.deliveries.find(webhook_id, delivery.delivery_id, now=now)
        if found is None:
            self.queue.test(webhook_id, event)
        return found or delivery, again
