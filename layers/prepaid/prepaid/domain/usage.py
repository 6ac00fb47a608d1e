"""Usage counters: units, credits and counts per operation, today and of days that are closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import ClassVar
from zoneinfo import ZoneInfo

from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.pricing import Quantity
from prepaid.domain.records import Record

MAX_OPERATIONS = 50
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """How often, how much and for how many credits one operation was used.

    `reversed` are credits that were given back for usage, on whatever day it was. `provider_cost`
    is what providers take from us for it as far as they said, in millionths of a US dollar; no user
    is ever shown it.
    """

    count: int = 0
    credits: Credits = ZERO
    waived: Credits = ZERO
    reversed: Credits = ZERO
    units: Mapping[str, Quantity] = field(default_factory=dict)
    provider_cost: int = 0

    def __add__(self, other: "Counter") -> "Counter":
        units = dict(self.units)
        for unit, quantity in other.units.items():
            units[unit] = Quantity(units.get(unit, 0) + quantity)
        return Counter(
            count=self.count + other.count,
            credits=self.credits + other.credits,
            waived=self.waived + other.waived,
            reversed=self.reversed + other.reversed,
            units=units,
            provider_cost=self.provider_cost + other.provider_cost,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyUsage:
    """What usage has cost in one UTC hour, counted from 1970 on; `announced` if it was a spike."""

    hour: int
    credits: Credits
    announced: bool = False


Counters = Mapping[str, Counter]
"""Counters by operation."""
Portions = Mapping[date, Counters]
"""One local day's counters, split by the UTC days that it touches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay(Record):
    """A day that is over, in the account's zone, with its share of each UTC day."""

    kind: ClassVar[str] = "closed_day"

    account_id: AccountId
    day: date
    time_zone: str
    portions: Portions

    @property
    def counters(self) -> Counters:
        """The whole day's counters."""
        return total(self.portions)


def add(counters: Counters, operation: str, used: Counter) -> Counters:
    """Return *counters* with *used* added to *operation*."""
    return {**counters, operation: counters.get(operation, Counter()) + used}


def total(portions: Portions) -> Counters:
    """Add up the portions of a day."""
    counters: Counters = {}
    for portion in portions.values():
        for operation, counter in portion.items():
            counters = add(counters, operation, counter)
    return counters


def spent_on(counters: Counters, operation: str | None = None) -> Credits:
    """Return what usage of *operation*, or of all, cost, less what was given back for it."""
    counted = [each for name, each in counters.items() if operation in (None, name)]
    return Credits(sum((each.credits - each.reversed).hundredths for each in counted))


@lru_cache(maxsize=64)
def _zone(time_zone: str) -> tzinfo:
    return UTC if time_zone == "UTC" else ZoneInfo(time_zone)


def local_day(now: Instant, time_zone: str) -> date:
    """Return the date at *now* in an IANA time zone."""
    return datetime.fromtimestamp(now, tz=_zone(time_zone)).date()


def end_of_day(day: date, time_zone: str) -> Instant:
    """Return the first instant after *day* in an IANA time zone."""
    after = day + timedelta(days=1)
    zone = _zone(time_zone)
    return Instant(int(datetime(after.year, after.month, after.day, tzinfo=zone).timestamp()))


def first_instant(day: date, time_zone: str) -> Instant:
    """Return the first instant whose date in an IANA time zone is *day* or later.

    That is no midnight where the clocks are set forward over it.
    """
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    early, late = noon - 2 * _DAY_SECONDS, noon + 2 * _DAY_SECONDS
    while late - early > 1:
        middle = (early + late) // 2
        if local_day(Instant(middle), time_zone) >= day:
            late = middle
        else:
            early = middle
    return Instant(late)


def utc_day(now: Instant) -> date:
    """Return the UTC date at *now*."""
    return local_day(now, "UTC")
