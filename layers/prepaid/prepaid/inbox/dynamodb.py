"""What an admin must look at, kept in DynamoDB.

An open case stands in the sparse index `due` under its time; a resolved one does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb import names
from prepaid.dynamodb.audit import audit_from_row, audit_to_row
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dead_letters import KEPT_SECONDS, DeadLetter
from prepaid.inbox.ports import AUDIT_MONTHS, AuditPlace, ExceptionCase, Resolution

OPEN = "exceptions"
RESOLVED_AT = "resolved_at"
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


def _key_of_letter(letter_id: str) -> dict[str, str]:
    return {names.KIND_ID: f"letter#{letter_id}", names.SORT: "letter"}
