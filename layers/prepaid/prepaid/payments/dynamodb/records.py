"""What payments keep beside themselves: customers, refunds asked for, how far lists were read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint
from prepaid.dynamodb import names
from prepaid.dynamodb.records import RecordsTable
from prepaid.dynamodb.windows import DynamoWindows
from prepaid.payments.ports import RefundReceipt, RefundRequest

REFUND = "audit_refund"
_UNNAMED = "stripe"
"""The provider whose windows are stored without its name: once there was no other."""


class DynamoRecords(DynamoWindows):
    """`Customers`, `RefundRequests` and `ReadWindows` of one *provider*, on DynamoDB."""

    def __init__(self, table: RecordsTable, provider: str) -> None:
        super().__init__(table, "window" if provider == _UNNAMED else f"{provider}_window")
        self._customer = f"{provider}_customer"

    def customer(self, account_id: AccountId) -> str | None:
        """Return the processor's customer of an account, or `None`."""
        found = self._table.read(f"profile#{account_id}", self._customer)
        return str(found["customer_id"]) if found else None

    def remember(self, account_id: AccountId, customer_id: str) -> str:
        """Keep the customer's id, or return the one that was kept first."""
        row = {
            names.KIND_ID: f"profile#{account_id}",
            names.SORT: self._customer,
            "customer_id": customer_id,
        }
        return customer_id if self._table.add(row) else self.customer(account_id) or customer_id

    def find(self, payment_id: str, key: str) -> RefundRequest | None:
        """Return the request for a payment under a key, or `None`."""
        found = self._table.read(f"{REFUND}#{payment_id}", key)
        return _refund_request(found) if found else None

    def ask(self, request: RefundRequest, audit: AuditRow) -> RefundRequest:
        """Keep a request with the audit of it, or return the one with its payment and key."""
        new = f"attribute_not_exists({names.KIND_ID})"
        if self._table.audited(self._table.put(_refund_row(request), when=new), audit):
            return request
        return self.find(request.payment_id, request.key) or request

    def answer(self, request: RefundRequest, receipt: RefundReceipt) -> None:
        """Keep what the processor answered: the same row, which only gains the receipt."""
        answered = replace(request, receipt=receipt)
        self._table.replace(_refund_row(answered))


def _refund_row(request: RefundRequest) -> dict[str, object]:
    receipt = request.receipt
    row = {
        names.KIND_ID: f"{REFUND}#{request.payment_id}",
        names.SORT: request.key,
        names.PAYMENT_ID: request.payment_id,
        names.ACCOUNT_ID: request.account_id,
        names.CREATED_AT: request.asked_at,
        "fingerprint": request.fingerprint,
        "actor": request.actor,
        "reason": request.reason,
        "amount": request.amount,
        "receipt": receipt
        and [receipt.refund_id, receipt.amount, receipt.currency, receipt.status],
    }
    return {name: value for name, value in row.items() if value is not None}


def _refund_request(row: Mapping[str, Any]) -> RefundRequest:
    receipt: RefundReceipt | None = None
    if "receipt" in row:
        refund_id, amount, currency, status = row["receipt"]
        receipt = RefundReceipt(
            refund_id=refund_id, amount=int(amount), currency=currency, status=status
        )
    return RefundRequest(
        payment_id=row[names.PAYMENT_ID],
        account_id=AccountId(row[names.ACCOUNT_ID]),
        key=row[names.SORT],
        fingerprint=Fingerprint(row["fingerprint"]),
        actor=row["actor"],
        reason=row["reason"],
        amount=int(row["amount"]) if "amount" in row else None,
        asked_at=Instant(int(row[names.CREATED_AT])),
        receipt=receipt,
    )
