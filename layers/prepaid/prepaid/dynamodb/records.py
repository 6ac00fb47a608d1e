"""The table of records that are neither money nor catalogue: rows by kind and sort key."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.values import Plain, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class RecordsTable:
    """Reads and writes one row at a time. Every method raises `Unavailable`."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self._client = client
        self._name = name

    def read(self, kind_id: str, sort: str) -> Plain | None:
        """Read a row consistently; `None` if there is none."""
        with reading():
            answer = self._client.get_item(
                TableName=self._name,
                Key=serialize({names.KIND_ID: kind_id, names.SORT: sort}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return deserialize(item) if item else None

    def add(self, row: Mapping[str, object]) -> bool:
        """Write a row unless its key is taken; return whether it was written."""
        try:
            with translated():
                self._client.put_item(
                    TableName=self._name,
                    Item=serialize(row),
                    ConditionExpression=f"attribute_not_exists({names.KIND_ID})",
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
            "TableName": self._name,
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

    def replace(self, row: Mapping[str, object]) -> None:
        """Write a row, whatever is there."""
        with translated():
            self._client.put_item(TableName=self._name, Item=serialize(row))
