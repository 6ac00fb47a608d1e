"""The outbox on DynamoDB: alerts as commits wrote them, and the mark of those that wait."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.alerts.history import PastAlert
from prepaid.alerts.ports import Claimed, Waiting
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.thresholds import OF_LIMITS, OF_THRESHOLDS, Alert, AlertKind, LimitStanding
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.shards import DuePage, Position, all_due, read_page, shard_of
from prepaid.dynamodb.values import Item, Row, deserialize, moment, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLAIMED_UNTIL = "claimed_until"


class DynamoOutbox:
    """`Outbox` on the alerts' table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> bool:
        """Take an alert that waits and that nobody holds."""
        try:
            self._change(
                alert,
                f"SET {CLAIMED_UNTIL} = :until",
                ConditionExpression=(
                    f"attribute_exists({names.UNDELIVERED})"
                    f" AND (attribute_not_exists({CLAIMED_UNTIL}) OR {CLAIMED_UNTIL} <= :now)"
                ),
                ExpressionAttributeValues=serialize({":until": until, ":now": now}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            stored: dict[str, Any] = dict(error.response).get("Item", {})  # type: ignore[assignment]  # botocore's stubs leave it out
            if names.UNDELIVERED in stored:
                raise Claimed from error
            return False
        return True

    def release(self, alert: Alert) -> None:
        """Take the claim off the alert."""
        self._change(alert, f"REMOVE {CLAIMED_UNTIL}")

    def delivered(self, alert: Alert, *, now: Instant) -> None:
        """Take the alert out of the index of those that wait."""
        self._change(
            alert,
            f"SET delivered_at = :now REMOVE {names.UNDELIVERED}, {CLAIMED_UNTIL}",
            ExpressionAttributeValues=serialize({":now": now}),
        )

    def find(self, account_id: AccountId, alert_id: str) -> Waiting | None:
        """Read an alert that waits."""
        key = {names.ACCOUNT_ID: account_id, names.ALERT_ID: alert_id}
        with reading():
            answer = self._client.get_item(
                TableName=self._table, Key=serialize(key), ConsistentRead=True
            )
        item = answer.get("Item")
        return _waiting(item) if item and names.UNDELIVERED in item else None

    def waiting(self, *, before: Instant) -> Iterator[Waiting]:
        """Query the index of alerts that wait, shard by shard, in order of time."""
        return all_due(
            lambda shard, position: self._waiting_in(shard, before, position),
            lambda waiting: (waiting.account_id, waiting.alert_id),
        )

    def _waiting_in(
        self, shard: int, before: Instant, position: Position | None
    ) -> DuePage[Waiting]:
        bounds = {":shard": str(shard), ":before": names.at(before, 0)}
        asked = {
            "TableName": self._table,
            "IndexName": names.UNDELIVERED_INDEX,
            "KeyConditionExpression": (
                f"{names.UNDELIVERED} = :shard AND {names.ALERT_ID} < :before"
            ),
            "ExpressionAttributeValues": serialize(bounds),
        }
        return read_page(self._client, asked, _waiting, position)

    def _change(self, alert: Alert, change: str, **conditions: Any) -> None:
        key = {names.ACCOUNT_ID: alert.account_id, names.ALERT_ID: alert.alert_id}
        with translated():
            self._client.update_item(
                TableName=self._table,
                Key=serialize(key),
                UpdateExpression=change,
                **conditions,
            )


def _waiting(item: Item) -> Waiting:
    alert_id = item[names.ALERT_ID]["S"]
    return Waiting(
        account_id=AccountId(item[names.ACCOUNT_ID]["S"]),
        alert_id=alert_id,
        raised_at=names.time_at(alert_id),
        read=partial(alert_from_item, item),
    )


class DynamoAlertHistory:
    """`AlertHistory` on the alerts' table."""

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


def _past(item: Item) -> PastAlert:
    return PastAlert(alert_from_item(item), moment(deserialize(item).get("delivered_at")))


def put_alert(alert: Alert, table: str) -> dict[str, Any]:
    """Return the write of an alert."""
    return {"Put": {"TableName": table, "Item": alert_to_item(alert)}}


def alert_to_item(alert: Alert) -> dict[str, Any]:
    """Write an alert; one that is to be announced stands in the index `undelivered`."""
    plain = {
        names.ACCOUNT_ID: alert.account_id,
        names.ALERT_ID: alert.alert_id,
        names.KIND: str(alert.about),
        names.SEQ: alert.seq,
        "raised_at": alert.raised_at,
        "thresholds": [each.hundredths for each in alert.thresholds] or None,
        "limit": _limit_to_row(alert.limit) if alert.limit else None,
        "balance": alert.balance.hundredths,
        "available": alert.available.hundredths,
        "quiet": alert.suppressed or None,
        names.UNDELIVERED: None if alert.suppressed else str(shard_of(alert.account_id)),
    }
    return serialize({name: value for name, value in plain.items() if value is not None})


def alert_from_item(item: Item) -> Alert:
    """Read an alert, from its table or from the image that the table's stream carries."""
    plain = deserialize(item)
    about = AlertKind(plain[names.KIND])
    thresholds = plain["thresholds"] if about in OF_THRESHOLDS else ()
    return Alert(
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        seq=int(plain[names.SEQ]),
        raised_at=Instant(int(plain["raised_at"])),
        about=about,
        thresholds=tuple(Credits(int(each)) for each in thresholds),
        limit=_limit_from_row(plain["limit"]) if about in OF_LIMITS else None,
        balance=Credits(int(plain["balance"])),
        available=Credits(int(plain["available"])),
        suppressed=plain.get("quiet", False),
        of_first_form=plain[names.ALERT_ID].count("#") == 1,
    )


def _limit_to_row(limit: LimitStanding) -> Row:
    """Write ``[operation or null, window, by, amount, used, held, resets_at]``."""
    amounts = [each.hundredths for each in (limit.amount, limit.used, limit.held)]
    return [limit.operation, str(limit.window), str(limit.by), *amounts, limit.resets_at]


def _limit_from_row(row: Row) -> LimitStanding:
    operation, window, by, amount, used, held, resets_at = row
    return LimitStanding(
        operation=operation,
        window=Window(window),
        by=LimitOwner(by),
        amount=Credits(int(amount)),
        used=Credits(int(used)),
        held=Credits(int(held)),
        resets_at=Instant(int(resets_at)),
    )
