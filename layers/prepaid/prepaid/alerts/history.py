"""Alerts as they are read by the account that they warn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from prepaid.alerts.ports import Deliveries
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import Alert


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """When an alert was acknowledged first, and by whom: a role and a subject."""

    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class PastAlert:
    """An alert, and when it was delivered; `None` while it waits, and for one that stays quiet.

    With what became of it by receiver, who acknowledged it, if anybody did, and when it is looked
    at again, if ever.
    """

    alert: Alert
    delivered_at: Instant | None
    deliveries: Deliveries = field(default_factory=dict)
    acknowledged: Acknowledged | None = None
    repeat_at: Instant | None = None


class AlertHistory(Protocol):
    """Reads the alerts of accounts."""

    def of_account(
        self, account_id: AccountId, *, limit: int, before: str | None = None
    ) -> Sequence[PastAlert]:
        """Return at most *limit* alerts, the latest first, or those *before* an alert's id.

        Reads consistently. Raises `Unavailable`.
        """

    def acknowledge(
        self, account_id: AccountId, alert_id: str, acknowledged: Acknowledged
    ) -> PastAlert | None:
        """Note who has seen an alert; the first one stays. `None` where there is no such alert.

        Neither it nor what it repeats is repeated from then on. Raises `Unavailable`.
        """
