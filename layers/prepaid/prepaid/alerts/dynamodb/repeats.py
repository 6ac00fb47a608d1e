"""Repeats on DynamoDB: which alerts are to be looked at again, and when."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from prepaid.alerts.dynamodb.outbox import alert_from_item, put_alert
from prepaid.alerts.ports import Repeat
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import Cancelled, translated
from prepaid.dynamodb.shards import DuePage, Position, all_due, read_page
from prepaid.dynamodb.values import Item, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoRepeats:
    """`Repeats` on the alerts' table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def due(self, *, now: Instant) -> Iterator[Repeat]:
        """Query the index of repeats, shard by shard, the longest due first."""
        return all_due(
            lambda shard, position: self._due_in(shard, now, position),
            lambda repeat: (repeat.account_id, repeat.alert_id),
        )

    def _due_in(self, shard: int, now: Instant, position: Position | None) -> DuePage[Repeat]:
        asked = {
            "TableName": self._table,
            "IndexName": names.REPEATS_INDEX,
            "KeyConditionExpression": (
                f"{names.REPEAT_SHARD} = :shard AND {names.REPEAT_AT} <= :now"
            ),
            "ExpressionAttributeValues": serialize({":shard": str(shard), ":now": now}),
        }
        return read_page(self._client, asked, _repeat, position)

    def next(self, repeat: Repeat, *, at: Instant | None, again: Alert | None) -> bool:
        """Change the alert's row where it is as it was seen, and write the new one with it."""
        writes: list[dict[str, Any]] = [{"Update": self._update(repeat, at)}]
        if again is not None:
            writes.append(put_alert(again, self._table))
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]  # plain dicts
        except Cancelled:  # where a condition has failed, and for no other reason
            return False
        return True

    def _update(self, repeat: Repeat, at: Instant | None) -> dict[str, Any]:
        values = {":seen": repeat.at}
        change = f"REMOVE {names.REPEAT_SHARD}, {names.REPEAT_AT}"
        if at is not None:
            change, values = f"SET {names.REPEAT_AT} = :at", {**values, ":at": at}
        return {
            "TableName": self._table,
            "Key": serialize(
                {names.ACCOUNT_ID: repeat.account_id, names.ALERT_ID: repeat.alert_id}
            ),
            "UpdateExpression": change,
            "ConditionExpression": f"{names.REPEAT_AT} = :seen",
            "ExpressionAttributeValues": serialize(values),
        }


def _repeat(item: Item) -> Repeat:
    return Repeat(
        account_id=AccountId(item[names.ACCOUNT_ID]["S"]),
        alert_id=item[names.ALERT_ID]["S"],
        at=Instant(int(item[names.REPEAT_AT]["N"])),
        read=partial(alert_from_item, item),
        acknowledged=names.ACKNOWLEDGED in item,
    )
