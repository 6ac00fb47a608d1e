"""Records that are neither money nor catalogue: exceptions for admins, profiles of accounts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from prepaid.adapters.dynamodb import items, keys
from prepaid.adapters.dynamodb.failures import NOT_WRITTEN, translated
from prepaid.domain.credits import AccountId, Instant

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CUSTOMER = "stripe_customer"


class DynamoRecords:
    """`Exceptions` and `Customers` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        self._add(
            {
                keys.KIND_ID: f"exception#{kind}",
                keys.SORT: subject,
                "detail": detail,
                keys.CREATED_AT: now,
            }
        )

    def customer(self, account_id: AccountId) -> str | None:
        """Return the processor's customer of an account, or `None`."""
        with translated():
            answer = self._client.get_item(
                TableName=self._table,
                Key=items.sealed({keys.KIND_ID: f"profile#{account_id}", keys.SORT: CUSTOMER}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return item["customer_id"]["S"] if item else None

    def remember(self, account_id: AccountId, customer_id: str) -> str:
        """Keep the customer's id, or return the one that was kept first."""
        row = {
            keys.KIND_ID: f"profile#{account_id}",
            keys.SORT: CUSTOMER,
            "customer_id": customer_id,
        }
        return customer_id if self._add(row) else self.customer(account_id) or customer_id

    def _add(self, row: Mapping[str, object]) -> bool:
        try:
            with translated():
                self._client.put_item(
                    TableName=self._table,
                    Item=items.sealed(row),
                    ConditionExpression=f"attribute_not_exists({keys.KIND_ID})",
                )
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                return False
            raise
        return True
