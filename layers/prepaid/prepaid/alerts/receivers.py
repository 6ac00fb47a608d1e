"""Receivers: who hears of an alert, by the account's choice and the consent of who gets mail."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from prepaid.alerts.addresses import AddressState, Consents
from prepaid.alerts.channels import Channel, Contacts, Recipient
from prepaid.alerts.letters import alert_letter, trial_letter
from prepaid.alerts.links import Link, MailLinks, Purpose
from prepaid.alerts.ports import (
    AlertDeliveryState,
    Announcer,
    ContactBook,
    Mailer,
    SentAlerts,
    Undeliverable,
)
from prepaid.alerts.repeating import repeat_at
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.inbox.ports import Exceptions


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who hears of an alert; `name` stands for it in what is stored.

    `send` sends, or says why that is not done; it raises where it has to be tried again.
    """

    name: str
    send: Callable[[Alert, Instant], AlertDeliveryState]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears of an alert, and when it is looked at again, if ever: as its account chose."""

    receivers: Sequence[Receiver]
    repeat_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Sends mail to addresses whose owners agreed, with a link that ends it."""

    mailer: Mailer
    links: MailLinks
    consents: Consents
    exceptions: Exceptions

    def agreed(self, account_id: AccountId, contacts: Contacts) -> Iterator[Recipient]:
        """Go through the recipients whose owners agreed. Raises `Unavailable`."""
        for each in contacts.recipients:
            consent = self.consents.consent(account_id, each.email)
            if consent.state is AddressState.CONFIRMED:
                yield each

    def send(
        self, alert: Alert, to: Recipient, *, event_id: str, now: Instant
    ) -> AlertDeliveryState:
        """Mail an alert. A mailbox that takes no mail is not used again, and reported."""
        unsubscribe = self._unsubscribe(alert.account_id, to, now)
        letter = alert_letter(alert, to, event_id=event_id, unsubscribe=unsubscribe)
        try:
            self.mailer.send(letter)
        except Undeliverable as exc:
            self._stop(alert.account_id, to, exc, now)
            return AlertDeliveryState.FAILED
        return AlertDeliveryState.SENT

    def send_trial(
        self, account_id: AccountId, to: Recipient, *, event_id: str, now: Instant
    ) -> None:
        """Mail a test message. Raises `Undeliverable`, `Unavailable`."""
        unsubscribe = self._unsubscribe(account_id, to, now)
        self.mailer.send(trial_letter(account_id, to, event_id=event_id, unsubscribe=unsubscribe))

    def _unsubscribe(self, account_id: AccountId, to: Recipient, now: Instant) -> str:
        return self.links.url(Link(Purpose.UNSUBSCRIBE, account_id, to.email, now))

    def _stop(self, account_id: AccountId, to: Recipient, exc: Exception, now: Instant) -> None:
        self.consents.stop(account_id, to.email, AddressState.BOUNCED, now=now)
        subject = f"{account_id}#{address_digest(to.email)}"
        self.exceptions.report("mailbox_bounced", subject, str(exc), now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Finds the receivers of alerts. A channel that the stack does not have reaches nobody.

    *post* is asked for where somebody wants mail; it returns `None` where the stack sends none.
    """

    contact_book: ContactBook
    announcers: Mapping[Channel, Announcer]
    post: Callable[[], Post | None]
    sent: SentAlerts
    event_id: Callable[[Alert], str]

    def audience(self, alert: Alert, now: Instant) -> Audience:
        """Return who hears of an alert that is delivered now. Raises `Unavailable`.

        What the account chose is read once.
        """
        contacts = self.contact_book.contacts(alert.account_id)
        return Audience(self._of(alert, contacts), repeat_at(alert, contacts, now))

    def _of(self, alert: Alert, contacts: Contacts) -> list[Receiver]:
        found = [
            Receiver(channel, self._unless_cooling(channel, channel, contacts, send))
            for channel, announcer in self.announcers.items()
            if channel in contacts.channels
            for send in [_announcing(announcer)]
        ]
        return [*found, *self._by_mail(alert, contacts)]

    def _by_mail(self, alert: Alert, contacts: Contacts) -> Iterable[Receiver]:
        if Channel.EMAIL not in contacts.channels or not contacts.recipients:
            return
        post = self.post()
        if post is None:
            return
        for each in post.agreed(alert.account_id, contacts):
            name = f"{Channel.EMAIL}#{address_digest(each.email)}"
            send = self._mailing(post, each)
            yield Receiver(name, self._unless_cooling(Channel.EMAIL, name, contacts, send))

    def _mailing(self, post: Post, to: Recipient) -> Callable[[Alert, Instant], AlertDeliveryState]:
        return lambda alert, now: post.send(alert, to, event_id=self.event_id(alert), now=now)

    def _unless_cooling(
        self,
        channel: Channel,
        name: str,
        contacts: Contacts,
        send: Callable[[Alert, Instant], AlertDeliveryState],
    ) -> Callable[[Alert, Instant], AlertDeliveryState]:
        cooldown_seconds = contacts.cooldown_seconds.get(channel)
        if not cooldown_seconds:
            return send

        def send_or_keep_silent(alert: Alert, now: Instant) -> AlertDeliveryState:
            since = Instant(alert.raised_at - cooldown_seconds)
            topics = set(_topics(alert))
            for each in self.sent.sent_since(alert.account_id, name, since):
                topics -= set(_topics(each))
            return send(alert, now) if topics else AlertDeliveryState.SUPPRESSED

        return send_or_keep_silent


def _announcing(announcer: Announcer) -> Callable[[Alert, Instant], AlertDeliveryState]:
    def announce(alert: Alert, _now: Instant) -> AlertDeliveryState:
        announcer.announce(alert)
        return AlertDeliveryState.SENT

    return announce


def _topics(alert: Alert) -> Iterable[tuple[object, ...]]:
    """Return what an alert is about: for each threshold or limit, a topic of its own.

    What repeats an alert is about the same.
    """
    if alert.days:
        return [(alert.about, each) for each in alert.days]
    if alert.limit is not None:
        return [(alert.about, alert.limit.by, alert.limit.window, alert.limit.operation)]
    still = alert.about is AlertKind.BALANCE_STILL_LOW
    about = AlertKind.BALANCE_LOW if still else alert.about
    return [(about, each) for each in alert.thresholds] or [(about,)]


def address_digest(email: str) -> str:
    """Return what stands for an address where it need not be read."""
    return sha256(email.encode()).hexdigest()[:16]
