"""What an admin must look at, kept in DynamoDB.

An open case stands in the sparse index `due` under its time; a resolved one does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from botocore.exceptions import ClientError

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb import names
from prepaid.dynamodb.audit import audit_from_row, audit_to_row
from prepaid.dynamodb.failures import reading
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dead_letters import KEPT_SECONDS, DeadLetter, StreamBatch
from prepaid.inbox.ports import AUDIT_MONTHS, AuditPlace, ExceptionCase, Resolution

OPEN = "exceptions"
RESOLVED_AT = "resolved_at"
_FORGOTTEN = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})
_MOST_PAGES = 50
"""How many pages of a stream are read for one letter; some may be empty."""
OLDER_KINDS = (
    *("alert_not_delivered", "call_hold_of_another", "call_hold_unknown", "call_hold_voided"),
    *("call_never_reported", "call_not_billed", "call_report_differs", "dispute_contradiction"),
    *("dispute_currencies", "dispute_without_amounts", "foreign_event", "ledger_drift"),
    *("other_currency", "payment_healed", "payment_mismatch", "payment_object_unreadable"),
    *("provider_account", "refund_status", "unknown_call", "unknown_payment", "unreadable_event"),
)
"""What was reported before cases stood in the index."""
OLDER_ARE_LISTED = {names.KIND_ID: "inbox", names.SORT: "older_are_listed"}
_PAGE = 100
_IS_OPEN = f"attribute_exists({names.KIND_ID}) AND attribute_not_exists({RESOLVED_AT})"


class DynamoExceptions:
    """`Exceptions` and `Inbox` on DynamoDB."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        case = ExceptionCase(kind=kind, subject=subject, detail=detail, created_at=now)
        self._table.add({**_row(case), **_in_index(case)})

    def open_cases(
        self, *, limit: int, after: ExceptionCase | None = None
    ) -> Sequence[ExceptionCase]:
        """Read the index backwards."""
        start = None if after is None else {**_key(after), **_in_index(after)}
        return [_case(row) for row in self._table.latest(OPEN, limit=limit, after=start)]

    def case(self, kind: str, subject: str) -> ExceptionCase | None:
        """Read a case consistently."""
        row = self._table.read(f"exception#{kind}", subject)
        return _case(row) if row else None

    def resolve(self, case: ExceptionCase, resolution: Resolution, audit: AuditRow) -> bool:
        """Replace the row of an open case by one that the index leaves out."""
        row = _row(case) | {
            RESOLVED_AT: resolution.at,
            "resolved_by": resolution.by,
            names.ACCOUNT_ID: resolution.account_id,
            "reason": resolution.reason,
        }
        given = {name: value for name, value in row.items() if value is not None}
        return self._table.audited(self._table.put(given, when=_IS_OPEN), audit)

    def note(self, audit: AuditRow) -> None:
        """Add a row to the log."""
        self._table.add(audit_to_row(audit))

    def list_older(self) -> int:
        """Put rows of before the index into it, and keep that this was done."""
        if self._table.read(*OLDER_ARE_LISTED.values()) is not None:
            return 0
        cases = (each for kind in OLDER_KINDS for each in self._unlisted(kind))
        listed = sum(self._table.put_if({**_row(c), **_in_index(c)}, _IS_OPEN) for c in cases)
        self._table.add(OLDER_ARE_LISTED)
        return listed

    def _unlisted(self, kind: str) -> Iterator[ExceptionCase]:
        """Go through the open cases of a kind that are not in the index."""
        before: str | None = None
        while rows := self._table.backwards(f"exception#{kind}", limit=_PAGE, before=before):
            before = rows[-1][names.SORT]
            yield from (
                _case(row) for row in rows if {names.DUE_SHARD, RESOLVED_AT}.isdisjoint(row)
            )


def _key(case: ExceptionCase) -> dict[str, object]:
    return {names.KIND_ID: f"exception#{case.kind}", names.SORT: case.subject}


def _in_index(case: ExceptionCase) -> dict[str, object]:
    return {names.DUE_SHARD: OPEN, names.DUE_AT: case.created_at}


def _row(case: ExceptionCase) -> dict[str, object]:
    return {**_key(case), "detail": case.detail, names.CREATED_AT: case.created_at}


def _case(row: Mapping[str, Any]) -> ExceptionCase:
    resolution: Resolution | None = None
    if RESOLVED_AT in row:
        account_id = row.get(names.ACCOUNT_ID)
        resolution = Resolution(
            at=Instant(row[RESOLVED_AT]),
            by=row["resolved_by"],
            account_id=None if account_id is None else AccountId(account_id),
            reason=row.get("reason"),
        )
    return ExceptionCase(
        kind=row[names.KIND_ID].partition("#")[2],
        subject=row[names.SORT],
        detail=row["detail"],
        created_at=Instant(row[names.CREATED_AT]),
        resolution=resolution,
    )


class DynamoAuditLog:
    """`AuditLog` on DynamoDB: a partition for each month, read backwards."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def latest(
        self, *, now: Instant, limit: int, after: AuditPlace | None = None
    ) -> Sequence[tuple[AuditPlace, AuditRow]]:
        """Query month after month, from that of *after* back."""
        found: list[tuple[AuditPlace, AuditRow]] = []
        month, before = after.at if after else now, after.sort if after else None
        for _ in range(AUDIT_MONTHS):
            rows = self._table.backwards(
                names.audit_partition(month), limit=limit - len(found), before=before
            )
            found += [
                (AuditPlace(Instant(row["at"]), row[names.SORT]), audit_from_row(row))
                for row in rows
            ]
            if len(found) >= limit:
                break
            month, before = names.month_before(month), None
        return found


class DynamoDeadLetters:
    """`DeadLetters` on DynamoDB; rows end by time to live."""

    def __init__(self, table: RecordsTable) -> None:
        self._table = table

    def keep(self, letter: DeadLetter, *, now: Instant) -> None:
        """Add the row of a letter."""
        row = {
            **_key_of_letter(letter.letter_id),
            "first_id": letter.first_id,
            "target": letter.target,
            "body": letter.body,
            "reason": letter.reason,
            "group": letter.group,
            names.CREATED_AT: now,
            names.REMOVE_AT: now + KEPT_SECONDS,
        }
        self._table.add({name: value for name, value in row.items() if value is not None})

    def letter(self, letter_id: str) -> DeadLetter | None:
        """Read the row of a letter."""
        key = _key_of_letter(letter_id)
        row = self._table.read(key[names.KIND_ID], key[names.SORT])
        if row is None:
            return None
        return DeadLetter(
            letter_id=letter_id,
            first_id=row["first_id"],
            target=row["target"],
            body=row["body"],
            reason=row["reason"],
            group=row.get("group"),
        )


class StreamsClient(Protocol):
    """What is asked of the client of DynamoDB's streams, for which there are no types."""

    def get_shard_iterator(self, **asked: str) -> Mapping[str, Any]:
        """Return where a shard is read on."""

    def get_records(self, **asked: str) -> Mapping[str, Any]:
        """Return a page of records, and where the next one begins."""


class DynamoStreamedRows:
    """`StreamedRows` on DynamoDB, whose streams keep records for 24 hours."""

    def __init__(self, client: StreamsClient) -> None:
        self._client = client

    def keys(self, batch: StreamBatch) -> Sequence[Mapping[str, str]] | None:
        """Read the range from its first record to its last one."""
        try:
            with reading():
                return [each for record in self._records(batch) for each in _new(record)]
        except ClientError as error:
            if error.response["Error"]["Code"] not in _FORGOTTEN:
                raise
            return None

    def _records(self, batch: StreamBatch) -> Iterator[Mapping[str, Any]]:
        began = self._client.get_shard_iterator(
            StreamArn=batch.stream,
            ShardId=batch.shard,
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            SequenceNumber=batch.first,
        )
        iterator: str | None = began["ShardIterator"]
        last = int(batch.last)
        for _ in range(_MOST_PAGES):
            page = self._client.get_records(ShardIterator=iterator or "")
            for record in page["Records"]:
                number = int(record["dynamodb"]["SequenceNumber"])
                if number <= last:
                    yield record
                if number >= last:
                    return
            iterator = page.get("NextShardIterator")
            if iterator is None:
                return
        raise Unavailable("The stream did not come to the last of its records.")


def _new(record: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Return the keys of the row that a record is about, if it came new."""
    if record["eventName"] == "INSERT":
        yield {name: str(each["S"]) for name, each in record["dynamodb"]["Keys"].items()}


def _key_of_letter(letter_id: str) -> dict[str, str]:
    return {names.KIND_ID: f"letter#{letter_id}", names.SORT: "letter"}
