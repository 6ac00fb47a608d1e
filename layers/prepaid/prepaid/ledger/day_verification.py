"""Verification of days: what each operation's counters say, and what its entries add up to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.entries import Entry
from prepaid.domain.pricing import format_millionths
from prepaid.domain.usage import ClosedDay, Counter, Counters, add, total


@dataclass(slots=True)
class DaySums:
    """Usage as its entries say, of the day that more entries may still belong to.

    An account's day never goes back: days before `compared` were held to their counters and are
    forgotten.
    """

    counted: dict[date, Counters] = field(default_factory=dict)
    compared: date = date.min

    def add(self, entry: Entry, uses: int, closed: Mapping[date, Counters]) -> Iterator[str]:
        """Add the next entry; go through the days that it ends and whose counters differ."""
        if entry.usage_day is None or entry.operation is None:
            return
        day = entry.usage_day
        self.counted[day] = add(self.counted.get(day, {}), entry.operation, _used(entry, uses))
        if day > self.compared:
            yield from self._differing(closed, day)
            self.compared = day
            self.counted = {day: self.counted[day]}

    def not_counted(self, account: Account, closed: Mapping[date, Counters]) -> Iterator[str]:
        """Hold what was not compared yet to the closed days and to the account's own counters."""
        days = {day: each for day, each in closed.items() if day < account.usage_day}
        days[account.usage_day] = total(account.usage)
        yield from self._differing(days, date.max)

    def _differing(self, closed: Mapping[date, Counters], until: date) -> Iterator[str]:
        fresh = {day for day in closed if self.compared <= day} | self.counted.keys()
        for day in sorted(each for each in fresh if each < until):
            yield from _differences(day, closed.get(day, {}), self.counted.get(day, {}))


def by_day(days: Sequence[ClosedDay]) -> Mapping[date, Counters]:
    """Return the counters of closed days."""
    return {each.day: each.counters for each in days}


def _differences(day: date, by_days: Counters, by_entries: Counters) -> Iterator[str]:
    for operation in sorted(by_days.keys() | by_entries.keys()):
        one, other = by_days.get(operation), by_entries.get(operation)
        if one != other:
            yield f"{operation} on {day} counts {_text(one)}, its entries {_text(other)}"


def _used(entry: Entry, uses: int) -> Counter:
    return Counter(
        count=uses,
        credits=-entry.amount,
        waived=entry.waived,
        units=entry.calculation.quantities() if entry.calculation else {},
        provider_cost=entry.provider_cost or 0,
    )


def _text(counter: Counter | None) -> str:
    if counter is None:
        return "nothing"
    units = [f"{format_millionths(used)} {unit}" for unit, used in counter.units.items()]
    amounts = [f"{counter.credits} credits", f"{counter.waived} waived"]
    taken = counter.provider_cost
    costs = [f"{format_millionths(taken)} USD taken by providers"] if taken else []
    return ", ".join([f"{counter.count} times", *amounts, *units, *costs])
