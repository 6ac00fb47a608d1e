"""What limits refuse and leave, when their windows end, and what is announced of them.

Holds count while they are open, in whatever window they were opened. A capture counts in the
window in which it is posted, and no limit refuses one.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from typing import override

from prepaid.domain.account import Account
from prepaid.domain.credits import Credits, Instant, rfc_3339
from prepaid.domain.errors import Refusal
from prepaid.domain.limits import HOUR_SECONDS, REACHED, Limit, LimitOwner, Scope, Window
from prepaid.domain.thresholds import Alert, AlertKind, LimitStanding
from prepaid.domain.usage import first_instant, local_day


class SpendingLimitExceeded(Refusal):
    """Usage, or what would be held for it, is beyond what a limit leaves of its window.

    `standing` is that of the limit which leaves least, `limits` are all that are in the way, and
    `day` is the account's day.
    """

    code = "spending_limit_exceeded"

    def __init__(
        self, account: Account, limits: Sequence[Limit], *, required: Credits, now: Instant
    ) -> None:
        self.limits = tuple(limits)
        self.day = account.usage_day
        self.required = required
        self.standing = standing(account, limits[0], now)
        self.retry_after_seconds = max(self.standing.resets_at - now, 1)
        super().__init__(
            f"{required} credits are required; the limit of {limits[0].amount} for each "
            f"{limits[0].window} leaves {self.standing.left}."
        )

    @property
    def unannounced(self) -> Set[tuple[LimitOwner, Scope]]:
        """Which limits in the way were not announced as reached in their windows."""
        return {(each.by, each.scope) for each in self.limits if each.level < REACHED}

    @override
    def members(self) -> Mapping[str, object]:
        limit = self.standing
        return {
            "scope": "account" if limit.operation is None else "operation",
            "operation": limit.operation,
            "window": limit.window,
            "amount": str(limit.amount),
            "used": str(limit.used),
            "held": str(limit.held),
            "required": str(self.required),
            "resets_at": rfc_3339(limit.resets_at),
        }


def refuse_beyond_limits(account: Account, operation: str, wanted: Credits, now: Instant) -> None:
    """Raise `SpendingLimitExceeded` where a limit leaves less than *wanted*; 0.00 is never less."""
    if not wanted:
        return
    short = [each for each in covering(account, operation) if each.left(account.holds) < wanted]
    if not short:
        return
    short.sort(key=lambda each: (each.left(account.holds), -resets_at(account, each.window, now)))
    raise SpendingLimitExceeded(account, short, required=wanted, now=now)


def covering(account: Account, operation: str) -> Sequence[Limit]:
    """Return the limits that usage of *operation* counts for."""
    return [each for each in account.limits if each.covers(operation)]


def within_limits(account: Account, operation: str, amount: Credits) -> Credits:
    """Return *amount*, or the part of it that every limit leaves."""
    left = [each.left(account.holds) for each in covering(account, operation)]
    return min([amount, *left])


def resets_at(account: Account, window: Window, now: Instant) -> Instant:
    """Return when the window that runs at *now* ends."""
    if window is Window.HOUR:
        return Instant((now // HOUR_SECONDS + 1) * HOUR_SECONDS)
    day = account.usage_day
    tomorrow = first_instant(day + timedelta(days=1), account.time_zone)
    if window is Window.DAY:
        return tomorrow
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    if local_day(tomorrow, account.time_zone) >= first:
        return tomorrow
    return max(tomorrow, first_instant(first, account.next_time_zone or account.time_zone))


def standing(account: Account, limit: Limit, now: Instant) -> LimitStanding:
    """Return how *limit* stands at *now*."""
    return LimitStanding(
        operation=limit.operation,
        window=limit.window,
        by=limit.by,
        amount=limit.amount,
        used=limit.used,
        held=limit.held(account.holds),
        resets_at=resets_at(account, limit.window, now),
    )


def standings(
    account: Account, now: Instant, operation: str | None = None
) -> Sequence[LimitStanding]:
    """Return how every limit stands at *now*, or those that usage of *operation* counts for."""
    limits = account.limits if operation is None else covering(account, operation)
    return [standing(account, each, now) for each in limits]


def check_limits(account: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    """Return *account* and the alerts of limits whose usage is at a percentage not announced yet.

    The account has a new entry, after which its usage may be at several at once.
    """
    due = [each for each in account.limits if each.reached > each.level]
    return (
        _announced(account, [(each, each.reached) for each in due], now) if due else (account, ())
    )


def announce_refusal(
    account: Account, refusal: SpendingLimitExceeded, now: Instant
) -> tuple[Account, tuple[Alert, ...]]:
    """Return *account* and the alerts of limits that refused for the first time in their window.

    Usage may never come to 100 percent of a limit that is in the way. A window that has ended
    since is not announced.
    """
    if account.usage_day != refusal.day:
        return account, ()
    refused = {(each.by, each.scope, each.hour) for each in refusal.limits}
    due = [
        (each, REACHED)
        for each in account.limits
        if each.level < REACHED and (each.by, each.scope, each.hour) in refused
    ]
    return _announced(account, due, now)


def _announced(
    account: Account, due: Sequence[tuple[Limit, int]], now: Instant
) -> tuple[Account, tuple[Alert, ...]]:
    levels = {(each.by, each.scope): level for each, level in due}
    limits = tuple(
        replace(each, level=levels.get((each.by, each.scope), each.level))
        for each in account.limits
    )
    alerts = tuple(_alert(account, each, level, now) for each, level in due)
    return replace(account, limits=limits), alerts


def _alert(account: Account, limit: Limit, level: int, now: Instant) -> Alert:
    return Alert(
        account_id=account.account_id,
        seq=account.seq,
        raised_at=now,
        balance=account.balance,
        available=account.available(now),
        about=AlertKind.LIMIT_REACHED if level == REACHED else AlertKind.LIMIT_NEAR,
        limit=standing(account, limit, now),
    )
