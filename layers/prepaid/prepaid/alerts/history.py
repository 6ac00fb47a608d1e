"""Alerts as they are read by the account that they warn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert


@dataclass(frozen=True, slots=True)
class PastAlert:
    """An alert, and when it was delivered; `None` while it waits, and for one that stays quiet."""

    alert: Alert
    delivered_at: Instant | None


class AlertHistory(Protocol):
    """Reads the alerts of accounts."""

    def of_account(
        self, account_id: AccountId, *, limit: int, before: str | None = None
    ) -> Sequence[PastAlert]:
        """Return at most *limit* alerts, the latest first, or those *before* an alert's id.

        Reads consistently. Raises `Unavailable`.
        """
