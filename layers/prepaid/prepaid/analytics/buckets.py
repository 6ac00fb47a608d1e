"""Buckets: usage added up by time, by operation, or by the variant of an operation's price."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from prepaid.analytics.periods import BY_TIME, Grouping, Period, spans
from prepaid.domain.usage import Counter, Counters, add

BASE_VARIANT = "*"
"""Names the price of an operation that is no variant of it."""

type Days = Mapping[date, Counters]
"""Counters of days, by operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What was used under one `key`, by operation.

    `key` is `None` for usage that has none. `period` are the bucket's days within what was asked
    for. A `partial` bucket holds less than its name says: some of its days are still to come, or
    were not asked for.
    """

    key: str | None
    period: Period
    used: Counters = field(default_factory=dict)
    partial: bool = False

    @property
    def total(self) -> Counter:
        """All operations together."""
        return sum_of(self.used.values())


def sum_of(counters: Iterable[Counter]) -> Counter:
    """Add up counters; units of one name count as one, whatever the operation."""
    return sum(counters, Counter())


def all_of(days: Days, period: Period) -> Counters:
    """Add up the days of a period, by operation."""
    found: Counters = {}
    for day, counters in days.items():
        if day in period:
            for operation, counter in counters.items():
                found = add(found, operation, counter)
    return found


def buckets(days: Days, period: Period, grouping: Grouping, today: date) -> list[Bucket]:
    """Return the buckets of *period*, of which nothing after *today* is known.

    By time: one for each day, week or month up to today, in order, used or not. Else: the most
    expensive first.
    """
    if grouping in BY_TIME:
        return _by_time(days, period, grouping, today)
    found: dict[str, Counters] = {}
    for operation, counter in all_of(days, period).items():
        key = operation if grouping is Grouping.OPERATION else BASE_VARIANT
        found[key] = add(found.get(key, {}), operation, counter)
    shown = [
        Bucket(key=key, period=period, used=used, partial=period.last >= today)
        for key, used in found.items()
    ]
    return by_cost(shown)


def by_cost(found: Iterable[Bucket]) -> list[Bucket]:
    """Sort buckets: the most expensive first, waived usage by its full price, then by key."""
    return sorted(found, key=lambda each: (-_cost(each.total), each.key is None, each.key))


def _cost(counter: Counter) -> int:
    return (counter.credits + counter.waived - counter.reversed).hundredths


def _by_time(days: Days, period: Period, grouping: Grouping, today: date) -> list[Bucket]:
    known = period.within(Period(date.min, today))
    shown = []
    for span in spans(known, grouping):
        part = span.period.within(period)
        partial = part != span.period or part.last >= today
        shown.append(Bucket(key=span.key, period=part, used=all_of(days, part), partial=partial))
    return shown
