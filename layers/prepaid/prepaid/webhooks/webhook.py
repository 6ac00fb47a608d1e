"""A webhook: where events are sent, which ones, signed how, and whether it is enabled."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.domain.credits import AccountId, Instant
from prepaid.webhooks.delivery import Outcome
from prepaid.webhooks.events import Event
from prepaid.webhooks.retrying import failed_too_long

OVERLAP_SECONDS = 86_400
"""How long a secret stays valid after it was rotated."""
MAX_SECRETS = 4
"""How many secrets may be valid at once."""
MAX_REMEMBERED = 20
"""How many secrets are remembered, ended ones too, so that a repeated request makes no new one."""
SECRET_PREFIX = "whsec_"  # noqa: S105 - what the specification puts before every secret
DISABLED_CASE = "webhook_disabled"
"""The kind of the case that one is disabled for its failures; its subject is the `outage`."""
_EVERYTHING = "*"


class DisabledBecause(StrEnum):
    """Why a webhook is disabled."""

    ASKED = "asked"
    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretVersion:
    """One secret of a webhook: which of the stack's keys it is derived from, and its number.

    `made_by` stands for the request that made it. The newest has no end.
    """

    key_id: str
    number: int
    made_by: str
    valid_until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One receiver. Without `event_types` it hears of all, without `account_ids` of everybody.

    `failing_since` is its first failure since it last took anything. `secrets` begin with the
    newest. A deleted one stays for a while, so that its id is not used again.
    """

    webhook_id: str
    url: str
    description: str
    event_types: tuple[str, ...]
    account_ids: tuple[AccountId, ...]
    secrets: tuple[SecretVersion, ...]
    fingerprint: str
    created_at: Instant
    updated_at: Instant
    updated_by: str
    version: int = 0
    disabled: DisabledBecause | None = None
    disabled_at: Instant | None = None
    failing_since: Instant | None = None
    deleted_at: Instant | None = None

    @property
    def enabled(self) -> bool:
        """Whether anything is sent to it."""
        return self.disabled is None and self.deleted_at is None

    @property
    def outage(self) -> str:
        """What names the failures that it has had since it last took anything."""
        return f"{self.webhook_id}#{self.failing_since or 0}"

    def wants(self, event: Event) -> bool:
        """Say whether it is to hear of an event."""
        if self.account_ids and event.account_id not in self.account_ids:
            return False
        return not self.event_types or any(
            _matches(each, event.event_type) for each in self.event_types
        )

    def valid_secrets(self, now: Instant) -> tuple[SecretVersion, ...]:
        """Return the secrets that sign now, newest first."""
        return tuple(s for s in self.secrets if s.valid_until is None or now < s.valid_until)

    def rotated(self, key_id: str, made_by: str, now: Instant) -> "Webhook":
        """Return it with a new secret; what was the newest stays valid for a day."""
        newest, *others = self.secrets
        until = Instant(now + OVERLAP_SECONDS)
        made = SecretVersion(key_id=key_id, number=newest.number + 1, made_by=made_by)
        secrets = (made, replace(newest, valid_until=until), *others)
        return replace(self, secrets=secrets[:MAX_REMEMBERED])

    def disabled_for(self, reason: DisabledBecause, now: Instant) -> "Webhook":
        """Return it disabled; what is to be tried waits."""
        return replace(self, disabled=reason, disabled_at=now)

    def enabled_again(self) -> "Webhook":
        """Return it enabled, with its failures forgotten."""
        return replace(self, disabled=None, disabled_at=None, failing_since=None)

    def after(self, outcome: Outcome, now: Instant) -> "Webhook":
        """Return it as it stands after a try: itself, unless that changed something."""
        if outcome.succeeded:
            return self if self.failing_since is None else replace(self, failing_since=None)
        failing = self if self.failing_since is not None else replace(self, failing_since=now)
        if failing.disabled is not None:
            return failing
        if outcome.gone:
            return failing.disabled_for(DisabledBecause.GONE, now)
        if failed_too_long(failing.failing_since, now=now):
            return failing.disabled_for(DisabledBecause.FAILING, now)
        return failing


def _matches(pattern: str, event_type: str) -> bool:
    stem, star, _ = pattern.partition(_EVERYTHING)
    return event_type.startswith(stem) if star else event_type == pattern


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The stack's keys, from which the secrets of all webhooks are derived; the last is the newest.

    Nothing that is stored beside a webhook gives its secret away.
    """

    keys: Mapping[str, str]

    @property
    def newest(self) -> str:
        """The id of the key from which new secrets are derived."""
        *_, newest = self.keys
        return newest

    def secret(self, webhook_id: str, version: SecretVersion) -> str:
        """Return a secret as a receiver keeps it: 32 bytes in base64 behind `whsec_`."""
        message = f"webhook:v1:{webhook_id}:{version.number}".encode()
        derived = hmac.new(self.keys[version.key_id].encode(), message, hashlib.sha256).digest()
        return SECRET_PREFIX + base64.b64encode(derived).decode()
