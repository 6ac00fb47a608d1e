"""Test messages: what a channel would do with an alert, shown at once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from prepaid.alerts.addresses import Allowances
from prepaid.alerts.channels import Channel, Contacts
from prepaid.alerts.ports import Announcer, ContactBook, Undeliverable
from prepaid.alerts.receivers import Post
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable

MAX_TRIALS = 5
"""How many test messages an account may ask for in an hour."""
HOUR_SECONDS = 3_600


class TrialResult(StrEnum):
    """What became of a test message."""

    SENT = "sent"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of the test message of one channel, for mail of one address."""

    channel: Channel
    email: str | None
    result: TrialResult


class TrialEvent(Protocol):
    """Makes the event of a test message."""

    def __call__(self, account_id: AccountId, trial_id: str, now: Instant) -> Mapping[str, object]:
        """Return the event, in the form of CloudEvents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """Sends test messages by the channels of an account; *post* is `None` where mail is off."""

    contact_book: ContactBook
    allowances: Allowances
    announcers: Mapping[Channel, Announcer]
    post: Post | None
    event_of: TrialEvent

    def send(
        self,
        account_id: AccountId,
        channels: Collection[Channel] | None,
        *,
        trial_id: str,
        now: Instant,
    ) -> list[Trial]:
        """Try *channels*, or those that the account chose; one that fails stops no other.

        Raises `RateLimited`, `Unavailable` where it cannot be read what the account chose.
        """
        self.allowances.take(
            account_id, "trials", at_most=MAX_TRIALS, within_seconds=HOUR_SECONDS, now=now
        )
        contacts = self.contact_book.contacts(account_id)
        wanted = contacts.channels if channels is None else channels
        found: list[Trial] = []
        for channel in Channel:
            if channel not in wanted:
                continue
            if channel is Channel.EMAIL:
                found += self._by_mail(account_id, contacts, trial_id, now)
            else:
                result = self._announced(account_id, channel, trial_id, now)
                found.append(Trial(channel, None, result))
        return found

    def _announced(
        self, account_id: AccountId, channel: Channel, trial_id: str, now: Instant
    ) -> TrialResult:
        announcer = self.announcers.get(channel)
        if announcer is None:
            return TrialResult.NOT_AVAILABLE
        try:
            announcer.put(self.event_of(account_id, trial_id, now))
        except (Undeliverable, Unavailable):
            return TrialResult.FAILED
        return TrialResult.SENT

    def _by_mail(
        self, account_id: AccountId, contacts: Contacts, trial_id: str, now: Instant
    ) -> Iterator[Trial]:
        post = self.post
        if post is None:
            yield Trial(Channel.EMAIL, None, TrialResult.NOT_AVAILABLE)
            return
        agreed = set(post.agreed(account_id, contacts))
        for each in contacts.recipients:
            result = TrialResult.UNCONFIRMED
            if each in agreed:
                try:
                    post.send_trial(account_id, each, event_id=trial_id, now=now)
                    result = TrialResult.SENT
                except (Undeliverable, Unavailable):
                    result = TrialResult.FAILED
            yield Trial(Channel.EMAIL, each.email, result)
