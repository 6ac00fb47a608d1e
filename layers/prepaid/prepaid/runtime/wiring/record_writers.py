"""Writers of records: who writes each kind of row that a commit writes beside the ledger's own.

Each imports its adapter when it has a record: a spend has none, and every cold start waits for it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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
        from prepaid.alerts.dynamodb import put_alert  # noqa: PLC0415 - when there is an alert

        return put_alert(alert, credit_alerts)

    def write_payment(payment: "Payment") -> dict[str, Any]:
        from prepaid.payments.dynamodb.payments import (  # noqa: PLC0415 - when there is a payment
            replace_payment,
        )

        return replace_payment(payment, stripe_payments)

    def write_settings(saved: "SavedSettings") -> dict[str, Any]:
        from prepaid.accounts.dynamodb import put_settings  # noqa: PLC0415 - when they are saved

        return put_settings(saved, credit_records)

    return {
        "closed_day": write_day,
        "alert": write_alert,
        "payment": write_payment,
        "settings": write_settings,
    }
