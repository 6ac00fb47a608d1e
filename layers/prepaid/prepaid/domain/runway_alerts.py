"""Runway alerts: when a day begins, an account is warned that its credits will not last so long.

It is judged once for each day of the account that ended, before the command that comes first in
the new one. An account that nobody touches is not judged, and one that was used on fewer than three
of the seven days has no runway: then nothing is announced, and nothing recovers.
"""

from dataclasses import replace

from prepaid.domain.account import Account
from prepaid.domain.credits import Instant
from prepaid.domain.runway import Runway
from prepaid.domain.thresholds import Alert, AlertKind, cooling, new_alert


def check_runway(account: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    """Return *account* with what it remembers of its alerts, and the alerts that are due.

    A threshold that was announced is announced again only after it has recovered.
    """
    runway = Runway.of(account.week, account.available(now))
    if runway is None or account.unlimited:
        return account, ()
    account, low = _low(account, runway, now)
    account, recovered = _recovered(account, runway, now)
    return account, (*low, *recovered)


def _low(account: Account, runway: Runway, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    short = [t for t in account.runway_thresholds if not t.open and runway.days_left < t.days]
    if not short:
        return account, ()
    quiet = all(cooling(each.alerted_at, now) for each in short)
    alert = _alert(account, AlertKind.RUNWAY_LOW, [each.days for each in short], runway, now)
    if quiet:
        return account, (replace(alert, suppressed=True),)
    thresholds = tuple(
        replace(each, alerted_at=now, open=True) if each in short else each
        for each in account.runway_thresholds
    )
    return replace(account, runway_thresholds=thresholds), (alert,)


def _recovered(account: Account, runway: Runway, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    back = [t for t in account.runway_thresholds if t.open and runway.days_left >= t.days]
    if not back:
        return account, ()
    thresholds = tuple(
        replace(each, open=False) if each in back else each for each in account.runway_thresholds
    )
    alert = _alert(account, AlertKind.RUNWAY_RECOVERED, [each.days for each in back], runway, now)
    return replace(account, runway_thresholds=thresholds), (alert,)


def _alert(
    account: Account, about: AlertKind, days: list[int], runway: Runway, now: Instant
) -> Alert:
    days = sorted(days, reverse=True)
    return replace(new_alert(account, about, now), days=tuple(days), runway=runway)
