"""Puts together what takes snapshots: the whole ledger, and all payments."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.analytics.dynamodb.account_days import DynamoAccountDays
from prepaid.analytics.snapshot import SnapshotTaking
from prepaid.analytics.snapshot_ports import AccountDays, WholeLedger, WholePayments
from prepaid.dynamodb.client import shared_client
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.runtime import jobs
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import ledger, snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    ledger: Callable[[], WholeLedger]
    payments: Callable[[], WholePayments]
    account_days: Callable[[], AccountDays]


parts = Parts(
    ledger=ledger.store,
    payments=cache(lambda: DynamoPayments(shared_client(), settings.stripe_payments_table)),
    account_days=cache(lambda: DynamoAccountDays(shared_client(), settings.credit_records_table)),
)


def snapshot_taking(time_is_up: Callable[[], bool]) -> SnapshotTaking:
    """Return what takes snapshots until *time_is_up*."""
    return SnapshotTaking(
        ledger=parts.ledger(),
        payments=parts.payments(),
        account_days=parts.account_days(),
        snapshots=snapshots.snapshots(),
        time_is_up=time_is_up,
        failed=jobs.account_failed,
    )
