"""Puts together analytics: the ledger's history, and how long one answer reads entries."""

from prepaid.analytics.usage import UsageAnalytics
from prepaid.runtime.retries import Deadline
from prepaid.runtime.wiring.ledger import store

ENTRIES_SECONDS = 3.0
"""How long one answer reads entries."""


def usage_analytics() -> UsageAnalytics:
    """Return what answers questions about an account's usage, from now on."""
    return UsageAnalytics(history=store(), time_is_up=Deadline(seconds=ENTRIES_SECONDS).is_over)
