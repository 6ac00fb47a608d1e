"""Starts of purchases in DynamoDB: one record an account, replaced together with the payment."""

from typing import TYPE_CHECKING, Any

from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import CONDITION_FAILED, Cancelled, reading, translated
from prepaid.dynamodb.values import deserialize, serialize
from prepaid.payments.dynamodb.payments import replace_payment
from prepaid.payments.payment import Payment
from prepaid.payments.ports import PaymentExists, StartsMoved
from prepaid.payments.purchase_starts import PurchaseStarts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

STARTS = "starts"
STARTED_AT = "started_at"


class DynamoPaymentStarts:
    """`PaymentStarts` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", *, payments: str, records: str) -> None:
        self._client = client
        self._payments = payments
        self._records = records

    def starts(self, account_id: AccountId) -> PurchaseStarts:
        """Read when an account started to buy, consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._records, Key=serialize(_key(account_id)), ConsistentRead=True
            )
        item = answer.get("Item")
        if not item:
            return PurchaseStarts(account_id=account_id)
        row = deserialize(item)
        return PurchaseStarts(
            account_id=account_id,
            at=tuple(Instant(int(each)) for each in row[STARTED_AT]),
            version=int(row[names.VERSION]),
        )

    def start(self, payment: Payment, starts: PurchaseStarts) -> None:
        """Write a new payment and the record of its start in one transaction."""
        writes = [replace_payment(payment, self._payments), self._replace(starts)]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]  # plain dicts
        except Cancelled as cancelled:
            there = cancelled.reasons[0].get("Code") == CONDITION_FAILED
            raise (PaymentExists if there else StartsMoved) from cancelled

    def _replace(self, starts: PurchaseStarts) -> dict[str, Any]:
        row = {
            **_key(starts.account_id),
            STARTED_AT: list(starts.at),
            names.VERSION: starts.version + 1,
        }
        put: dict[str, Any] = {
            "TableName": self._records,
            "Item": serialize(row),
            "ConditionExpression": f"attribute_not_exists({names.KIND_ID})",
        }
        if starts.version:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": starts.version})
        return {"Put": put}


def _key(account_id: AccountId) -> dict[str, object]:
    return {names.KIND_ID: f"{STARTS}#{account_id}", names.SORT: STARTS}
