"""Managing: webhooks are made, changed, deleted and given new secrets, each act with its audit."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from prepaid.domain.auditing import AdminAct, AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import KeyReused, NotFound, PreconditionFailed, Unavailable
from prepaid.domain.keys import fingerprint
from prepaid.inbox.ports import Inbox
from prepaid.inbox.resolving import resolve_case
from prepaid.webhooks.addresses import refuse_url
from prepaid.webhooks.delivery import digest_of
from prepaid.webhooks.errors import WebhookLimitExceeded
from prepaid.webhooks.ports import Walk, Webhooks
from prepaid.webhooks.walking import resume_walk
from prepaid.webhooks.webhook import (
    DISABLED_CASE,
    MAX_SECRETS,
    DisabledBecause,
    SecretVersion,
    SigningKeys,
    Webhook,
)

MAX_WEBHOOKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What whoever manages a webhook decides."""

    url: str
    description: str
    event_types: tuple[str, ...]
    account_ids: tuple[AccountId, ...]
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, when, in which request; *key* is its Idempotency-Key if it has one."""

    actor: str
    request_id: str
    now: Instant
    key: str = ""

    @property
    def made_by(self) -> str:
        """What stands for the key of this caller."""
        return digest_of(self.actor, self.key)


@dataclass(frozen=True, slots=True)
class Shown:
    """A webhook, with its newest secret where this request made it, now or when it came first."""

    webhook: Webhook
    secret: str | None = None
    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Managing:
    """Manages webhooks. All methods raise `Unavailable`."""

    webhooks: Webhooks
    inbox: Inbox
    keys: Callable[[], SigningKeys]
    test_origin: str

    def create(self, terms: Terms, by: By) -> Shown:
        """Make a webhook; under one key of one caller there is ever only one.

        Raises `InvalidRequest` for its URL, `KeyReused`, `NotFound` where it was deleted since, and
        `WebhookLimitExceeded`.
        """
        refuse_url(terms.url, test_origin=self.test_origin)
        webhook_id = f"wh_{by.made_by}"
        stands_for = _fingerprint(terms)
        found = self.webhooks.find(webhook_id)
        if found is not None:
            return self._replayed(found, stands_for, by)
        if len(self.webhooks.all()) >= MAX_WEBHOOKS:
            raise WebhookLimitExceeded(limit="webhooks", allowed=MAX_WEBHOOKS)
        first = SecretVersion(key_id=self.keys().newest, number=1, made_by=by.made_by)
        made = _with(
            Webhook(
                webhook_id=webhook_id,
                url=terms.url,
                description=terms.description,
                event_types=(),
                account_ids=(),
                secrets=(first,),
                fingerprint=stands_for,
                created_at=by.now,
                updated_at=by.now,
                updated_by=by.actor,
            ),
            terms,
            by,
        )
        try:
            saved = self.webhooks.save(made, _audit("create_webhook", None, made, by))
        except PreconditionFailed:
            return self._replayed(webhook_in(self.webhooks, webhook_id), stands_for, by)
        return self._shown(saved, first)

    def update(
        self, webhook_id: str, terms: Terms, version: int, by: By
    ) -> tuple[Webhook, Walk | None]:
        """Change a webhook that still has the *version* that was read.

        Returns with it, where it is enabled, the walk over what waits: after one that was lost,
        enabling it again goes on with everything. The case that it was disabled is resolved.
        Raises `InvalidRequest` for its URL, `NotFound` and `PreconditionFailed`.
        """
        refuse_url(terms.url, test_origin=self.test_origin)
        before = webhook_in(self.webhooks, webhook_id)
        if before.version != version:
            raise PreconditionFailed
        after = _with(before, terms, by)
        saved = self.webhooks.save(after, _audit("update_webhook", before, after, by))
        if saved.enabled:
            self._resolve(before, "The webhook was enabled again.", by)
        walk = resume_walk(webhook_id, saved.version, by.now) if saved.enabled else None
        return saved, walk

    def delete(self, webhook_id: str, by: By) -> Webhook:
        """Delete a webhook: nothing is sent to it any more. Raises `NotFound`."""
        before = webhook_in(self.webhooks, webhook_id)
        after = replace(before, deleted_at=by.now, updated_at=by.now, updated_by=by.actor)
        saved = self.webhooks.save(after, _audit("delete_webhook", before, after, by))
        self._resolve(before, "The webhook was deleted.", by)
        return saved

    def rotate(self, webhook_id: str, by: By) -> Shown:
        """Give a webhook a new secret; the one before signs as well for a day.

        Raises `NotFound`, `PreconditionFailed` and `WebhookLimitExceeded`.
        """
        before = webhook_in(self.webhooks, webhook_id)
        made = next((each for each in before.secrets if each.made_by == by.made_by), None)
        if made is not None:
            return replace(self._shown(before, made), replayed=True)
        if len(before.valid_secrets(by.now)) >= MAX_SECRETS:
            raise WebhookLimitExceeded(limit="valid secrets of a webhook", allowed=MAX_SECRETS)
        after = before.rotated(self.keys().newest, by.made_by, by.now)
        after = replace(after, updated_at=by.now, updated_by=by.actor)
        saved = self.webhooks.save(after, _audit("rotate_webhook_secret", before, after, by))
        return self._shown(saved, after.secrets[0])

    def _resolve(self, before: Webhook, why: str, by: By) -> None:
        """Resolve the case that a webhook was disabled; one that stays is resolved by hand."""
        if before.disabled in {None, DisabledBecause.ASKED}:
            return
        act = AdminAct(actor=by.actor, request_id=by.request_id, now=by.now, reason=why)
        with suppress(Unavailable):
            case = self.inbox.case(DISABLED_CASE, before.outage)
            if case is not None:
                resolve_case(self.inbox, case, act)

    def _replayed(self, found: Webhook, stands_for: str, by: By) -> Shown:
        if found.deleted_at is not None:
            raise NotFound("The webhook that was made under this key was deleted.")
        if found.fingerprint != stands_for:
            raise KeyReused("The key belongs to a webhook with other terms.")
        made = next((each for each in found.secrets if each.made_by == by.made_by), None)
        return replace(self._shown(found, made), replayed=True)

    def _shown(self, webhook: Webhook, version: SecretVersion | None) -> Shown:
        """Show a secret to the request that made it, for as long as it is the newest."""
        if version is None or version != webhook.secrets[0]:
            return Shown(webhook)
        return Shown(webhook, self.keys().secret(webhook.webhook_id, version))


def webhook_in(webhooks: Webhooks, webhook_id: str) -> Webhook:
    """Return a webhook; raise `NotFound` where there is none, or none any more."""
    found = webhooks.find(webhook_id)
    if found is None or found.deleted_at is not None:
        raise NotFound("There is no such webhook.")
    return found


def _with(webhook: Webhook, terms: Terms, by: By) -> Webhook:
    changed = replace(
        webhook,
        url=terms.url,
        description=terms.description,
        event_types=terms.event_types,
        account_ids=terms.account_ids,
        updated_at=by.now,
        updated_by=by.actor,
    )
    if terms.enabled and not webhook.enabled:
        return changed.enabled_again()
    if not terms.enabled and webhook.enabled:
        return changed.disabled_for(DisabledBecause.ASKED, by.now)
    return changed


def _fingerprint(terms: Terms) -> str:
    return fingerprint({name: value for name, value in _terms(terms).items() if value != ""})


def _terms(terms: Terms) -> Mapping[str, object]:
    return {
        "url": terms.url,
        "description": terms.description,
        "event_types": list(terms.event_types),
        "account_ids": [str(each) for each in terms.account_ids],
        "enabled": terms.enabled,
    }


def _audit(action: str, before: Webhook | None, after: Webhook, by: By) -> AuditRow:
    return AuditRow(
        at=by.now,
        actor=by.actor,
        action=action,
        subject=after.webhook_id,
        request_id=by.request_id,
        number=after.version,
        before=_audited(before) if before else {},
        after=_audited(after),
    )


def _audited(webhook: Webhook) -> Mapping[str, object]:
    return {
        "url": webhook.url,
        "description": webhook.description,
        "event_types": list(webhook.event_types),
        "account_ids": [str(each) for each in webhook.account_ids],
        "enabled": webhook.enabled,
        "secret": webhook.secrets[0].number,
        "deleted": webhook.deleted_at is not None,
    }
