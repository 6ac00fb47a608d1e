"""Spike alerts: an hour in which usage costs far more than the account's hours usually do.

What captures cost counts in the hour in which they are posted, usage that is waived does not count,
and what is given back lowers the days of the week but no hour.
"""

from dataclasses import replace

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.limits import HOUR_SECONDS
from prepaid.domain.runway import DAYS
from prepaid.domain.thresholds import Alert, AlertKind, Spike, new_alert
from prepaid.domain.usage import HourlyUsage

TIMES = 8
"""A spike costs so many times the mean of the week's hours, at least."""
LEAST = Credits(10_00)
"""An hour that costs less is no spike, whatever is usual."""


def count_hour(hour: HourlyUsage | None, spent: Credits, now: Instant) -> HourlyUsage | None:
    """Return *hour*, or the one that runs at *now*, once *spent* is counted."""
    if not spent:
        return hour
    number = now // HOUR_SECONDS
    if hour is None or hour.hour != number:
        hour = HourlyUsage(hour=number, credits=ZERO)
    return replace(hour, credits=hour.credits + spent)


def check_spike(before: Account, after: Account, now: Instant) -> tuple[Account, tuple[Alert, ...]]:
    """Return *after* with what it remembers of its alerts, and an alert for the hour's first spike.

    *after* is *before* with one more entry. While fewer than seven days are known, nothing is.
    """
    hour = after.hour
    if hour is None or hour == before.hour or hour.announced or len(after.week) < DAYS:
        return after, ()
    week = Credits(sum(each.hundredths for each in after.week))
    most = max(week, ZERO).hundredths * TIMES
    if hour.credits < LEAST or hour.credits.hundredths * DAYS * 24 < most:
        return after, ()
    spike = Spike(hour=hour.hour, spent=hour.credits, week=week)
    alert = replace(new_alert(after, AlertKind.USAGE_SPIKE, now), spike=spike)
    return replace(after, hour=replace(hour, announced=True)), (alert,)
