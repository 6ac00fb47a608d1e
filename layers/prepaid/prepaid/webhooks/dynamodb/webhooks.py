"""Webhooks in DynamoDB: one partition, so that one query finds all who may want an event."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.domain.auditing import AuditRow
from prepaid.domain.errors import Contended, PreconditionFailed
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import (
    CONDITION_FAILED,
    NOT_WRITTEN,
    Cancelled,
    reading,
    translated,
)
from prepaid.dynamodb.values import deserialize, serialize
from prepaid.webhooks.dynamodb.rows import WEBHOOK, webhook_from_row, webhook_to_row
from prepaid.webhooks.webhook import Webhook

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoWebhooks:
    """`Webhooks` on DynamoDB."""

    def __init__(
        self,
        client: "DynamoDBClient",
        table: str,
        write_audit: Callable[[AuditRow], dict[str, Any]],
    ) -> None:
        self._client = client
        self._table = table
        self._write_audit = write_audit

    def find(self, webhook_id: str) -> Webhook | None:
        """Read a webhook consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.KIND_ID: WEBHOOK, names.SORT: webhook_id}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return webhook_from_row(deserialize(item)) if item else None

    def all(self) -> Sequence[Webhook]:
        """Query their partition, consistently."""
        found: list[Webhook] = []
        start: dict[str, Any] = {}
        while True:
            with reading():
                answer = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression=f"{names.KIND_ID} = :kind",
                    ExpressionAttributeValues=serialize({":kind": WEBHOOK}),
                    ConsistentRead=True,
                    **start,
                )
            found += [webhook_from_row(deserialize(item)) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                break
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        living = [each for each in found if each.deleted_at is None]
        return sorted(living, key=lambda each: (each.created_at, each.webhook_id))

    def save(self, webhook: Webhook, audit: AuditRow | None = None) -> Webhook:
        """Put a webhook on condition of the version that it carries."""
        saved = replace(webhook, version=webhook.version + 1)
        put: dict[str, Any] = {
            "TableName": self._table,
            "Item": serialize(webhook_to_row(webhook, version=saved.version)),
            "ConditionExpression": f"attribute_not_exists({names.KIND_ID})",
        }
        if webhook.version:
            put["ConditionExpression"] = f"{names.VERSION} = :seen"
            put["ExpressionAttributeValues"] = serialize({":seen": webhook.version})
        if audit is None:
            self._put(put)
        else:
            self._put_with(put, audit)
        return saved

    def _put(self, put: dict[str, Any]) -> None:
        try:
            with translated():
                self._client.put_item(**put)
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                raise PreconditionFailed from error
            raise

    def _put_with(self, put: dict[str, Any], audit: AuditRow) -> None:
        writes: list[Any] = [{"Put": put}, self._write_audit(audit)]
        try:
            with translated():
                self._client.transact_write_items(TransactItems=writes)
        except Cancelled as cancelled:
            if cancelled.reasons[0].get("Code") == CONDITION_FAILED:
                raise PreconditionFailed from cancelled
            raise Contended from cancelled
