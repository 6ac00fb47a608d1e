"""Reads of the whole ledger, page by page, so that nothing of it is ever in memory as a whole."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.keys import Key
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import reading
from prepaid.dynamodb.values import Item, serialize
from prepaid.ledger.dynamodb import items

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def accounts(
    client: "DynamoDBClient", table: str, *, segment: int, segments: int, after: AccountId | None
) -> Iterator[AccountId]:
    """Scan the ids of one of *segments* parts of all accounts, or of what comes *after* one.

    Raises `Unavailable`.
    """
    asked: dict[str, Any] = {
        "TableName": table,
        "ProjectionExpression": names.ACCOUNT_ID,
        "Segment": segment,
        "TotalSegments": segments,
    }
    if after is not None:
        asked["ExclusiveStartKey"] = serialize({names.ACCOUNT_ID: after})
    pages = client.get_paginator("scan").paginate(**asked)
    with reading():
        for page in pages:
            yield from map(account_id, page["Items"])


def account_id(item: Item) -> AccountId:
    """Return whose item it is."""
    return AccountId(item[names.ACCOUNT_ID]["S"])


def whole_accounts(
    client: "DynamoDBClient", table: str, *, segment: int, segments: int
) -> Iterator[Account]:
    """Scan one of *segments* parts of all accounts, each consistently. Raises `Unavailable`."""
    pages = client.get_paginator("scan").paginate(
        TableName=table, Segment=segment, TotalSegments=segments, ConsistentRead=True
    )
    with reading():
        for page in pages:
            yield from (items.account_from_item(item) for item in page["Items"])


def entries_under(
    client: "DynamoDBClient", table: str, account_id: AccountId, prefix: Key
) -> Iterator[Entry]:
    """Read every entry whose key begins with *prefix*, consistently, by key."""
    condition, values = f"{names.ACCOUNT_ID} = :account", {":account": str(account_id)}
    asked: dict[str, Any] = {"TableName": table, "ConsistentRead": True}
    if prefix:
        condition += " AND begins_with(#key, :prefix)"
        values[":prefix"] = prefix
        asked["ExpressionAttributeNames"] = {"#key": names.KEY}
    return _entries(client, asked, condition, values)


def entries_in_order(
    client: "DynamoDBClient", table: str, account_id: AccountId, after: tuple[Instant, int] | None
) -> Iterator[Entry]:
    """Read the entries from the `history` index, oldest first, or those *after* a place."""
    asked = {
        "TableName": table,
        "IndexName": names.HISTORY_INDEX,
        "ExpressionAttributeNames": {"#at": names.AT},
    }
    values = {":account": str(account_id), ":after": names.at(*after or (Instant(0), 0))}
    return _entries(client, asked, f"{names.ACCOUNT_ID} = :account AND #at > :after", values)


def _entries(
    client: "DynamoDBClient", asked: dict[str, Any], condition: str, values: dict[str, str]
) -> Iterator[Entry]:
    pages = client.get_paginator("query").paginate(
        **asked, KeyConditionExpression=condition, ExpressionAttributeValues=serialize(values)
    )
    with reading():
        for page in pages:
            yield from (items.entry_from_item(item) for item in page["Items"])
