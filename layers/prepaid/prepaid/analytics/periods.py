"""Periods: whole days of an account, and the days, weeks and months that they fall into."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)
_IN_ANY_MONTH = timedelta(days=31)


class Grouping(StrEnum):
    """What usage is added up by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    OPERATION = "operation"
    VARIANT = "variant"
    REFERENCE = "reference"


BY_TIME = (Grouping.DAY, Grouping.WEEK, Grouping.MONTH)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *first* to *last*, both included; none where *last* comes before *first*."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return max((self.last - self.first).days + 1, 0)

    def previous(self) -> "Period":
        """Return as many days that end right before this period."""
        return Period(self.first - timedelta(days=len(self)), self.first - _DAY)

    def within(self, other: "Period") -> "Period":
        """Return the days that both have."""
        return Period(max(self.first, other.first), min(self.last, other.last))

    def days(self) -> Iterator[date]:
        """Go through the days in order."""
        for number in range(len(self)):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Span:
    """A whole day, week or month, under its name."""

    key: str
    period: Period


def span_of(day: date, grouping: Grouping) -> Span:
    """Return what *day* falls into: its date, ISO week (from Monday, ISO 8601) or month."""
    match grouping:
        case Grouping.WEEK:
            year, week, weekday = day.isocalendar()
            monday = day - timedelta(days=weekday - 1)
            return Span(f"{year:04d}-W{week:02d}", Period(monday, monday + timedelta(days=6)))
        case Grouping.MONTH:
            first = day.replace(day=1)
            last = (first + _IN_ANY_MONTH).replace(day=1) - _DAY
            return Span(f"{day:%Y-%m}", Period(first, last))
        case _:
            return Span(day.isoformat(), Period(day, day))


def spans(period: Period, grouping: Grouping) -> list[Span]:
    """Return every day, week or month that a period touches, in order."""
    return list(dict.fromkeys(span_of(day, grouping) for day in period.days()))
