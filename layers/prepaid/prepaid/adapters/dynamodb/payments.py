"""Payments in DynamoDB: one row each, replaced on condition of its version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.adapters.dynamodb import items, keys
from prepaid.adapters.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.adapters.dynamodb.values import moment
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind
from prepaid.domain.payments import (
    Disputed,
    Paid,
    Payment,
    PaymentStatus,
    Progress,
    Refunded,
    Taken,
)
from prepaid.usecases.ports import PaymentMoved, PaymentPosition

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoPayments:
    """`Payments` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def add(self, payment: Payment) -> Payment:
        """Write a new payment, or return the one that has its id."""
        try:
            with translated():
                self._client.put_item(**replace_payment(payment, self._table)["Put"])
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            there = self.payment(payment.payment_id)
            assert there is not None, "payments are never deleted"
            return there
        return _with_version(payment)

    def save(self, payment: Payment) -> None:
        """Replace a payment that still has the version it carries."""
        try:
            with translated():
                self._client.put_item(**replace_payment(payment, self._table)["Put"])
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                raise PaymentMoved from error
            raise

    def payment(self, payment_id: str) -> Payment | None:
        """Read a payment consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=items.sealed({keys.PAYMENT_ID: payment_id}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return payment_in(item) if item else None

    def by_intent(self, intent_id: str) -> Payment | None:
        """Find the payment of an intent, then read it consistently."""
        with reading():
            answer = self._client.query(
                TableName=self._table,
                IndexName=keys.INTENT_INDEX,
                KeyConditionExpression=f"{keys.PAYMENT_INTENT_ID} = :intent",
                ExpressionAttributeValues=items.sealed({":intent": intent_id}),
            )
        found = [item[keys.PAYMENT_ID]["S"] for item in answer["Items"]]
        return self.payment(found[0]) if found else None

    def of_account(
        self, account_id: AccountId, *, limit: int, after: PaymentPosition | None = None
    ) -> Sequence[Payment]:
        """Read payments of an account, newest first."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": keys.PAYMENTS_INDEX,
            "KeyConditionExpression": f"{keys.ACCOUNT_ID} = :account",
            "ExpressionAttributeValues": items.sealed({":account": account_id}),
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if after is not None:
            asked["ExclusiveStartKey"] = items.sealed(
                {
                    keys.ACCOUNT_ID: account_id,
                    keys.CREATED_AT: after.created_at,
                    keys.PAYMENT_ID: after.payment_id,
                }
            )
        with reading():
            answer = self._client.query(**asked)
        return [payment_in(item) for item in answer["Items"]]


def replace_payment(payment: Payment, table: str) -> dict[str, Any]:
    """Return the write of a payment on condition of the version that it carries."""
    put: dict[str, Any] = {
        "TableName": table,
        "Item": of_payment(_with_version(payment)),
        "ConditionExpression": f"attribute_not_exists({keys.PAYMENT_ID})",
    }
    if payment.version:
        put["ConditionExpression"] = f"{keys.VERSION} = :seen"
        put["ExpressionAttributeValues"] = items.sealed({":seen": payment.version})
    return {"Put": put}


def of_payment(payment: Payment) -> dict[str, Any]:
    """Write a payment as an item."""
    return items.sealed(_plain(payment))


def payment_in(item: items.Item) -> Payment:
    """Read a payment from its item."""
    return _payment(items.opened(item))


def _with_version(payment: Payment) -> Payment:
    return replace(payment, version=payment.version + 1)


def _plain(payment: Payment) -> dict[str, Any]:
    paid, progress = payment.paid, payment.progress
    plain = {
        keys.PAYMENT_ID: payment.payment_id,
        keys.ACCOUNT_ID: payment.account_id,
        keys.PACKAGE_ID: payment.package_id,
        keys.PAYMENT_INTENT_ID: payment.intent_id,
        keys.CREATED_AT: payment.created_at,
        keys.VERSION: payment.version,
        "credits": payment.credits.hundredths,
        "bonus": payment.bonus.hundredths,
        "price": payment.price,
        "currency": payment.currency,
        "fingerprint": payment.fingerprint,
        "save_card": payment.save_card or None,
        "consent_at": payment.consent_at,
        "status": str(payment.status),
        "progress": [str(progress.status), progress.at, progress.reason or ""],
        "paid": paid and [paid.amount, paid.currency, paid.charge_id or "", paid.at],
        "granted": payment.granted or None,
        "grant_ids": list(payment.grant_ids),
        "expired": payment.expired.hundredths or None,
        "charge_refunded": payment.charge_refunded or None,
        "refunds": {
            each.refund_id: [each.amount, each.status] for each in payment.refunds.values()
        },
        "disputes": {
            each.dispute_id: [each.amount, each.status, each.withdrawn, each.reinstated]
            for each in payment.disputes.values()
        },
        "taken": [_taken_row(each) for each in payment.taken],
        "problem": payment.problem,
    }
    return {name: value for name, value in plain.items() if value not in (None, [], {})}


def _payment(plain: Mapping[str, Any]) -> Payment:
    status, at, reason = plain["progress"]
    return Payment(
        payment_id=plain[keys.PAYMENT_ID],
        account_id=AccountId(plain[keys.ACCOUNT_ID]),
        package_id=plain[keys.PACKAGE_ID],
        credits=Credits(int(plain["credits"])),
        bonus=Credits(int(plain["bonus"])),
        price=int(plain["price"]),
        currency=plain["currency"],
        created_at=Instant(int(plain[keys.CREATED_AT])),
        fingerprint=plain["fingerprint"],
        version=int(plain[keys.VERSION]),
        intent_id=plain.get(keys.PAYMENT_INTENT_ID),
        save_card=plain.get("save_card", False),
        consent_at=moment(plain.get("consent_at")),
        progress=Progress(status=PaymentStatus(status), at=Instant(int(at)), reason=reason or None),
        paid=_paid(plain["paid"]) if "paid" in plain else None,
        granted=plain.get("granted", False),
        grant_ids=tuple(int(each) for each in plain.get("grant_ids", ())),
        expired=Credits(int(plain.get("expired", 0))),
        charge_refunded=int(plain.get("charge_refunded", 0)),
        refunds={
            key: Refunded(refund_id=key, amount=int(amount), status=refund_status)
            for key, (amount, refund_status) in plain.get("refunds", {}).items()
        },
        disputes={key: _dispute(key, row) for key, row in plain.get("disputes", {}).items()},
        taken=tuple(_taken(row) for row in plain.get("taken", ())),
        problem=plain.get("problem"),
    )


def _paid(row: Sequence[Any]) -> Paid:
    amount, currency, charge_id, at = row
    return Paid(
        amount=int(amount), currency=currency, charge_id=charge_id or None, at=Instant(int(at))
    )


def _dispute(dispute_id: str, row: Sequence[Any]) -> Disputed:
    amount, status, withdrawn, reinstated = row
    return Disputed(
        dispute_id=dispute_id,
        amount=int(amount),
        status=status,
        withdrawn=withdrawn,
        reinstated=reinstated,
    )


def _taken_row(taken: Taken) -> list[object]:
    plain = taken.origin is None and taken.currency == DEFAULT_CURRENCY
    return [
        taken.grant_id,
        taken.amount.hundredths,
        str(taken.kind),
        taken.whole.hundredths,
        taken.priority,
        taken.cost_basis,
        taken.life,
        *([] if plain else [taken.origin or 0, taken.currency]),
    ]


def _taken(row: Sequence[Any]) -> Taken:
    grant_id, amount, kind, whole, priority, cost_basis, life, *more = row
    origin, currency = more or (0, DEFAULT_CURRENCY)
    return Taken(
        grant_id=int(grant_id),
        amount=Credits(int(amount)),
        kind=GrantKind(kind),
        whole=Credits(int(whole)),
        priority=int(priority),
        cost_basis=int(cost_basis),
        life=None if life is None else int(life),
        origin=int(origin) or None,
        currency=currency,
    )
