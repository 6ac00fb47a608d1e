"""Walking: what is done to many deliveries of a webhook, page by page, each page once."""

from dataclasses import dataclass, replace

from prepaid.domain.credits import Instant
from prepaid.webhooks.delivery import (
    GRACE_SECONDS,
    Delivery,
    DeliveryState,
    digest_of,
    first_id,
    last_seen,
)
from prepaid.webhooks.ports import Deliveries, DeliveryQueue, Walk, Walks
from prepaid.webhooks.retrying import REPLAY_SECONDS

PAGE = 50
"""How many deliveries one message takes in hand."""
_ALL_WAITING = "waiting"


def replay_walk(
    webhook_id: str, key: str, *, since: Instant, only_failed: bool, now: Instant
) -> Walk:
    """Return the walk that replays what happened since a time, for the request under *key*."""
    return Walk(
        webhook_id=webhook_id,
        walk_id=digest_of(key),
        since=since,
        until=now,
        only_waiting=False,
        only_failed=only_failed,
        due_at=Instant(now + GRACE_SECONDS),
        forget_at=Instant(now + REPLAY_SECONDS),
    )


def resume_walk(webhook_id: str, version: int, now: Instant) -> Walk:
    """Return the walk that goes on with what waited while a webhook was disabled."""
    return Walk(
        webhook_id=webhook_id,
        walk_id=digest_of(_ALL_WAITING, str(version)),
        since=Instant(now - REPLAY_SECONDS),
        until=now,
        only_waiting=True,
        due_at=Instant(now + GRACE_SECONDS),
        forget_at=Instant(now + REPLAY_SECONDS),
    )


def postponed(walk: Walk, due_at: Instant) -> Walk:
    """Return a walk for which a message was just sent."""
    return replace(walk, due_at=due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """Goes on with walks."""

    deliveries: Deliveries
    walks: Walks
    queue: DeliveryQueue

    def start(self, walk: Walk) -> None:
        """Keep a walk and have it begin. Raises `Unavailable`."""
        self.walks.save(walk)
        self.queue.walk(walk)

    def go_on(self, webhook_id: str, walk_id: str, now: Instant) -> Walk | None:
        """Take one page in hand and have the next one follow; `None` for a walk that is over.

        Raises `Unavailable`: going on again does no delivery twice.
        """
        walk = self.walks.find(webhook_id, walk_id)
        if walk is None or walk.finished:
            return None
        page = self.deliveries.since(
            webhook_id, first_id(walk.since), limit=PAGE, after=walk.position, now=now
        )
        meant = [each for each in page if _is_meant(each, walk)]
        for each in meant:
            self.requeue(each, walk, now)
        position = last_seen(page, PAGE)
        walk = replace(
            walk,
            position=position,
            found=walk.found + len(meant),
            finished=position is None,
            due_at=None if position is None else Instant(now + GRACE_SECONDS),
        )
        self.walks.save(walk)
        if not walk.finished:
            self.queue.walk(walk)
        return walk

    def requeue(self, delivery: Delivery, walk: Walk, now: Instant) -> None:
        """Have one delivery go on, or begin again. Raises `Unavailable`."""
        again = delivery.resumed(now)
        if not walk.only_waiting:
            again = delivery.replayed(walk.walk_id, now)
        if self.deliveries.save(again, seen=delivery.turn):
            self.queue.turn(again)


def _is_meant(delivery: Delivery, walk: Walk) -> bool:
    if walk.only_waiting:
        return delivery.state is DeliveryState.WAITING
    if delivery.at > walk.until or walk.walk_id in delivery.replay_keys:
        return False
    return not walk.only_failed or delivery.state is DeliveryState.FAILED
