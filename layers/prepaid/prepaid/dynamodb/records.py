"""The table of records: small rows of several features, by kind and sort key."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import Contended
from prepaid.dynamodb import names
from prepaid.dynamodb.audit import put_audit_row
from prepaid.dynamodb.batches import read_batch
from prepaid.dynamodb.failures import (
    CONDITION_FAILED,
    NOT_WRITTEN,
    Cancelled,
    reading,
    translated,
)
from prepaid.dynamodb.values import Plain, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOTHING: Mapping[str, object] = MappingProxyType({})


class RecordsTable:
    """Reads, adds and replaces rows; each has `names.KIND_ID` and `names.SORT`."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def read(self, kind_id: str, sort: str) -> Plain | None:
        """Return a row, consistently, or `None`. Raises `Unavailable`."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.KIND_ID: kind_id, names.SORT: sort}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return deserialize(item) if item else None

    def read_all(self, keys: Sequence[tuple[str, str]]) -> Sequence[Plain]:
        """Return those of at most 100 rows that are there, consistently. Raises `Unavailable`."""
        asked = [serialize({names.KIND_ID: kind, names.SORT: sort}) for kind, sort in keys]
        return [deserialize(item) for item in read_batch(self._client, self._table, asked)]

    def add(self, row: Mapping[str, object]) -> bool:
        """Write a row unless one with its keys is there; say whether it was written.

        Raises `Unavailable`.
        """
        return self.put_if(row, f"attribute_not_exists({names.KIND_ID})")

    def put_if(self, row: Mapping[str, object], when: str) -> bool:
        """Write a row on condition *when*; say whether it was written. Raises `Unavailable`."""
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table, Item=serialize(row), ConditionExpression=when
                )
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                return False
            raise
        return True

    def latest(
        self, shard: str, *, limit: int, after: Mapping[str, object] | None
    ) -> Sequence[Plain]:
        """Read rows of one shard of the index `due`, the latest first, after a row's keys."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": names.DUE_INDEX,
            "KeyConditionExpression": f"{names.DUE_SHARD} = :shard",
            "ExpressionAttributeValues": serialize({":shard": shard}),
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after is not None:
            asked["ExclusiveStartKey"] = serialize(after)
        with reading():
            answer = self._client.query(**asked)
        return [deserialize(item) for item in answer["Items"]]

    def backwards(self, kind_id: str, *, limit: int, before: str | None) -> Sequence[Plain]:
        """Read rows of one partition, the last first, those *before* a sort key if there is one.

        Consistently, one page of them. Raises `Unavailable`.
        """
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": f"{names.KIND_ID} = :kind_id",
            "ExpressionAttributeValues": serialize({":kind_id": kind_id}),
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if before is not None:
            asked["ExclusiveStartKey"] = serialize({names.KIND_ID: kind_id, names.SORT: before})
        with reading():
            answer = self._client.query(**asked)
        return [deserialize(item) for item in answer["Items"]]

    def put(
        self, row: Mapping[str, object], *, when: str = "", values: Mapping[str, object] = NOTHING
    ) -> dict[str, Any]:
        """Return the write of a row on condition *when*, as a part of a transaction."""
        return {"Put": {"TableName": self._table, "Item": serialize(row), **_if(when, values)}}

    def delete(
        self, kind_id: str, sort: str, *, when: str = "", values: Mapping[str, object] = NOTHING
    ) -> dict[str, Any]:
        """Return the delete of a row on condition *when*, as a part of a transaction."""
        key = serialize({names.KIND_ID: kind_id, names.SORT: sort})
        return {"Delete": {"TableName": self._table, "Key": key, **_if(when, values)}}

    def audited(
        self, write: dict[str, Any], audit: AuditRow, also: Sequence[dict[str, Any]] = ()
    ) -> bool:
        """Write a row together with what an admin did, and *also* others, or nothing.

        Say whether the condition of *write* held. Raises `Unavailable`.
        """
        writes: list[Any] = [write, put_audit_row(audit, self._table), *also]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)
        except Cancelled as cancelled:
            if cancelled.reasons[0].get("Code") == CONDITION_FAILED:
                return False
            raise Contended from cancelled
        return True

    def replace(self, row: Mapping[str, object]) -> None:
        """Write a row, whatever was there. Raises `Unavailable`."""
        with translated():
            self._client.put_item(TableName=self._table, Item=serialize(row))


def _if(when: str, values: Mapping[str, object]) -> dict[str, Any]:
    given = {"ConditionExpression": when} if when else {}
    return given | ({"ExpressionAttributeValues": serialize(values)} if values else {})
