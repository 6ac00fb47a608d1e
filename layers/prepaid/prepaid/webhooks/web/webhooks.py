"""Webhooks as whoever manages them sees and changes them."""

from typing import Annotated, Any, Self

from pydantic import Field

from prepaid.domain.credits import Instant
from prepaid.web.actor import actor_name
from prepaid.web.fields import AccountIdIn, Text, WholeNumber
from prepaid.web.models import OptOut, WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.request import Request
from prepaid.webhooks.addresses import MAX_URL
from prepaid.webhooks.managing import By, Shown, Terms
from prepaid.webhooks.webhook import DisabledBecause, Webhook

MAX_TYPES = 50
MAX_ACCOUNTS = 100
EventType = Annotated[str, Text(100, r"credits(\.[a-z0-9_]+)*(\.\*)?")]
"""A type of events, or all whose names begin so, as `credits.balance.*`."""


class WebhookIn(WireIn):
    """Where events are sent, and which ones: without a list, all of them."""

    url: Annotated[str, Text(MAX_URL)] = Field(
        description="An https URL of a public host. Redirects are not followed."
    )
    description: Annotated[str, Text(200)] | None = None
    event_types: Annotated[list[EventType], Field(max_length=MAX_TYPES)] | None = Field(
        default=None, description="Only events of these types; `credits.balance.*` is all below."
    )
    account_ids: Annotated[list[AccountIdIn], Field(max_length=MAX_ACCOUNTS)] | None = Field(
        default=None, description="Only what happens to these accounts."
    )
    enabled: OptOut = True

    def terms(self) -> Terms:
        """Return what is meant."""
        return Terms(
            url=self.url,
            description=self.description or "",
            event_types=tuple(self.event_types or ()),
            account_ids=tuple(self.account_ids or ()),
            enabled=self.enabled,
        )


class WebhookChangeIn(WebhookIn):
    """All terms of a webhook, as they shall be from now on."""

    version: Annotated[int, WholeNumber(1, 1_000_000_000)] = Field(
        description="The version that was read; 412 where there is a later one."
    )


class WebhookOut(WireOut):
    """A webhook; its secrets are never shown again."""

    webhook_id: str
    url: str
    description: str
    event_types: list[str]
    account_ids: list[str]
    enabled: bool
    disabled_reason: DisabledBecause | None = Field(
        description="`asked`; `gone` after a 410; `failing` after five days without a success."
    )
    disabled_at: TimestampOut | None
    failing_since: TimestampOut | None = Field(
        description="The first failure since the last success."
    )
    old_secrets_valid_until: list[TimestampOut] = Field(
        description="When each secret before the newest stops signing."
    )
    created_at: TimestampOut
    updated_at: TimestampOut
    updated_by: str
    version: int

    @classmethod
    def of(cls, webhook: Webhook, now: Instant) -> Self:
        """Show *webhook*."""
        return cls(**_facts(webhook, now))


class WebhookWithSecretOut(WebhookOut):
    """A webhook with the secret that this request made."""

    secret: str | None = Field(
        description="What the receiver verifies with; null once there is a newer one."
    )

    @classmethod
    def shown(cls, shown: Shown, now: Instant) -> Self:
        """Show a webhook and its newest secret."""
        return cls(**_facts(shown.webhook, now), secret=shown.secret)


class WebhooksOut(WireOut):
    """Every webhook, the oldest first."""

    items: list[WebhookOut]


class WebhookDeletedOut(WireOut):
    """A webhook to which nothing is sent any more."""

    webhook_id: str


def by(request: Request[Any, Any]) -> By:
    """Return who asks."""
    return By(
        actor=actor_name(request),
        request_id=request.request_id,
        now=request.received_at,
        key=request.key,
    )


def _facts(webhook: Webhook, now: Instant) -> dict[str, Any]:
    ends = [each.valid_until for each in webhook.valid_secrets(now)]
    return {
        "webhook_id": webhook.webhook_id,
        "url": webhook.url,
        "description": webhook.description,
        "event_types": list(webhook.event_types),
        "account_ids": [str(each) for each in webhook.account_ids],
        "enabled": webhook.enabled,
        "disabled_reason": webhook.disabled,
        "disabled_at": _shown(webhook.disabled_at),
        "failing_since": _shown(webhook.failing_since),
        "old_secrets_valid_until": [timestamp(each) for each in ends if each is not None],
        "created_at": timestamp(webhook.created_at),
        "updated_at": timestamp(webhook.updated_at),
        "updated_by": webhook.updated_by,
        "version": webhook.version,
    }


def _shown(moment: Instant | None) -> str | None:
    return None if moment is None else timestamp(moment)
