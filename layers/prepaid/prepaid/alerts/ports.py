"""What delivering alerts needs from outside: the outbox that commits fill, and what sends."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from prepaid.alerts.channels import Contacts
from prepaid.alerts.letters import Letter
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert


class Claimed(Exception):
    """Somebody else is delivering the alert just now."""


class Undeliverable(Exception):
    """The receiver refuses this alert and would refuse it again; the message says why."""


class AlertDeliveryState(StrEnum):
    """What became of an alert for one receiver. The names are stored for ever."""

    SENT = "sent"
    SUPPRESSED = "suppressed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an alert for one receiver, and when: it is not sent to that one again."""

    state: AlertDeliveryState
    at: Instant


type Deliveries = Mapping[str, Delivery]
"""By receiver: the channel's name, for mail with a digest of the address behind it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An alert in hand, with what was done about it before."""

    deliveries: Deliveries = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An alert that waits. What `read` raises for one that nobody can read spoils no other."""

    account_id: AccountId
    alert_id: str
    raised_at: Instant
    read: Callable[[], Alert]


class Outbox(Protocol):
    """Stores alerts, and which of them are not delivered yet."""

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> Claim | None:
        """Take an alert in hand until it is delivered, released, or *until* has come.

        Returns `None` unless it still is to be delivered. Raises `Claimed`, and `Unavailable` when
        it cannot be known whether it is ours: trying again after *until* is safe.
        """

    def release(self, alert: Alert) -> None:
        """Let go of a claimed alert that was not delivered. Raises `Unavailable`."""

    def note(self, alert: Alert, deliveries: Deliveries) -> None:
        """Keep what became of a claimed alert for some receivers. Raises `Unavailable`."""

    def delivered(
        self,
        alert: Alert,
        *,
        now: Instant,
        deliveries: Deliveries | None = None,
        repeat_at: Instant | None = None,
    ) -> None:
        """Note that an alert was delivered; it is never claimed again. Raises `Unavailable`.

        At *repeat_at* it is to be looked at again, unless it is acknowledged before.
        """

    def find(self, account_id: AccountId, alert_id: str) -> Waiting | None:
        """Return an alert that waits, consistently, or `None`. Raises `Unavailable`."""

    def waiting(self, *, before: Instant) -> Iterator[Waiting]:
        """Go through the alerts raised *before* that wait, each once, an account's in order.

        May lag behind by moments. Raises `Unavailable`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """An alert that was to be looked at again at `at`.

    What `read` raises for one that nobody can read spoils no other. An acknowledgement takes it
    away; only one that came before the alert was delivered stays.
    """

    account_id: AccountId
    alert_id: str
    at: Instant
    read: Callable[[], Alert] = field(compare=False)
    acknowledged: bool = False


class Repeats(Protocol):
    """Stores which alerts are to be looked at again, and when."""

    def due(self, *, now: Instant) -> Iterator[Repeat]:
        """Go through the alerts whose time has come, each once; may lag behind by moments.

        Raises `Unavailable`.
        """

    def next(self, repeat: Repeat, *, at: Instant | None, again: Alert | None) -> bool:
        """Look at an alert again *at* a time, or never; with it write the alert *again*, if any.

        Changes nothing and returns false where somebody else has done so, or acknowledged it.
        Raises `Unavailable` when it cannot be known what was written: asking again is safe.
        """


class SentAlerts(Protocol):
    """Reads what was sent of late."""

    def sent_since(self, account_id: AccountId, receiver: str, since: Instant) -> Iterator[Alert]:
        """Go through the alerts raised *since* that were sent to a receiver.

        Reads consistently. Raises `Unavailable`.
        """


class ContactBook(Protocol):
    """Reads by what accounts want to hear of their alerts."""

    def contacts(self, account_id: AccountId) -> Contacts:
        """Return what was chosen, consistently, or the default. Raises `Unavailable`."""


class Announcer(Protocol):
    """Tells whoever listens to a bus or a topic."""

    def announce(self, alert: Alert) -> None:
        """Announce an alert, perhaps again: one alert always has the same id.

        Raises `Undeliverable`, and `Unavailable` when it cannot be known whether it arrived.
        """

    def put(self, event: Mapping[str, object]) -> None:
        """Announce an event in the form of CloudEvents. Raises as `announce` does."""


class Mailer(Protocol):
    """Sends mail."""

    def send(self, letter: Letter) -> None:
        """Send a letter.

        Raises `Undeliverable` for a mailbox that takes no mail, and `Unavailable` when it cannot be
        known whether it was sent.
        """
