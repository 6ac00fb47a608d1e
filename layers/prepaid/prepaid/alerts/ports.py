"""What delivering alerts needs from outside: the outbox that commits fill, and the bus."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert


class Claimed(Exception):
    """Somebody else is delivering the alert just now."""


class Undeliverable(Exception):
    """The receiver refuses this alert and would refuse it again; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An alert that waits. What `read` raises for one that nobody can read spoils no other."""

    account_id: AccountId
    alert_id: str
    raised_at: Instant
    read: Callable[[], Alert]


class Outbox(Protocol):
    """Stores alerts, and which of them are not delivered yet."""

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> bool:
        """Take an alert in hand until it is delivered, released, or *until* has come.

        Returns whether it still is to be delivered. Raises `Claimed`, and `Unavailable` when it
        cannot be known whether it is ours: trying again after *until* is safe.
        """

    def release(self, alert: Alert) -> None:
        """Let go of a claimed alert that was not delivered. Raises `Unavailable`."""

    def delivered(self, alert: Alert, *, now: Instant) -> None:
        """Note that an alert was delivered; it is never claimed again. Raises `Unavailable`."""

    def find(self, account_id: AccountId, alert_id: str) -> Waiting | None:
        """Return an alert that waits, consistently, or `None`. Raises `Unavailable`."""

    def waiting(self, *, before: Instant) -> Iterator[Waiting]:
        """Go through the alerts raised *before* that wait, each once, an account's in order.

        May lag behind by moments. Raises `Unavailable`.
        """


class Announcer(Protocol):
    """Tells the world."""

    def announce(self, alert: Alert) -> None:
        """Announce an alert, perhaps again: one alert always has the same id.

        Raises `Undeliverable`, and `Unavailable` when it cannot be known whether it arrived.
        """
