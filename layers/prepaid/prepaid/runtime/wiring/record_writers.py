"""Writers of records: who writes each kind of row that a commit writes beside the ledger's own.

Each imports its adapter when it has a record: a spend has none, and every cold start waits for it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from prepaid.domain.auditing import AuditRow
from prepaid.domain.listing import DirectoryRow, ListRow
from prepaid.domain.thresholds import Alert
from prepaid.domain.usage import ClosedDay
from prepaid.ledger.dynamodb.store import RecordWriter, close_day

if TYPE_CHECKING:
    from prepaid.accounts.settings import SavedSettings
    from prepaid.payments.payment import Payment


def record_writers(
    *, usage_tracking: str, stripe_payments: str, credit_alerts: str, credit_records: str
) -> Mapping[str, RecordWriter]:
    """Return the writer of each kind of record, onto the tables that are named."""

    def write_day(closed: ClosedDay) -> dict[str, Any]:
        return close_day(closed, usage_tracking)

    def write_alert(alert: Alert) -> dict[str, Any]:
        from prepaid.alerts.dynamodb.outbox import put_alert  # noqa: PLC0415 - when there is an alert

        return put_alert(alert, credit_alerts)

    def write_payment(payment: "Payment") -> dict[str, Any]:
        from prepaid.payments.dynamodb.payments import (  # noqa: PLC0415 - when there is a payment
            replace_payment,
        )

        return replace_payment(payment, stripe_payments)

    return {
        "closed_day": write_day,
        "alert": write_alert,
        "payment": write_payment,
        **_record_rows(credit_records),
    }


def _record_rows(credit_records: str) -> Mapping[str, RecordWriter]:
    """Return the writers of rows in the table of records."""

    def write_list(row: "ListRow") -> dict[str, Any]:
        from prepaid.accounts.dynamodb.rows import (  # noqa: PLC0415 - when a border is crossed
            write_list_row,
        )

        return write_list_row(row, credit_records)

    def write_directory(row: "DirectoryRow") -> dict[str, Any]:
        from prepaid.accounts.dynamodb.rows import (  # noqa: PLC0415 - when an account is new
            write_directory_row,
        )

        return write_directory_row(row, credit_records)

    def write_audit(row: "AuditRow") -> dict[str, Any]:
        from prepaid.dynamodb.audit import put_audit_row  # noqa: PLC0415 - when an admin acts

        return put_audit_row(row, credit_records)

    def write_settings(saved: "SavedSettings") -> dict[str, Any]:
        from prepaid.accounts.dynamodb.settings import (  # noqa: PLC0415 - when they are saved
            put_settings,
        )

        return put_settings(saved, credit_records)

    return {
        "list": write_list,
        "directory": write_directory,
        "audit": write_audit,
        "settings": write_settings,
    }
