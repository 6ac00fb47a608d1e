"""The outbox on DynamoDB: alerts as commits wrote them, and the mark of those that wait."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.alerts.ports import AlertDeliveryState, Claim, Claimed, Deliveries, Delivery, Waiting
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.runway import Runway
from prepaid.domain.thresholds import (
    OF_LIMITS,
    OF_RUNWAY,
    OF_THRESHOLDS,
    Alert,
    AlertKind,
    Ending,
    LimitStanding,
    Spike,
)
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.shards import DuePage, Position, all_due, read_page, shard_of
from prepaid.dynamodb.values import Item, Plain, Row, deserialize, serialize

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CLAIMED_UNTIL = "claimed_until"
DELIVERY = "delivery#"
"""Begins the name of each attribute that holds what became of an alert for one receiver."""


class DynamoOutbox:
    """`Outbox` on the alerts' table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> Claim | None:
        """Take an alert that waits and that nobody holds."""
        try:
            claimed = self._change(
                alert,
                f"SET {CLAIMED_UNTIL} = :until",
                ConditionExpression=(
                    f"attribute_exists({names.UNDELIVERED})"
                    f" AND (attribute_not_exists({CLAIMED_UNTIL}) OR {CLAIMED_UNTIL} <= :now)"
                ),
                ExpressionAttributeValues=serialize({":until": until, ":now": now}),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != NOT_WRITTEN:
                raise
            stored: dict[str, Any] = dict(error.response).get("Item", {})  # type: ignore[assignment]  # botocore's stubs leave it out
            if names.UNDELIVERED in stored:
                raise Claimed from error
            return None
        return Claim(deliveries_of(deserialize(claimed)))

    def release(self, alert: Alert) -> None:
        """Take the claim off the alert."""
        self._change(alert, f"REMOVE {CLAIMED_UNTIL}")

    def note(self, alert: Alert, deliveries: Deliveries) -> None:
        """Write an attribute for each receiver."""
        change = _noting(deliveries)
        self._change(alert, f"SET {', '.join(change.sets)}", **change.conditions({}))

    def delivered(
        self,
        alert: Alert,
        *,
        now: Instant,
        deliveries: Deliveries | None = None,
        repeat_at: Instant | None = None,
    ) -> None:
        """Take the alert out of the index of those that wait, into that of repeats if need be."""
        change = _noting(deliveries or {})
        sets = ["delivered_at = :now", *change.sets]
        values: dict[str, object] = {":now": now}
        if repeat_at is not None:
            sets.append(f"{names.REPEAT_SHARD} = :shard, {names.REPEAT_AT} = :repeat_at")
            values |= {":shard": str(shard_of(alert.account_id)), ":repeat_at": repeat_at}
        self._change(
            alert,
            f"SET {', '.join(sets)} REMOVE {names.UNDELIVERED}, {CLAIMED_UNTIL}",
            **change.conditions(values),
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

    def _change(self, alert: Alert, change: str, **conditions: Any) -> Item:
        key = {names.ACCOUNT_ID: alert.account_id, names.ALERT_ID: alert.alert_id}
        with translated():
            answer = self._client.update_item(
                TableName=self._table,
                Key=serialize(key),
                UpdateExpression=change,
                **conditions,
            )
        return answer.get("Attributes", {})


@dataclass(frozen=True, slots=True)
class _Noting:
    """The part of an update that writes what became of an alert for some receivers."""

    sets: list[str]
    attributes: dict[str, str]
    values: dict[str, object]

    def conditions(self, more: Mapping[str, object]) -> dict[str, Any]:
        """Return the names and values that the update's expression uses."""
        named = {"ExpressionAttributeNames": self.attributes} if self.attributes else {}
        return {**named, "ExpressionAttributeValues": serialize({**self.values, **more})}


def _noting(deliveries: Deliveries) -> _Noting:
    found = list(enumerate(deliveries.items()))
    return _Noting(
        [f"#d{number} = :d{number}" for number, _ in found],
        {f"#d{number}": f"{DELIVERY}{receiver}" for number, (receiver, _) in found},
        {f":d{number}": [str(each.state), each.at] for number, (_, each) in found},
    )


def deliveries_of(plain: Plain) -> Deliveries:
    """Read what became of an alert, by receiver."""
    return {
        name.removeprefix(DELIVERY): Delivery(AlertDeliveryState(row[0]), Instant(int(row[1])))
        for name, row in plain.items()
        if name.startswith(DELIVERY)
    }


def _waiting(item: Item) -> Waiting:
    alert_id = item[names.ALERT_ID]["S"]
    return Waiting(
        account_id=AccountId(item[names.ACCOUNT_ID]["S"]),
        alert_id=alert_id,
        raised_at=names.time_at(alert_id),
        read=partial(alert_from_item, item),
    )


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
        "runway": _runway_to_row(alert.runway, alert.days) if alert.runway else None,
        "spike": _spike_to_row(alert.spike) if alert.spike else None,
        "repeats": alert.repeats,
        "ends": [[each.expires_at, each.amount.hundredths] for each in alert.ends] or None,
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
    available = Credits(int(plain["available"]))
    runway, days = (
        _runway_from_row(plain["runway"], available) if about in OF_RUNWAY else (None, ())
    )
    return Alert(
        account_id=AccountId(plain[names.ACCOUNT_ID]),
        seq=int(plain[names.SEQ]),
        raised_at=Instant(int(plain["raised_at"])),
        about=about,
        thresholds=tuple(Credits(int(each)) for each in thresholds),
        limit=_limit_from_row(plain["limit"]) if about in OF_LIMITS else None,
        days=days,
        runway=runway,
        spike=_spike_from_row(plain["spike"]) if about is AlertKind.USAGE_SPIKE else None,
        ends=_ends_from_rows(plain["ends"]) if about is AlertKind.EXPIRY_NEAR else (),
        balance=Credits(int(plain["balance"])),
        available=available,
        repeats=plain.get("repeats"),
        suppressed=plain.get("quiet", False),
        of_first_form=plain[names.ALERT_ID].count("#") == 1,
    )


def _ends_from_rows(rows: Sequence[Row]) -> tuple[Ending, ...]:
    """Read ``[[expires_at, amount], …]``."""
    return tuple(Ending(Instant(int(at)), Credits(int(amount))) for at, amount in rows)


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


def _runway_to_row(runway: Runway, days: Sequence[int]) -> Row:
    """Write ``[spent in seven days, days, …]``; what is available stands beside it."""
    return [runway.spent.hundredths, *days]


def _runway_from_row(row: Row, available: Credits) -> tuple[Runway, tuple[int, ...]]:
    spent, *days = (int(each) for each in row)
    return Runway(spent=Credits(spent), available=available), tuple(days)


def _spike_to_row(spike: Spike) -> Row:
    """Write ``[hour, spent, the week's sum]``."""
    return [spike.hour, spike.spent.hundredths, spike.week.hundredths]


def _spike_from_row(row: Row) -> Spike:
    hour, spent, week = (int(each) for each in row)
    return Spike(hour=hour, spent=Credits(spent), week=Credits(week))
