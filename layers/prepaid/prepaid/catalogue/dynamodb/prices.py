"""Prices as admins edit them, on DynamoDB: versions in their table, drafts among the records."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from prepaid.catalogue.dynamodb.rows import (
    draft_from_item,
    draft_to_row,
    price_from_item,
    price_to_item,
)
from prepaid.catalogue.versions import OperationPrices, PriceChange, PriceDraft
from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import Contended, PreconditionFailed
from prepaid.domain.pricing import Price
from prepaid.dynamodb import names
from prepaid.dynamodb.audit import put_audit_row
from prepaid.dynamodb.failures import CONDITION_FAILED, Cancelled, reading, translated
from prepaid.dynamodb.values import Item, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoPriceEditor:
    """`PriceEditor` on DynamoDB: what changes prices also raises their version, in one row."""

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        pricing: str,
        records: str,
    ) -> None:
        self._client = client
        self._pricing = pricing
        self._records = records

    def prices_of(self, plan: str, operation: str) -> OperationPrices:
        """Read the version first: rows that are newer than it cannot be overwritten by it."""
        row = self._record(names.price_changes_partition(plan), operation)
        version = deserialize(row)[names.VERSION] if row else 0
        return OperationPrices(
            plan=plan,
            operation=operation,
            versions=self._versions(plan, operation),
            version=version,
        )

    def every_price(self, plan: str) -> Sequence[OperationPrices]:
        """Take the operations from the index and from the changes, and read each of them."""
        partition = names.price_changes_partition(plan)
        changes = {each[names.SORT]["S"] for each in self._partition(partition)}
        indexed = self._queried(
            TableName=self._pricing,
            IndexName=names.PLAN_INDEX,
            KeyConditionExpression="#plan = :plan",
            ExpressionAttributeNames={"#plan": names.PLAN},
            ExpressionAttributeValues=serialize({":plan": plan}),
        )
        operations = changes | {each[names.OPERATION]["S"] for each in indexed}
        found = [self.prices_of(plan, each) for each in sorted(operations)]
        return [each for each in found if each.versions]

    def change_prices(self, change: PriceChange, audit: AuditRow) -> None:
        """Write all of it in one transaction, on condition of the version that was read."""
        writes = [self._raise_version(change.read)]
        if change.add is not None:
            there = f"attribute_not_exists({names.PLAN_OPERATION})"
            put = {"TableName": self._pricing, "Item": price_to_item(change.add)}
            writes.append({"Put": {**put, "ConditionExpression": there}})
        if change.remove is not None:
            writes.append({"Delete": {"TableName": self._pricing, "Key": _key(change.remove)}})
        if change.published is not None:
            writes.append(self._delete(change.published))
        self._write([*writes, put_audit_row(audit, self._records)])

    def draft(self, draft_id: str) -> PriceDraft | None:
        """Read a draft consistently."""
        item = self._record(names.PRICE_DRAFTS, draft_id)
        return draft_from_item(item) if item else None

    def drafts(self) -> Sequence[PriceDraft]:
        """Query their partition."""
        return [draft_from_item(each) for each in self._partition(names.PRICE_DRAFTS)]

    def write_draft(self, draft: PriceDraft, audit: AuditRow, *, new: bool) -> None:
        """Put a draft, with the audit of it."""
        raised = draft_to_row(draft) | {names.VERSION: draft.version + 1}
        put: dict[str, Any] = {
            "TableName": self._records,
            "Item": serialize(raised),
            "ConditionExpression": f"attribute_not_exists({names.KIND_ID})",
        }
        if not new:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": draft.version})
        self._write([{"Put": put}, put_audit_row(audit, self._records)])

    def delete_draft(self, draft: PriceDraft, audit: AuditRow) -> None:
        """Delete a draft, with the audit of it."""
        self._write([self._delete(draft), put_audit_row(audit, self._records)])

    def _raise_version(self, read: OperationPrices) -> dict[str, Any]:
        row = {
            names.KIND_ID: names.price_changes_partition(read.plan),
            names.SORT: read.operation,
            names.VERSION: read.version + 1,
        }
        put: dict[str, Any] = {"TableName": self._records, "Item": serialize(row)}
        if read.version:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": read.version})
        else:
            put["ConditionExpression"] = f"attribute_not_exists({names.KIND_ID})"
        return {"Put": put}

    def _delete(self, draft: PriceDraft) -> dict[str, Any]:
        key = {names.KIND_ID: names.PRICE_DRAFTS, names.SORT: draft.draft_id}
        return {
            "Delete": {
                "TableName": self._records,
                "Key": serialize(key),
                "ConditionExpression": f"{names.VERSION} = :seen",
                "ExpressionAttributeValues": serialize({":seen": draft.version}),
            }
        }

    def _write(self, writes: list[Any]) -> None:
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)
        except Cancelled as cancelled:
            if any(each.get("Code") == CONDITION_FAILED for each in cancelled.reasons[:-1]):
                raise PreconditionFailed from cancelled
            raise Contended from cancelled

    def _versions(self, plan: str, operation: str) -> tuple[Price, ...]:
        key = names.plan_operation(plan, operation)
        return tuple(
            price_from_item(item)
            for item in self._queried(
                TableName=self._pricing,
                KeyConditionExpression=f"{names.PLAN_OPERATION} = :key",
                ExpressionAttributeValues=serialize({":key": key}),
                ConsistentRead=True,
            )
        )

    def _record(self, kind_id: str, sort: str) -> Item | None:
        with reading():
            answer = self._client.get_item(
                TableName=self._records,
                Key=serialize({names.KIND_ID: kind_id, names.SORT: sort}),
                ConsistentRead=True,
            )
        return answer.get("Item")

    def _partition(self, kind_id: str) -> list[Item]:
        return self._queried(
            TableName=self._records,
            KeyConditionExpression=f"{names.KIND_ID} = :kind_id",
            ExpressionAttributeValues=serialize({":kind_id": kind_id}),
            ConsistentRead=True,
        )

    def _queried(self, **asked: Any) -> list[Item]:
        with reading():
            pages = self._client.get_paginator("query").paginate(**asked)
            return [item for page in pages for item in page["Items"]]


def _key(price: Price) -> dict[str, Any]:
    operation = names.plan_operation(price.plan, price.operation)
    return serialize({names.PLAN_OPERATION: operation, names.EFFECTIVE_FROM: price.effective_from})
