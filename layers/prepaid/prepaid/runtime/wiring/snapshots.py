"""Puts together the snapshots of all accounts: who takes them, and who answers from them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.analytics.dynamodb.snapshots import DynamoSnapshots
from prepaid.analytics.snapshot_ports import Snapshots
from prepaid.analytics.system import SystemAnalytics
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.settings import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    snapshots: Callable[[], Snapshots]


parts = Parts(
    snapshots=cache(lambda: DynamoSnapshots(shared_client(), settings.credit_records_table))
)


def snapshots() -> Snapshots:
    """Return where snapshots are kept."""
    return parts.snapshots()


def system_analytics() -> SystemAnalytics:
    """Return what answers from snapshots."""
    return SystemAnalytics(parts.snapshots())
