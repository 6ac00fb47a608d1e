"""Rows of webhooks, deliveries and walks; what has its default is left out."""

from collections.abc import Mapping
from typing import Any

from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.values import Plain, moment
from prepaid.webhooks.delivery import Delivery, DeliveryState, Try
from prepaid.webhooks.ports import Walk
from prepaid.webhooks.retrying import REPLAY_SECONDS
from prepaid.webhooks.webhook import DisabledBecause, SecretVersion, Webhook

WEBHOOK = "webhook"
DELIVERY = "webhook_delivery"
WALK = "webhook_walk"
TEST = "webhook_test"
STATE = "state"
TURN = "turn"
CLAIMED_UNTIL = "claimed_until"
REMOVE_AT = names.REMOVE_AT
"""When the table's time to live removes a row; readers ignore it from that moment on."""


def delivery_partition(webhook_id: str) -> str:
    """Return the partition key of a webhook's deliveries."""
    return f"{DELIVERY}#{webhook_id}"


def walk_partition(webhook_id: str) -> str:
    """Return the partition key of a webhook's walks."""
    return f"{WALK}#{webhook_id}"


def webhook_to_row(webhook: Webhook, *, version: int) -> Plain:
    """Write a webhook with the version that its write gives it."""
    deleted_at = webhook.deleted_at
    return _given(
        {
            names.KIND_ID: WEBHOOK,
            names.SORT: webhook.webhook_id,
            names.VERSION: version,
            "url": webhook.url,
            "description": webhook.description or None,
            "event_types": list(webhook.event_types) or None,
            "account_ids": list(webhook.account_ids) or None,
            "secrets": [
                [each.key_id, each.number, each.made_by, each.valid_until]
                for each in webhook.secrets
            ],
            "fingerprint": webhook.fingerprint,
            names.CREATED_AT: webhook.created_at,
            "updated_at": webhook.updated_at,
            "updated_by": webhook.updated_by,
            "disabled": webhook.disabled and str(webhook.disabled),
            "disabled_at": webhook.disabled_at,
            "failing_since": webhook.failing_since,
            "deleted_at": deleted_at,
            REMOVE_AT: None if deleted_at is None else deleted_at + REPLAY_SECONDS,
        }
    )


def webhook_from_row(row: Mapping[str, Any]) -> Webhook:
    """Read a webhook."""
    disabled = row.get("disabled")
    return Webhook(
        webhook_id=row[names.SORT],
        version=row[names.VERSION],
        url=row["url"],
        description=row.get("description", ""),
        event_types=tuple(row.get("event_types", ())),
        account_ids=tuple(AccountId(each) for each in row.get("account_ids", ())),
        secrets=tuple(
            SecretVersion(key_id=key_id, number=number, made_by=by, valid_until=moment(until))
            for key_id, number, by, until in row["secrets"]
        ),
        fingerprint=row["fingerprint"],
        created_at=Instant(row[names.CREATED_AT]),
        updated_at=Instant(row["updated_at"]),
        updated_by=row["updated_by"],
        disabled=None if disabled is None else DisabledBecause(disabled),
        disabled_at=moment(row.get("disabled_at")),
        failing_since=moment(row.get("failing_since")),
        deleted_at=moment(row.get("deleted_at")),
    )


def delivery_to_row(delivery: Delivery, *, due_shard: str) -> Plain:
    """Write a delivery; one that the sweep is to look at stands in the index `due`."""
    return _given(
        {
            names.KIND_ID: delivery_partition(delivery.webhook_id),
            names.SORT: delivery.delivery_id,
            "message_id": delivery.message_id,
            "event_type": delivery.event_type,
            names.ACCOUNT_ID: delivery.account_id,
            "body": delivery.body,
            names.AT: delivery.at,
            REMOVE_AT: delivery.forget_at,
            STATE: str(delivery.state),
            TURN: delivery.turn,
            "failed": delivery.failed or None,
            "tried": delivery.tried or None,
            "tries": [
                [each.at, each.milliseconds, each.status, each.error, each.excerpt]
                for each in delivery.tries
            ]
            or None,
            "next_at": delivery.next_at,
            names.DUE_SHARD: None if delivery.due_at is None else due_shard,
            names.DUE_AT: delivery.due_at,
            "single": delivery.single or None,
            "replay_keys": list(delivery.replay_keys) or None,
        }
    )


def delivery_from_row(row: Mapping[str, Any]) -> Delivery:
    """Read a delivery."""
    account_id = row.get(names.ACCOUNT_ID)
    return Delivery(
        webhook_id=row[names.KIND_ID].partition("#")[2],
        delivery_id=row[names.SORT],
        message_id=row["message_id"],
        event_type=row["event_type"],
        account_id=None if account_id is None else AccountId(account_id),
        body=row["body"],
        at=Instant(row[names.AT]),
        forget_at=Instant(row[REMOVE_AT]),
        state=DeliveryState(row[STATE]),
        turn=row[TURN],
        failed=row.get("failed", 0),
        tried=row.get("tried", 0),
        tries=tuple(
            Try(at=Instant(at), milliseconds=took, status=status, error=error, excerpt=excerpt)
            for at, took, status, error, excerpt in row.get("tries", ())
        ),
        next_at=moment(row.get("next_at")),
        due_at=moment(row.get(names.DUE_AT)),
        single=row.get("single", False),
        replay_keys=tuple(row.get("replay_keys", ())),
    )


def walk_to_row(walk: Walk) -> Plain:
    """Write a walk."""
    return _given(
        {
            names.KIND_ID: walk_partition(walk.webhook_id),
            names.SORT: walk.walk_id,
            "since": walk.since,
            "until": walk.until,
            "only_waiting": walk.only_waiting or None,
            "only_failed": walk.only_failed or None,
            "position": walk.position,
            "found": walk.found or None,
            "finished": walk.finished or None,
            names.DUE_SHARD: None if walk.due_at is None else WALK,
            names.DUE_AT: walk.due_at,
            REMOVE_AT: walk.forget_at,
        }
    )


def walk_from_row(row: Mapping[str, Any]) -> Walk:
    """Read a walk."""
    return Walk(
        webhook_id=row[names.KIND_ID].partition("#")[2],
        walk_id=row[names.SORT],
        since=Instant(row["since"]),
        until=Instant(row["until"]),
        only_waiting=row.get("only_waiting", False),
        only_failed=row.get("only_failed", False),
        position=row.get("position"),
        found=row.get("found", 0),
        finished=row.get("finished", False),
        due_at=moment(row.get(names.DUE_AT)),
        forget_at=Instant(row[REMOVE_AT]),
    )


def _given(row: Mapping[str, object]) -> Plain:
    return {name: value for name, value in row.items() if value is not None}
