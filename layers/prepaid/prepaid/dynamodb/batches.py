"""Reading many items of one table by their keys, consistently."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.failures import TURNED_AWAY, reading
from prepaid.dynamodb.values import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def read_batch(
    client: "DynamoDBClient", table: str, keys: Sequence[Mapping[str, Any]]
) -> Iterator[Item]:
    """Go through those items of at most 100 different keys that are there, in any order.

    Raises `Unavailable` when DynamoDB leaves a whole batch unread.
    """
    asked = list(keys)
    while asked:
        with reading():
            answer = client.batch_get_item(
                RequestItems={table: {"Keys": asked, "ConsistentRead": True}}
            )
        yield from answer["Responses"].get(table, [])
        left = answer["UnprocessedKeys"].get(table)
        if left and len(left["Keys"]) == len(asked):
            raise Unavailable(TURNED_AWAY)
        asked = [dict(key) for key in left["Keys"]] if left else []
