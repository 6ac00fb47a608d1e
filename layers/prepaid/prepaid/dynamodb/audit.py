"""Rows of what admins did, in the table of records; each is true only with what it tells of."""

from collections.abc import Mapping
from typing import Any

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Key
from prepaid.dynamodb import names
from prepaid.dynamodb.values import serialize


def put_audit_row(row: AuditRow, table: str) -> dict[str, Any]:
    """Return the write of what an admin did; nothing replaces it."""
    return {
        "Put": {
            "TableName": table,
            "Item": serialize(audit_to_row(row)),
            "ConditionExpression": f"attribute_not_exists({names.KIND_ID})",
        }
    }


def audit_to_row(row: AuditRow) -> dict[str, object]:
    """Write what an admin did."""
    plain = {
        names.KIND_ID: names.audit_partition(row.at),
        names.SORT: f"{row.at:010d}#{row.request_id}#{row.number}",
        "at": row.at,
        "actor": row.actor,
        "action": row.action,
        "subject": row.subject,
        "request_id": row.request_id,
        "number": row.number,
        "reason": row.reason,
        "note": row.note,
        "before": dict(row.before),
        "after": dict(row.after),
        names.ACCOUNT_ID: row.account_id,
        "entry_key": row.entry_key,
    }
    return {name: value for name, value in plain.items() if value is not None}


def audit_from_row(row: Mapping[str, Any]) -> AuditRow:
    """Read what an admin did."""
    account_id, entry_key = row.get(names.ACCOUNT_ID), row.get("entry_key")
    return AuditRow(
        at=Instant(row["at"]),
        actor=row["actor"],
        action=row["action"],
        subject=row["subject"],
        request_id=row["request_id"],
        number=row["number"],
        reason=row.get("reason"),
        note=row.get("note"),
        before=row["before"],
        after=row["after"],
        account_id=None if account_id is None else AccountId(account_id),
        entry_key=None if entry_key is None else Key(entry_key),
    )
