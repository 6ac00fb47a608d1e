"""Deliveries and walks in DynamoDB: a partition for each webhook, ordered by time."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.domain.credits import Instant
from prepaid.due_work import DueRow
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.shards import SHARDS, DuePage, Position, all_due, read_page
from prepaid.dynamodb.values import Item, Plain, deserialize, serialize
from prepaid.webhooks.delivery import Delivery, DeliveryState
from prepaid.webhooks.dynamodb.rows import (
    CLAIMED_UNTIL,
    DELIVERY,
    REMOVE_AT,
    STATE,
    TEST,
    TURN,
    WALK,
    delivery_from_row,
    delivery_partition,
    delivery_to_row,
    walk_from_row,
    walk_partition,
    walk_to_row,
)
from prepaid.webhooks.ports import Claimed, Walk
from prepaid.webhooks.retrying import REPLAY_SECONDS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NEW = f"attribute_not_exists({names.KIND_ID})"


class DynamoDeliveries:
    """`Deliveries` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, webhook_id: str, delivery_id: str, *, now: Instant) -> Delivery | None:
        """Read a delivery consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table, Key=_key(webhook_id, delivery_id), ConsistentRead=True
            )
        return next(iter(_living([answer["Item"]], now)), None) if "Item" in answer else None

    def add(self, delivery: Delivery) -> bool:
        """Put a delivery that is not there."""
        return self._written(
            TableName=self._table,
            Item=serialize(_row(delivery)),
            ConditionExpression=NEW,
        )

    def claim(self, delivery: Delivery, *, now: Instant, until: Instant) -> bool:
        """Put a new delivery with its claim; take one that is there on condition of its turn."""
        if delivery.turn == 0 and self._written(
            TableName=self._table,
            Item=serialize(_row(delivery) | {CLAIMED_UNTIL: until}),
            ConditionExpression=NEW,
        ):
            return True
        try:
            with translated():
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(delivery.webhook_id, delivery.delivery_id),
                    UpdateExpression=f"SET {CLAIMED_UNTIL} = :until",
                    ConditionExpression=(
                        f"{TURN} = :turn AND #state = :pending"
                        f" AND (attribute_not_exists({CLAIMED_UNTIL}) OR {CLAIMED_UNTIL} <= :now)"
                    ),
                    ExpressionAttributeNames={"#state": STATE},
                    ExpressionAttributeValues=serialize(
                        {
                            ":until": until,
                            ":now": now,
                            ":turn": delivery.turn,
                            ":pending": str(DeliveryState.PENDING),
                        }
                    ),
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            there: Item = dict(error.response).get("Item", {})  # type: ignore[assignment]  # botocore's stubs leave it out
            if there and _is_at(deserialize(there), delivery):
                raise Claimed from error
            return False
        return True

    def save(self, delivery: Delivery, *, seen: int) -> bool:
        """Put a delivery on condition of the turn that was seen."""
        return self._written(
            TableName=self._table,
            Item=serialize(_row(delivery)),
            ConditionExpression=f"{TURN} = :seen",
            ExpressionAttributeValues=serialize({":seen": seen}),
        )

    def postpone(self, delivery: Delivery) -> None:
        """Set when the sweep looks again, on condition of the turn."""
        try:
            with translated():
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(delivery.webhook_id, delivery.delivery_id),
                    UpdateExpression=f"SET {names.DUE_AT} = :due_at",
                    ConditionExpression=f"{TURN} = :turn",
                    ExpressionAttributeValues=serialize(
                        {":due_at": delivery.due_at, ":turn": delivery.turn}
                    ),
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise

    def test_at(self, webhook_id: str, key: str, now: Instant) -> tuple[Instant, bool]:
        """Put a row for the request; where there is one, its time counts."""
        row = {
            names.KIND_ID: f"{TEST}#{webhook_id}",
            names.SORT: key,
            names.AT: now,
            REMOVE_AT: now + REPLAY_SECONDS,
        }
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item=serialize(row),
                    ConditionExpression=NEW,
                    ReturnValuesOnConditionCheckFailure="ALL_OLD",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            there: Item = dict(error.response)["Item"]  # type: ignore[assignment]  # botocore's stubs leave it out
            return Instant(deserialize(there)[names.AT]), True
        return now, False

    def latest(
        self, webhook_id: str, *, limit: int, before: str | None, now: Instant
    ) -> Sequence[Delivery]:
        """Query a webhook's partition backwards."""
        return self._page(webhook_id, limit, before, now, forwards=False, first="")

    def since(
        self, webhook_id: str, first: str, *, limit: int, after: str | None, now: Instant
    ) -> Sequence[Delivery]:
        """Query a webhook's partition from an id on."""
        return self._page(webhook_id, limit, after, now, forwards=True, first=first)

    def due(self, *, now: Instant) -> Iterator[DueRow[Delivery]]:
        """Query the index `due`, shard by shard."""
        return all_due(
            lambda shard, position: self._due_in(shard, now, position),
            lambda each: (each.owner_id, each.row_id),
        )

    def _due_in(
        self, shard: int, now: Instant, position: Position | None
    ) -> DuePage[DueRow[Delivery]]:
        asked = _due(self._table, f"{DELIVERY}#{shard}", now)
        return read_page(self._client, asked, _due_row(_delivery_from_item), position)

    def _page(
        self,
        webhook_id: str,
        limit: int,
        start: str | None,
        now: Instant,
        *,
        forwards: bool,
        first: str,
    ) -> Sequence[Delivery]:
        partition = delivery_partition(webhook_id)
        condition, values = f"{names.KIND_ID} = :kind", {":kind": partition}
        if first:
            condition, values = f"{condition} AND #sort >= :first", values | {":first": first}
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": serialize(values),
            "ScanIndexForward": forwards,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if first:
            asked["ExpressionAttributeNames"] = {"#sort": names.SORT}
        if start is not None:
            asked["ExclusiveStartKey"] = _key(webhook_id, start)
        with reading():
            answer = self._client.query(**asked)
        return _living(answer["Items"], now)

    def _written(self, **put: Any) -> bool:
        try:
            with translated():
                self._client.put_item(**put)
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                return False
            raise
        return True


class DynamoWalks:
    """`Walks` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def find(self, webhook_id: str, walk_id: str) -> Walk | None:
        """Read a walk consistently."""
        key = {names.KIND_ID: walk_partition(webhook_id), names.SORT: walk_id}
        with reading():
            answer = self._client.get_item(
                TableName=self._table, Key=serialize(key), ConsistentRead=True
            )
        return walk_from_row(deserialize(answer["Item"])) if "Item" in answer else None

    def save(self, walk: Walk) -> None:
        """Put a walk."""
        with translated():
            self._client.put_item(TableName=self._table, Item=serialize(walk_to_row(walk)))

    def due(self, *, now: Instant) -> Sequence[DueRow[Walk]]:
        """Query one page of the index `due`: walks are few."""
        asked = _due(self._table, WALK, now)
        found, _ = read_page(self._client, asked, _due_row(_walk_from_item), None)
        return found


def shard_of(delivery: Delivery) -> int:
    """Return the shard in which a delivery that is due is found."""
    return zlib.crc32(delivery.delivery_id.encode()) % SHARDS


def _due(table: str, shard: str, now: Instant) -> dict[str, Any]:
    return {
        "TableName": table,
        "IndexName": names.DUE_INDEX,
        "KeyConditionExpression": f"{names.DUE_SHARD} = :shard AND {names.DUE_AT} <= :now",
        "ExpressionAttributeValues": serialize({":shard": shard, ":now": now}),
    }


def _key(webhook_id: str, delivery_id: str) -> dict[str, Any]:
    return serialize({names.KIND_ID: delivery_partition(webhook_id), names.SORT: delivery_id})


def _row(delivery: Delivery) -> Plain:
    return delivery_to_row(delivery, due_shard=f"{DELIVERY}#{shard_of(delivery)}")


def _is_at(row: Plain, delivery: Delivery) -> bool:
    return bool(row[TURN] == delivery.turn and row[STATE] == str(DeliveryState.PENDING))


def _living(items: Sequence[Item], now: Instant) -> Sequence[Delivery]:
    rows = [deserialize(item) for item in items]
    return [delivery_from_row(row) for row in rows if row[REMOVE_AT] > now]


def _due_row[Row](read: Callable[[Item], Row]) -> Callable[[Item], DueRow[Row]]:
    """Return what finds the ids of a row, which is read later."""

    def found(item: Item) -> DueRow[Row]:
        webhook_id = item[names.KIND_ID]["S"].partition("#")[2]
        return DueRow(webhook_id, item[names.SORT]["S"], partial(read, item))

    return found


def _delivery_from_item(item: Item) -> Delivery:
    return delivery_from_row(deserialize(item))


def _walk_from_item(item: Item) -> Walk:
    return walk_from_row(deserialize(item))
