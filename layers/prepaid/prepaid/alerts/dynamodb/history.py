"""Alerts of an account on DynamoDB: as they are read, sent of late, and acknowledged."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.alerts.dynamodb.outbox import DELIVERY, alert_from_item, deliveries_of
from prepaid.alerts.history import Acknowledged, PastAlert
from prepaid.alerts.ports import AlertDeliveryState
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.values import Item, deserialize, moment, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NO_REPEAT = f"REMOVE {names.REPEAT_SHARD}, {names.REPEAT_AT}"


class DynamoAlertHistory:
    """`AlertHistory` and `SentAlerts` on the alerts' table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def of_account(
        self, account_id: AccountId, *, limit: int, before: str | None = None
    ) -> Sequence[PastAlert]:
        """Query the alerts of an account backwards, consistently."""
        condition, values = f"{names.ACCOUNT_ID} = :account", {":account": str(account_id)}
        if before is not None:
            condition += f" AND {names.ALERT_ID} < :before"
            values[":before"] = before
        with reading():
            answer = self._client.query(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=serialize(values),
                ScanIndexForward=False,
                ConsistentRead=True,
                Limit=limit,
            )
        return [_past(item) for item in answer["Items"]]

    def sent_since(self, account_id: AccountId, receiver: str, since: Instant) -> Iterator[Alert]:
        """Query the alerts of an account from a time on, page by page."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": (
                f"{names.ACCOUNT_ID} = :account AND {names.ALERT_ID} >= :since"
            ),
            "FilterExpression": "#receiver[0] = :sent",
            "ExpressionAttributeNames": {"#receiver": f"{DELIVERY}{receiver}"},
            "ExpressionAttributeValues": serialize(
                {
                    ":account": str(account_id),
                    ":since": names.at(since, 0),
                    ":sent": str(AlertDeliveryState.SENT),
                }
            ),
            "ConsistentRead": True,
        }
        while True:
            with reading():
                answer = self._client.query(**asked)
            for item in answer["Items"]:
                yield alert_from_item(item)
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def acknowledge(
        self, account_id: AccountId, alert_id: str, acknowledged: Acknowledged
    ) -> PastAlert | None:
        """Write who acknowledged an alert first; what it repeats is not looked at again either."""
        seen = f"SET {names.ACKNOWLEDGED} = if_not_exists({names.ACKNOWLEDGED}, :row) {_NO_REPEAT}"
        row = serialize({":row": [acknowledged.at, acknowledged.by]})
        item = self._changed(account_id, alert_id, seen, ExpressionAttributeValues=row)
        if item is None:
            return None
        past = _past(item)
        if past.alert.repeats is not None:
            self._changed(account_id, past.alert.repeats, _NO_REPEAT)
        return past

    def _changed(
        self, account_id: AccountId, alert_id: str, change: str, **more: Any
    ) -> Item | None:
        """Change an alert's row and return it, or `None` where there is none."""
        try:
            with translated():
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=serialize({names.ACCOUNT_ID: account_id, names.ALERT_ID: alert_id}),
                    UpdateExpression=change,
                    ConditionExpression=f"attribute_exists({names.ALERT_ID})",
                    ReturnValues="ALL_NEW",
                    **more,
                )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            return None
        return answer["Attributes"]


def _past(item: Item) -> PastAlert:
    plain = deserialize(item)
    row = plain.get(names.ACKNOWLEDGED)
    return PastAlert(
        alert_from_item(item),
        moment(plain.get("delivered_at")),
        deliveries_of(plain),
        None if row is None else Acknowledged(Instant(int(row[0])), row[1]),
        moment(plain.get(names.REPEAT_AT)),
    )
