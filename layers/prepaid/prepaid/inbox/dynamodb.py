"""Exceptions in DynamoDB: rows of the table of records."""

from typing import TYPE_CHECKING

from prepaid.domain.credits import Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoExceptions:
    """`Exceptions` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._records = RecordsTable(client, table)

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        self._records.add(
            {
                names.KIND_ID: f"exception#{kind}",
                names.SORT: subject,
                "detail": detail,
                names.CREATED_AT: now,
            }
        )
