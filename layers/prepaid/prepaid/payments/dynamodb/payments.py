"""Payments in DynamoDB: one row each, replaced on condition of its version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.values import Item, deserialize, moment, serialize
from prepaid.ledger.ports import RecordMoved
from prepaid.payments.dynamodb import rows
from prepaid.payments.payment import Paid, Payment
from prepaid.payments.ports import PaymentPosition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


PAGE = 100
ONLY_PROVIDER_OF_BEFORE = "stripe"
"""Whose payments are stored without a provider."""


class DynamoPayments:
    """`Payments` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def save(self, payment: Payment) -> None:
        """Replace a payment that still has the version it carries."""
        try:
            with translated():
                self._client.put_item(**replace_payment(payment, self._table)["Put"])
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                raise RecordMoved from error
            raise

    def payment(self, payment_id: str) -> Payment | None:
        """Read a payment consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.PAYMENT_ID: payment_id}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return payment_from_item(item) if item else None

    def by_intent(self, intent_id: str) -> Payment | None:
        """Find the payment of an intent, then read it consistently."""
        with reading():
            answer = self._client.query(
                TableName=self._table,
                IndexName=names.INTENT_INDEX,
                KeyConditionExpression=f"{names.PAYMENT_INTENT_ID} = :intent",
                ExpressionAttributeValues=serialize({":intent": intent_id}),
            )
        found = [item[names.PAYMENT_ID]["S"] for item in answer["Items"]]
        return self.payment(found[0]) if found else None

    def of_account(
        self, account_id: AccountId, *, limit: int, after: PaymentPosition | None = None
    ) -> Sequence[Payment]:
        """Read payments of an account, newest first."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": names.PAYMENTS_INDEX,
            "KeyConditionExpression": f"{names.ACCOUNT_ID} = :account",
            "ExpressionAttributeValues": serialize({":account": account_id}),
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after is not None:
            asked["ExclusiveStartKey"] = serialize(
                {
                    names.ACCOUNT_ID: account_id,
                    names.CREATED_AT: after.created_at,
                    names.PAYMENT_ID: after.payment_id,
                }
            )
        with reading():
            answer = self._client.query(**asked)
        return [payment_from_item(item) for item in answer["Items"]]

    def all_of(self, account_id: AccountId) -> Iterator[Payment]:
        """Go through every payment of an account, newest first, each read consistently."""
        after: PaymentPosition | None = None
        while found := self.of_account(account_id, limit=PAGE, after=after):
            for each in found:
                stored = self.payment(each.payment_id)
                assert stored is not None, "payments are never deleted"
                yield stored
            last = found[-1]
            after = PaymentPosition(created_at=last.created_at, payment_id=last.payment_id)

    def whole_payments(self, *, segment: int, segments: int) -> Iterator[Payment]:
        """Scan one of *segments* parts of all payments, each consistently."""
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._table, Segment=segment, TotalSegments=segments, ConsistentRead=True
        )
        with reading():
            for page in pages:
                yield from (payment_from_item(item) for item in page["Items"])


def replace_payment(payment: Payment, table: str) -> dict[str, Any]:
    """Return the write of a payment on condition of the version that it carries."""
    put: dict[str, Any] = {
        "TableName": table,
        "Item": payment_to_item(_with_version(payment)),
        "ConditionExpression": f"attribute_not_exists({names.PAYMENT_ID})",
    }
    if payment.version:
        put["ConditionExpression"] = f"{names.VERSION} = :seen"
        put["ExpressionAttributeValues"] = serialize({":seen": payment.version})
    return {"Put": put}


def payment_to_item(payment: Payment) -> dict[str, Any]:
    """Write a payment as an item."""
    return serialize(_plain(payment))


def payment_from_item(item: Item) -> Payment:
    """Read a payment from its item."""
    return _payment(deserialize(item))


def _with_version(payment: Payment) -> Payment:
    return replace(payment, version=payment.version + 1)


def _plain(payment: Payment) -> dict[str, Any]:
    paid = payment.paid
    plain = {
        names.PAYMENT_ID: payment.payment_id,
        names.ACCOUNT_ID: payment.account_id,
        names.PACKAGE_ID: payment.package_id,
        names.PAYMENT_INTENT_ID: payment.intent_id,
        names.CREATED_AT: payment.created_at,
        names.VERSION: payment.version,
        "credits": payment.credits.hundredths,
        "bonus": payment.bonus.hundredths,
        "price": payment.price,
        "currency": payment.currency,
        "fingerprint": payment.fingerprint,
        "provider": payment.provider,
        "package_name": payment.package_name or None,
        "validity_days": payment.validity_days,
        "bonus_validity_days": payment.bonus_validity_days,
        "save_card": payment.save_card or None,
        "consent_at": payment.consent_at,
        "status": str(payment.status),
        "progress": rows.of_progress(payment.progress),
        "paid": paid and [paid.amount, paid.currency, paid.charge_id or "", paid.at],
        "receipt": rows.of_receipt(payment.receipt),
        "granted": payment.granted or None,
        "grant_ids": list(payment.grant_ids),
        "expired": payment.expired.hundredths or None,
        **rows.of_money_back(payment),
        "taken": [rows.of_taken(each) for each in payment.taken],
        "problem": payment.problem,
    }
    return {name: value for name, value in plain.items() if value not in (None, [], {})}


def _payment(plain: Mapping[str, Any]) -> Payment:
    return Payment(
        payment_id=plain[names.PAYMENT_ID],
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        package_id=plain[names.PACKAGE_ID],
        credits=Credits(int(plain["credits"])),
        bonus=Credits(int(plain["bonus"])),
        price=int(plain["price"]),
        currency=plain["currency"],
        created_at=Instant(int(plain[names.CREATED_AT])),
        fingerprint=plain["fingerprint"],
        provider=plain.get("provider", ONLY_PROVIDER_OF_BEFORE),
        version=int(plain[names.VERSION]),
        package_name=plain.get("package_name", ""),
        validity_days=plain.get("validity_days"),
        bonus_validity_days=plain.get("bonus_validity_days"),
        intent_id=plain.get(names.PAYMENT_INTENT_ID),
        save_card=plain.get("save_card", False),
        consent_at=moment(plain.get("consent_at")),
        progress=rows.progress(plain["progress"]),
        paid=_paid(plain["paid"]) if "paid" in plain else None,
        receipt=rows.receipt(plain.get("receipt")),
        granted=plain.get("granted", False),
        grant_ids=tuple(int(each) for each in plain.get("grant_ids", ())),
        expired=Credits(int(plain.get("expired", 0))),
        charge_refunded=rows.charge_refunded(plain.get("charge_refunded")),
        refunds=rows.refunds(plain.get("refunds", {})),
        disputes=rows.disputes(plain.get("disputes", {})),
        taken=tuple(rows.taken(row) for row in plain.get("taken", ())),
        problem=plain.get("problem"),
    )


def _paid(row: Sequence[Any]) -> Paid:
    amount, currency, charge_id, at = row
    return Paid(
        amount=int(amount), currency=currency, charge_id=charge_id or None, at=Instant(int(at))
    )
