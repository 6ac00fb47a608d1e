"""Mail and what owners of addresses agreed to, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from prepaid.alerts.addresses import NO_CONSENT, AddressState, Consent
from prepaid.alerts.channels import DEFAULT, Contacts
from prepaid.alerts.letters import Letter
from prepaid.alerts.ports import Undeliverable
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import RateLimited, Unavailable

from tests.support.memory import MemorySettings


class MemoryContactBook:
    """`ContactBook` over the settings in memory; *reach* raises while nothing can be reached."""

    def __init__(self, settings: MemorySettings, reach: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._reach = reach

    def contacts(self, account_id: AccountId) -> Contacts:
        """Return what was chosen."""
        self._reach()
        saved = self._settings.saved(account_id)
        return saved.contacts if saved else DEFAULT


class MemoryConsents:
    """`Consents` in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None] = lambda: None) -> None:
        self.stored: dict[tuple[AccountId, str], Consent] = {}
        self._reach = reach

    def consent(self, account_id: AccountId, email: str) -> Consent:
        """Return what is known."""
        self._reach()
        return self.stored.get((account_id, email), NO_CONSENT)

    def asked(self, account_id: AccountId, email: str, *, now: Instant) -> None:
        """Note that a confirmation is sent."""
        consent = self.consent(account_id, email)
        self.stored[account_id, email] = replace(consent, asked_at=now)

    def confirm(
        self, account_id: AccountId, email: str, *, asked_at: Instant, now: Instant
    ) -> bool:
        """Note that the owner agreed."""
        consent = self.consent(account_id, email)
        if consent.stopped_at is not None and consent.stopped_at >= asked_at:
            return False
        self.stored[account_id, email] = Consent(asked_at=consent.asked_at, confirmed_at=now)
        return True

    def stop(self, account_id: AccountId, email: str, why: AddressState, *, now: Instant) -> None:
        """Note that the address gets no mail."""
        consent = self.consent(account_id, email)
        self.stored[account_id, email] = replace(consent, stopped_at=now, stopped=why)

    def stop_since(
        self, account_id: AccountId, email: str, why: AddressState, *, at: Instant
    ) -> bool:
        """Note it unless something newer is known, or nothing at all."""
        consent = self.consent(account_id, email)
        if consent is NO_CONSENT or max(consent.confirmed_at or 0, consent.stopped_at or 0) > at:
            return False
        self.stop(account_id, email, why, now=at)
        return True


class MemoryAllowances:
    """`Allowances` in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None] = lambda: None) -> None:
        self._times: dict[tuple[AccountId, str], list[int]] = {}
        self._reach = reach

    def take(
        self, account_id: AccountId, name: str, *, at_most: int, within_seconds: int, now: Instant
    ) -> None:
        """Count one more."""
        self._reach()
        times = [at for at in self._times.get((account_id, name), []) if at > now - within_seconds]
        if len(times) >= at_most:
            wait = times[-at_most] + within_seconds - now
            raise RateLimited("This was asked for too often.", retry_after_seconds=wait)
        self._times[account_id, name] = [*times, now]


@dataclass
class Mailbox:
    """`Mailer` in memory; *bouncing* addresses take no mail, and all is away while *broken*."""

    letters: list[Letter] = field(default_factory=list)
    bouncing: set[str] = field(default_factory=set)
    broken: bool = False

    def send(self, letter: Letter) -> None:
        """Take a letter."""
        if self.broken:
            raise Unavailable("The mail server did not answer.")
        if letter.to in self.bouncing:
            raise Undeliverable("The mailbox takes no mail.")
        self.letters.append(letter)

    def to(self, email: str) -> list[Letter]:
        """Return what came to an address."""
        return [each for each in self.letters if each.to == email]
