"""What an admin must look at, kept in DynamoDB."""

from prepaid.domain.credits import Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable


class DynamoExceptions:
    """`Exceptions` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        self._table.add(
            {
                names.KIND_ID: f"exception#{kind}",
                names.SORT: subject,
                "detail": detail,
                names.CREATED_AT: now,
            }
        )
