"""Rows inside an account's item by which it is warned: days of runway, and the hour that runs."""

from collections.abc import Sequence

from prepaid.domain.account import RunwayThreshold
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.usage import HourlyUsage
from prepaid.dynamodb.values import Row


def runway_to_rows(thresholds: Sequence[RunwayThreshold]) -> list[Row]:
    """Write ``[[days], [days, alerted_at], …]``; one whose announcement is open ends with 1."""
    return [_runway_to_row(each) for each in thresholds]


def _runway_to_row(threshold: RunwayThreshold) -> Row:
    if threshold.open:
        return [threshold.days, threshold.alerted_at, 1]
    return [threshold.days, *([threshold.alerted_at] if threshold.alerted_at else [])]


def runway_from_rows(rows: Sequence[Row]) -> tuple[RunwayThreshold, ...]:
    """Read days of runway as thresholds."""
    return tuple(_runway_from_row(*row) for row in rows)


def _runway_from_row(days: int, alerted_at: int = 0, opened: int = 0) -> RunwayThreshold:
    return RunwayThreshold(days=int(days), alerted_at=Instant(int(alerted_at)), open=bool(opened))


def hour_to_row(hour: HourlyUsage | None) -> Row | None:
    """Write ``[hour, credits]``; one that was announced ends with 1."""
    if hour is None:
        return None
    return [hour.hour, hour.credits.hundredths, *([1] if hour.announced else [])]


def hour_from_row(row: Row | None) -> HourlyUsage | None:
    """Read what usage cost in an hour; earlier releases did not count it."""
    if row is None:
        return None
    hour, spent, *announced = row
    return HourlyUsage(hour=int(hour), credits=Credits(int(spent)), announced=bool(announced))
