"""Alerts: an account that falls below a threshold is warned, once for each crossing.

The balance is compared, not what is available: a hold sets credits aside and warns nobody. Below
is crossed, equal is not; at or above, the threshold waits for the next crossing.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.records import Record

COOLDOWN_SECONDS = 3_600
"""How long a threshold is not announced again, however often it is crossed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Record):
    """The balance fell below `thresholds`, highest first, with the entry numbered `seq`.

    A suppressed one is stored and not announced: each of its thresholds was announced within the
    cooldown.
    """

    kind: ClassVar[str] = "alert"

    account_id: AccountId
    seq: int
    raised_at: Instant
    thresholds: tuple[Credits, ...]
    balance: Credits
    available: Credits
    suppressed: bool = False


def check_thresholds(before: Account, after: Account, now: Instant) -> tuple[Account, Alert | None]:
    """Return *after* with what it remembers of its alerts, and the alert that is due, or `None`.

    *after* is *before* with one more entry, which may fall below several thresholds at once.
    """
    fallen = {t.at for t in after.thresholds if after.balance < t.at <= before.balance}
    if not fallen:
        return after, None
    announced = any(t.at in fallen and not _cooling(t.alerted_at, now) for t in after.thresholds)
    alert = Alert(
        account_id=after.account_id,
        seq=after.seq,
        raised_at=now,
        thresholds=tuple(sorted(fallen, reverse=True)),
        balance=after.balance,
        available=after.available(now),
        suppressed=not announced,
    )
    if announced:
        thresholds = tuple(
            replace(t, alerted_at=now) if t.at in fallen else t for t in after.thresholds
        )
        after = replace(after, thresholds=thresholds)
    return after, alert


def _cooling(announced_at: Instant, now: Instant) -> bool:
    return now - announced_at < COOLDOWN_SECONDS
