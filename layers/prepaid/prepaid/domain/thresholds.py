"""Alerts: an account that falls below a threshold is warned, once for each crossing.

The balance is compared, not what is available: a hold sets credits aside and warns nobody. Below
is crossed, equal is not; at or above, the threshold waits for the next crossing, and its recovery
is announced. A balance that comes to 0 is an alert of its own.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.limits import HOUR_SECONDS, LimitOwner, Window
from prepaid.domain.records import Record
from prepaid.domain.runway import DAYS, Runway

COOLDOWN_SECONDS = 3_600
"""How long a threshold is not announced again, however often it is crossed."""


class AlertKind(StrEnum):
    """What an alert is about. The names are stored for ever."""

    BALANCE_LOW = "balance_low"
    BALANCE_EMPTY = "balance_empty"
    BALANCE_RECOVERED = "balance_recovered"
    BALANCE_STILL_LOW = "balance_still_low"
    LIMIT_NEAR = "limit_near"
    LIMIT_REACHED = "limit_reached"
    RUNWAY_LOW = "runway_low"
    RUNWAY_RECOVERED = "runway_recovered"
    USAGE_SPIKE = "usage_spike"
    EXPIRY_NEAR = "expiry_near"


OF_THRESHOLDS = {
    AlertKind.BALANCE_LOW,
    AlertKind.BALANCE_RECOVERED,
    AlertKind.BALANCE_STILL_LOW,
}
"""Kinds whose alerts name thresholds."""
OF_LIMITS = {AlertKind.LIMIT_NEAR, AlertKind.LIMIT_REACHED}
"""Kinds whose alerts name a limit."""
OF_RUNWAY = {AlertKind.RUNWAY_LOW, AlertKind.RUNWAY_RECOVERED}
"""Kinds whose alerts name days of runway."""
RECOVERED = {AlertKind.BALANCE_RECOVERED, AlertKind.RUNWAY_RECOVERED}
"""Kinds whose alerts say that something is well again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitStanding:
    """How a limit stands: what is used of its window, what is held, and when the window ends."""

    operation: str | None
    window: Window
    by: LimitOwner
    amount: Credits
    used: Credits
    held: Credits
    resets_at: Instant

    @property
    def left(self) -> Credits:
        """What may still be spent or held; not below 0."""
        return max(self.amount - self.used - self.held, ZERO)


@dataclass(frozen=True, slots=True)
class Ending:
    """Credits that expire at one moment unless they are used before."""

    expires_at: Instant
    amount: Credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """What usage has cost in a UTC hour so far, and in the seven days before the account's day."""

    hour: int
    spent: Credits
    week: Credits

    @property
    def begins_at(self) -> Instant:
        """When the hour began."""
        return Instant(self.hour * HOUR_SECONDS)

    @property
    def usual(self) -> Credits:
        """The mean of an hour of those days, rounded down to 0.01."""
        return Credits(max(self.week, ZERO).hundredths // (DAYS * 24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Record):
    """What an account is warned of, with the entry numbered `seq`, or after it.

    A low balance fell below `thresholds`, highest first; one that recovered is back at them, or
    above. A `runway` is shorter than `days`, longest first, or is so long again. A suppressed alert
    is stored and not announced: each of its thresholds was announced within the cooldown. `ends`
    are the credits that expire soon, the next first. `repeats` is the id of the alert that this one
    repeats. An alert `of_first_form` was the only one of its entry, and its id says no more.
    """

    kind: ClassVar[str] = "alert"

    account_id: AccountId
    seq: int
    raised_at: Instant
    balance: Credits
    available: Credits
    about: AlertKind = AlertKind.BALANCE_LOW
    thresholds: tuple[Credits, ...] = ()
    limit: LimitStanding | None = None
    days: tuple[int, ...] = ()
    runway: Runway | None = None
    spike: Spike | None = None
    ends: tuple[Ending, ...] = ()
    repeats: str | None = None
    suppressed: bool = False
    of_first_form: bool = False

    @property
    def threshold(self) -> Credits | None:
        """The lowest threshold that the balance fell below, or the highest that it is back at."""
        if not self.thresholds:
            return None
        return self.thresholds[0 if self.about in RECOVERED else -1]

    @property
    def threshold_days(self) -> int | None:
        """The fewest days that the credits do not last, or the most that they last again."""
        if not self.days:
            return None
        return self.days[0 if self.about in RECOVERED else -1]

    @property
    def ending(self) -> Credits:
        """All credits that expire soon."""
        return Credits(sum(each.amount.hundredths for each in self.ends))

    @property
    def alert_id(self) -> str:
        """What tells it from every other alert of the account, two of one entry too.

        It sorts by time, then by the entry's number.
        """
        place = f"{self.raised_at:010d}#{self.seq:012d}"
        if self.of_first_form:
            return place
        if self.limit is None:
            return f"{place}#{self.about}"
        scope = (self.limit.by, self.limit.window, self.limit.operation or "")
        return "#".join((place, self.about, *scope))


def check_thresholds(
    before: Account, after: Account, now: Instant
) -> tuple[Account, tuple[Alert, ...]]:
    """Return *after* with what it remembers of its alerts, and the alerts that are due.

    *after* is *before* with one more entry, which may fall below several thresholds at once, or
    come back to several.
    """
    if after.balance < before.balance:
        after, low = _low(before, after, now)
        after, empty = _empty(before, after, now)
        return after, (*low, *empty)
    return _recovered(after, now)


def _low(before: Account, after: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    fallen = {t.at for t in after.thresholds if after.balance < t.at <= before.balance}
    if not fallen:
        return after, ()
    announced = any(t.at in fallen and not cooling(t.alerted_at, now) for t in after.thresholds)
    alert = replace(
        new_alert(after, AlertKind.BALANCE_LOW, now),
        thresholds=tuple(sorted(fallen, reverse=True)),
        suppressed=not announced,
    )
    if announced:
        thresholds = tuple(
            replace(t, alerted_at=now, open=True) if t.at in fallen else t for t in after.thresholds
        )
        after = replace(after, thresholds=thresholds)
    return after, (alert,)


def _empty(before: Account, after: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    """Warn of the fall from above 0 to 0 or below, whatever the thresholds are."""
    if not before.balance > ZERO >= after.balance:
        return after, ()
    quiet = cooling(after.emptied_at, now)
    alert = replace(new_alert(after, AlertKind.BALANCE_EMPTY, now), suppressed=quiet)
    return after if quiet else replace(after, emptied_at=now), (alert,)


def _recovered(after: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    """Announce that the balance is back at thresholds, once for each time that it was low.

    Where a fall stayed quiet, so does its end.
    """
    back = {t.at for t in after.thresholds if t.open and after.balance >= t.at}
    if not back:
        return after, ()
    thresholds = tuple(replace(t, open=False) if t.at in back else t for t in after.thresholds)
    alert = replace(
        new_alert(after, AlertKind.BALANCE_RECOVERED, now),
        thresholds=tuple(sorted(back, reverse=True)),
    )
    return replace(after, thresholds=thresholds), (alert,)


def new_alert(account: Account, about: AlertKind, now: Instant) -> Alert:
    """Return an alert of how *account* stands at *now*."""
    return Alert(
        account_id=account.account_id,
        seq=account.seq,
        raised_at=now,
        about=about,
        balance=account.balance,
        available=account.available(now),
    )


def cooling(announced_at: Instant, now: Instant) -> bool:
    """Say whether what was announced then, or never (0), is not announced again yet."""
    return now - announced_at < COOLDOWN_SECONDS
