"""Levels: how well an account stands, in one word for a person."""

from enum import StrEnum

from prepaid.domain.account import Account, Status
from prepaid.domain.credits import ZERO


class Level(StrEnum):
    """What to show of an account first; a page offers at most one of these at a time."""

    HEALTHY = "healthy"
    LOW = "low"
    EMPTY = "empty"
    DEBT = "debt"
    FROZEN = "frozen"
    UNLIMITED = "unlimited"


def level_of(account: Account, *, unlimited: bool) -> Level:
    """Judge *account* as settled now; *unlimited* if whoever asks is.

    Not being allowed to spend comes first, as nothing bypasses it. Then the balance is judged, as
    thresholds judge it: what is held sets nobody low.
    """
    if account.status is not Status.ACTIVE:
        return Level.FROZEN
    if unlimited or account.unlimited:
        return Level.UNLIMITED
    if account.balance < ZERO:
        return Level.DEBT
    if account.balance == ZERO:
        return Level.EMPTY
    if any(account.balance < threshold.at for threshold in account.thresholds):
        return Level.LOW
    return Level.HEALTHY
