"""Addresses: one gets mail only after its owner agreed, and until that owner says otherwise."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from prepaid.alerts.channels import Locale
from prepaid.alerts.letters import confirmation_letter
from prepaid.alerts.links import Link, MailLinks, Purpose
from prepaid.alerts.ports import Mailer, Undeliverable
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest

MAX_CONFIRMATIONS = 10
"""How many confirmations an account may ask for in a day, of all its addresses."""
PAUSE_SECONDS = 600
"""How long one address is not asked again."""
PAUSE_AFTER_FEEDBACK_SECONDS = 86_400
"""How long one whose mailbox bounced or complained is not: nothing else keeps SES from sending."""
DAY_SECONDS = 86_400


class AddressState(StrEnum):
    """Whether an address may get mail; only a confirmed one does."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


BY_FEEDBACK = frozenset({AddressState.BOUNCED, AddressState.COMPLAINED})
"""What a mailbox comes to by what its mail server says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the owner of an address said about the mail of one account, and when.

    A newer confirmation ends what stopped it; `stopped` is why, where it was stopped since.
    """

    asked_at: Instant | None = None
    confirmed_at: Instant | None = None
    stopped_at: Instant | None = None
    stopped: AddressState | None = None

    @property
    def state(self) -> AddressState:
        """Whether the address may get mail."""
        if self.stopped is not None:
            return self.stopped
        return AddressState.CONFIRMED if self.confirmed_at else AddressState.UNCONFIRMED


NO_CONSENT = Consent()


class Consents(Protocol):
    """Stores consents: one for each account and address."""

    def consent(self, account_id: AccountId, email: str) -> Consent:
        """Return what is known, consistently; `NO_CONSENT` for nothing. Raises `Unavailable`."""

    def asked(self, account_id: AccountId, email: str, *, now: Instant) -> None:
        """Note that a confirmation is sent now. Raises `Unavailable`."""

    def confirm(
        self, account_id: AccountId, email: str, *, asked_at: Instant, now: Instant
    ) -> bool:
        """Note that the owner agreed to what was asked at *asked_at*; say whether that counts.

        It does not where the owner has stopped the mail since. Raises `Unavailable`.
        """

    def stop(self, account_id: AccountId, email: str, why: AddressState, *, now: Instant) -> None:
        """Note that the address gets no mail from now on. Raises `Unavailable`."""

    def stop_since(
        self, account_id: AccountId, email: str, why: AddressState, *, at: Instant
    ) -> bool:
        """Note that the mail has been stopped since *at*; say whether that counts.

        It does not where the owner has confirmed the address since, where it was stopped later, or
        where nobody ever asked the owner. Once more it counts again. Raises `Unavailable`.
        """


class Allowances(Protocol):
    """Counts how often an account did something."""

    def take(
        self, account_id: AccountId, name: str, *, at_most: int, within_seconds: int, now: Instant
    ) -> None:
        """Count one more, exactly under any number of requests at once.

        Raises `RateLimited` where there were *at_most* in the time before, and `Unavailable`.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Asks owners of addresses, and does what they answer. *mailer* is `None` where mail is off."""

    consents: Consents
    allowances: Allowances
    links: MailLinks
    mailer: Mailer | None

    def ask(self, account_id: AccountId, email: str, locale: Locale, *, now: Instant) -> Consent:
        """Send the link by which the owner of an address agrees, unless that was done.

        It is counted before it is sent: who gets no answer may ask again after the pause. Raises
        `RateLimited`, `Unavailable`, and `InvalidRequest` where mail is off or is not taken.
        """
        if self.mailer is None:
            raise InvalidRequest("This stack sends no mail.", pointer="/email")
        consent = self.consents.consent(account_id, email)
        if consent.state is AddressState.CONFIRMED:
            return consent
        take = self.allowances.take
        name = f"confirmation#{email}"
        pause = PAUSE_AFTER_FEEDBACK_SECONDS if consent.state in BY_FEEDBACK else PAUSE_SECONDS
        take(account_id, name, at_most=1, within_seconds=pause, now=now)
        take(
            account_id,
            "confirmations",
            at_most=MAX_CONFIRMATIONS,
            within_seconds=DAY_SECONDS,
            now=now,
        )
        self.consents.asked(account_id, email, now=now)
        url = self.links.url(Link(Purpose.CONFIRM, account_id, email, now))
        try:
            self.mailer.send(confirmation_letter(account_id, email, locale, url))
        except Undeliverable as exc:
            raise InvalidRequest("The mailbox takes no mail.", pointer="/email") from exc
        return self.consents.consent(account_id, email)

    def follow(self, link: Link, *, now: Instant) -> bool:
        """Do what the owner of an address wants who followed *link*; say whether that counts.

        Raises `Unavailable`.
        """
        account_id, email = link.account_id, link.email
        match link.purpose:
            case Purpose.CONFIRM:
                return self.consents.confirm(account_id, email, asked_at=link.issued_at, now=now)
            case Purpose.UNSUBSCRIBE:
                self.consents.stop(account_id, email, AddressState.UNSUBSCRIBED, now=now)
                return True
