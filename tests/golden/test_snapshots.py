"""Rows of snapshots, word for word: each is written so and read by every later release."""

from datetime import date
from typing import TYPE_CHECKING, Any

from moto import mock_aws
from prepaid.analytics.dynamodb.account_days import DynamoAccountDays
from prepaid.analytics.dynamodb.snapshots import DynamoSnapshots

from tests.analytics.test_snapshot_stores import DAY, PART, account_day, snapshot
from tests.golden.reading import stored
from tests.support.dynamodb import create_tables, new_client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "credit_records"
BOTH = (PART, type(PART)(1, 2))


def made() -> "DynamoDBClient":
    client = new_client()
    create_tables(client, "", [TABLE])
    return client


def rows(client: "DynamoDBClient") -> list[Any]:
    found = client.scan(TableName=TABLE)["Items"]
    return sorted(found, key=lambda row: (row["kind_id"]["S"], row["sort"]["S"]))


def test_rows_of_snapshots_are_written_word_for_word() -> None:
    with mock_aws():
        client = made()
        DynamoAccountDays(client, TABLE).keep(PART, account_day())
        for part in BOTH:
            DynamoSnapshots(client, TABLE).keep(snapshot(part))

        assert rows(client) == stored("release_3", "snapshots")


def test_rows_of_snapshots_are_read() -> None:
    with mock_aws():
        client = made()
        for row in stored("release_3", "snapshots"):
            client.put_item(TableName=TABLE, Item=row)

        assert list(DynamoAccountDays(client, TABLE).since(PART, date.min)) == [account_day()]
        found = DynamoSnapshots(client, TABLE).read(date.min, DAY)
        assert found == [snapshot(part) for part in BOTH]
