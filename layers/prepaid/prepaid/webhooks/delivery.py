"""A delivery: one event on its way to one webhook, with every try that was made."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.domain.credits import AccountId, Instant
from prepaid.webhooks.events import Event
from prepaid.webhooks.retrying import LONGEST_QUEUED_SECONDS, REPLAY_SECONDS, next_try

MAX_LOGGED = 20
"""How many tries, the latest ones, a delivery remembers."""
MAX_REPLAY_KEYS = 20
GONE = 410
"""The status by which a receiver says that it wants no more (RFC 9110, 15.5.11)."""
GRACE_SECONDS = 600
"""How long after its time a queued message may be lost before the sweep sends another."""
_DIGEST = 32


class DeliveryState(StrEnum):
    """Where a delivery stands; `WAITING` is for its webhook to be enabled."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one try came to: the receiver's status, or why there is none.

    `excerpt` is the beginning of what it answered, `retry_after` the seconds that it asked for.
    """

    milliseconds: int
    status: int | None = None
    error: str | None = None
    excerpt: str = ""
    retry_after: int | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the receiver took it: any 2xx."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more."""
        return self.status == GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try as the log shows it."""

    at: Instant
    milliseconds: int
    status: int | None
    error: str | None
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event for a webhook. `message_id` is what the receiver knows it by, the same for ever.

    `turn` counts all that was ever decided about it, so that a message of an earlier turn is known
    to be late. `failed` tries were made in this round, of all that are in `tries`. `due_at` is when
    the sweep looks for it. A `single` one is tried once. `replay_keys` asked for its replays.
    """

    webhook_id: str
    delivery_id: str
    message_id: str
    event_type: str
    account_id: AccountId | None
    body: str
    at: Instant
    forget_at: Instant
    state: DeliveryState = DeliveryState.PENDING
    turn: int = 0
    failed: int = 0
    tries: tuple[Try, ...] = ()
    tried: int = 0
    next_at: Instant | None = None
    due_at: Instant | None = None
    single: bool = False
    replay_keys: tuple[str, ...] = ()

    def after(self, outcome: Outcome, now: Instant) -> "Delivery":
        """Return the delivery as it stands after a try."""
        logged = Try(
            at=now,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            error=outcome.error,
            excerpt=outcome.excerpt,
        )
        tried = replace(
            self._turned(), tries=(*self.tries, logged)[-MAX_LOGGED:], tried=self.tried + 1
        )
        if outcome.succeeded:
            return replace(tried, state=DeliveryState.SUCCEEDED)
        failed = self.failed + 1
        next_at = next_try(failed, at=now, retry_after=outcome.retry_after)
        if next_at is None or self.single:
            return replace(tried, state=DeliveryState.FAILED, failed=failed)
        return replace(tried, failed=failed)._pending(next_at, now)

    def waiting(self) -> "Delivery":
        """Return it for a webhook that is disabled: no time comes at which it is tried."""
        return replace(self._turned(), state=DeliveryState.WAITING)

    def resumed(self, now: Instant) -> "Delivery":
        """Return one that waited, to be tried now as the next of its tries."""
        return self._turned()._pending(now, now)

    def replayed(self, key: str, now: Instant) -> "Delivery":
        """Return it at the beginning of a new round of tries, for the request under *key*."""
        keys = (*self.replay_keys, key)[-MAX_REPLAY_KEYS:]
        return replace(self._turned(), failed=0, replay_keys=keys)._pending(now, now)

    def postponed(self, now: Instant) -> "Delivery":
        """Return it for a message that was just sent: the sweep leaves it alone for a while."""
        return replace(self, due_at=Instant(now + GRACE_SECONDS))

    def queued_for(self, now: Instant) -> int | None:
        """Return the delay of its next message in seconds; `None` if the sweep is to find it."""
        if self.state is not DeliveryState.PENDING or self.next_at is None:
            return None
        delay = max(self.next_at - now, 0)
        return delay if delay <= LONGEST_QUEUED_SECONDS else None

    def _turned(self) -> "Delivery":
        return replace(self, turn=self.turn + 1, next_at=None, due_at=None)

    def _pending(self, next_at: Instant, now: Instant) -> "Delivery":
        pending = replace(self, state=DeliveryState.PENDING, next_at=next_at, due_at=next_at)
        if pending.queued_for(now) is None:
            return pending
        return replace(pending, due_at=Instant(next_at + GRACE_SECONDS))


def new_delivery(event: Event, webhook_id: str, now: Instant, *, single: bool = False) -> Delivery:
    """Return the delivery of an event to a webhook: the same two always have the same ids."""
    digest = digest_of(webhook_id, event.event_id)
    return Delivery(
        webhook_id=webhook_id,
        delivery_id=f"{event.at:010d}-{digest}",
        message_id=f"msg_{digest}",
        event_type=event.event_type,
        account_id=event.account_id,
        body=event.body,
        at=event.at,
        forget_at=Instant(now + REPLAY_SECONDS),
        single=single,
    )


def digest_of(*parts: str) -> str:
    """Return what stands for some texts in an id; each is told from its neighbours."""
    text = "".join(f"{len(each)}:{each}" for each in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST]


def first_id(since: Instant) -> str:
    """Return what the ids of deliveries at and after a time begin at."""
    return f"{since:010d}-"


def last_seen(deliveries: Sequence[Delivery], limit: int) -> str | None:
    """Return where a page of at most *limit* ended, or `None` if it is the last one."""
    return deliveries[-1].delivery_id if len(deliveries) >= limit else None
