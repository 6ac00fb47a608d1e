"""Calls and their sources in DynamoDB: rows of `credit_records`, written on condition."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.calls.call import Binding, BoundBy, Call
from prepaid.calls.facts import CallEnd, CallStatus, Duration, DurationSource
from prepaid.calls.ports import CallSource
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.failures import NOT_WRITTEN, reading, translated
from prepaid.dynamodb.records import NOTHING, RecordsTable
from prepaid.dynamodb.shards import SHARDS, DuePage, Position, all_due, read_page
from prepaid.dynamodb.values import Item, Plain, deserialize, moment, serialize
from prepaid.ledger.ports import RecordMoved

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CALL = "call"
SOURCE = "call_source"


class DynamoCalls:
    """`Calls` on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def call(self, call_id: str) -> Call:
        """Read a call consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table,
                Key=serialize({names.KIND_ID: f"{CALL}#{call_id}", names.SORT: CALL}),
                ConsistentRead=True,
            )
        item = answer.get("Item")
        return call_from_row(deserialize(item)) if item else Call(call_id=call_id)

    def save(self, call: Call) -> None:
        """Replace a call that still has the version it carries."""
        try:
            with translated():
                self._client.put_item(**put_call(call, self._table)["Put"])
        except ClientError as error:
            if error.response["Error"]["Code"] == NOT_WRITTEN:
                raise RecordMoved from error
            raise

    def due(self, *, now: Instant) -> Iterator[str]:
        """Find calls whose moment has come, shard by shard, the longest due first."""
        return all_due(lambda shard, after: self._due_in(shard, now, after), str)

    def _due_in(self, shard: int, now: Instant, position: Position | None) -> DuePage[str]:
        asked = {
            "TableName": self._table,
            "IndexName": names.DUE_INDEX,
            "KeyConditionExpression": f"{names.DUE_SHARD} = :shard AND {names.DUE_AT} <= :now",
            "ExpressionAttributeValues": serialize({":shard": f"{CALL}#{shard}", ":now": now}),
        }
        return read_page(self._client, asked, _call_id, position)


class DynamoCallSources:
    """`CallSources` on DynamoDB: one partition, ordered by id."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def source(self, source_id: str) -> CallSource | None:
        """Read a source consistently."""
        with reading():
            answer = self._client.get_item(
                TableName=self._table, Key=_source_key(source_id), ConsistentRead=True
            )
        item = answer.get("Item")
        return _source(deserialize(item)) if item else None

    def change(self, before: CallSource | None, after: CallSource | None, audit: AuditRow) -> bool:
        """Put or delete the row on condition of what was read, with the audit of it."""
        records = RecordsTable(self._client, self._table)
        when, values = f"attribute_not_exists({names.KIND_ID})", NOTHING
        if before is not None:
            when = f"{names.ACCOUNT_ID} = :account AND updated_at = :at AND updated_by = :by"
            values = {
                ":account": before.account_id,
                ":at": before.updated_at,
                ":by": before.updated_by,
            }
        if after is not None:
            write = records.put(_source_row(after), when=when, values=values)
        else:
            write = records.delete(SOURCE, audit.subject, when=when, values=values)
        return records.audited(write, audit)

    def sources(self, *, limit: int, after: str | None = None) -> Sequence[CallSource]:
        """Read sources in the order of their ids."""
        asked: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": f"{names.KIND_ID} = :kind",
            "ExpressionAttributeValues": serialize({":kind": SOURCE}),
            "ConsistentRead": True,
            "Limit": limit,
        }
        if after is not None:
            asked["ExclusiveStartKey"] = _source_key(after)
        with reading():
            answer = self._client.query(**asked)
        return [_source(deserialize(item)) for item in answer["Items"]]


def put_call(call: Call, table: str) -> dict[str, Any]:
    """Return the write of a call on condition of the version that it carries."""
    put: dict[str, Any] = {
        "TableName": table,
        "Item": serialize(_row(call)),
        "ConditionExpression": f"attribute_not_exists({names.KIND_ID})",
    }
    if call.version:
        put["ConditionExpression"] = f"{names.VERSION} = :seen"
        put["ExpressionAttributeValues"] = serialize({":seen": call.version})
    return {"Put": put}


def shard_of(call_id: str) -> int:
    """Return the shard in which a call that is due is found."""
    return zlib.crc32(call_id.encode()) % SHARDS


def _call_id(item: Item) -> str:
    return str(item[names.KIND_ID]["S"]).removeprefix(f"{CALL}#")


def _row(call: Call) -> Plain:
    """Write a call; what is not known is left out."""
    bound, end = call.binding, call.end
    duration = end.duration if end else None
    row = {
        names.KIND_ID: f"{CALL}#{call.call_id}",
        names.SORT: CALL,
        "call_id": call.call_id,
        names.VERSION: call.version + 1,
        "bound": bound and [bound.account_id, bound.hold_id, str(bound.by)],
        "status": call.status and str(call.status),
        "end": end and [end.ended_reason, end.provider_cost, end.ended_at],
        "duration": duration and [duration.milliseconds, str(duration.source)],
        "settled": call.settled,
        "first_seen_at": call.first_seen_at,
        names.CREATED_AT: call.created_at,
        "in_progress_at": call.in_progress_at,
        "phone_number_id": call.phone_number_id,
        "campaign_id": call.campaign_id,
        "assistant_id": call.assistant_id,
        "control_url": call.control_url,
        names.DUE_SHARD: None if call.due_at is None else f"{CALL}#{shard_of(call.call_id)}",
        names.DUE_AT: call.due_at,
        "asked": call.asked or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def call_from_row(row: Mapping[str, Any]) -> Call:
    """Read a call from its row."""
    status = row.get("status")
    return Call(
        call_id=row["call_id"],
        version=row[names.VERSION],
        binding=_binding(row.get("bound")),
        status=None if status is None else CallStatus(status),
        end=_end(row.get("end"), row.get("duration")),
        settled=row.get("settled"),
        first_seen_at=Instant(row["first_seen_at"]),
        created_at=moment(row.get(names.CREATED_AT)),
        in_progress_at=moment(row.get("in_progress_at")),
        phone_number_id=row.get("phone_number_id"),
        campaign_id=row.get("campaign_id"),
        assistant_id=row.get("assistant_id"),
        control_url=row.get("control_url"),
        due_at=moment(row.get(names.DUE_AT)),
        asked=row.get("asked", 0),
    )


def _binding(row: Sequence[Any] | None) -> Binding | None:
    if row is None:
        return None
    account_id, hold_id, by = row
    return Binding(account_id=AccountId(account_id), hold_id=hold_id, by=BoundBy(by))


def _end(row: Sequence[Any] | None, duration: Sequence[Any] | None) -> CallEnd | None:
    if row is None:
        return None
    ended_reason, provider_cost, ended_at = row
    duration_read: Duration | None = None
    if duration is not None:
        milliseconds, source = duration
        duration_read = Duration(milliseconds=milliseconds, source=DurationSource(source))
    return CallEnd(
        duration=duration_read,
        ended_reason=ended_reason,
        provider_cost=provider_cost,
        ended_at=moment(ended_at),
    )


def _source_key(source_id: str) -> dict[str, Any]:
    return serialize({names.KIND_ID: SOURCE, names.SORT: source_id})


def _source_row(source: CallSource) -> dict[str, object]:
    row = {
        names.KIND_ID: SOURCE,
        names.SORT: source.source_id,
        names.ACCOUNT_ID: source.account_id,
        "assistant_id": source.assistant_id,
        "updated_at": source.updated_at,
        "updated_by": source.updated_by,
    }
    return {name: value for name, value in row.items() if value is not None}


def _source(row: Mapping[str, Any]) -> CallSource:
    return CallSource(
        source_id=row[names.SORT],
        account_id=AccountId(row[names.ACCOUNT_ID]),
        assistant_id=row.get("assistant_id"),
        updated_at=Instant(row["updated_at"]),
        updated_by=row["updated_by"],
    )
