"""What moved in each account on each UTC day, in DynamoDB's table of records."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from prepaid.analytics.dynamodb import rows
from prepaid.analytics.snapshot_ports import AccountDay, Part
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.values import Item, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_POSTED_AT = "posted_at"


class DynamoAccountDays:
    """`AccountDays` on DynamoDB: a partition for each part, sorted by day, then by account."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def since(self, part: Part, day: date) -> Iterator[AccountDay]:
        """Query the part from *day* on."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=f"{names.KIND_ID} = :part AND {names.SORT} >= :day",
            ExpressionAttributeValues=serialize({":part": _kind(part), ":day": day.isoformat()}),
            ConsistentRead=True,
        )
        with reading():
            for page in pages:
                yield from (_from_item(item) for item in page["Items"])

    def day(self, part: Part, account_id: AccountId, day: date) -> AccountDay | None:
        """Read one day of an account."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.KIND_ID: _kind(part), names.SORT: _sort(account_id, day)}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return _from_item(item) if item else None

    def keep(self, part: Part, found: AccountDay) -> None:
        """Write a day on condition that it knows of more entries than what is there."""
        row = {
            names.KIND_ID: _kind(part),
            names.SORT: _sort(found.account_id, found.day),
            names.SEQ: found.seq,
            _POSTED_AT: found.at,
            **rows.flows_to_row(found.flows),
        }
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item=serialize(row),
                    ConditionExpression=f"attribute_not_exists({names.KIND_ID}) OR #seq < :seq",
                    ExpressionAttributeNames={"#seq": names.SEQ},
                    ExpressionAttributeValues=serialize({":seq": found.seq}),
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise


def _kind(part: Part) -> str:
    return f"account_day#{part.number}/{part.parts}"


def _sort(account_id: AccountId, day: date) -> str:
    return f"{day.isoformat()}#{account_id}"


def _from_item(item: Item) -> AccountDay:
    row = deserialize(item)
    day, _, account_id = row[names.SORT].partition("#")
    return AccountDay(
        account_id=AccountId(account_id),
        day=date.fromisoformat(day),
        seq=row[names.SEQ],
        at=Instant(row[_POSTED_AT]),
        flows=rows.flows_from_row(row),
    )
