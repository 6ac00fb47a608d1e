"""What only entries can tell of usage: the largest of them, and sums by reference; both bounded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from heapq import nlargest

from prepaid.analytics.buckets import Bucket, by_cost
from prepaid.analytics.periods import Period
from prepaid.analytics.ports import UsageHistory
from prepaid.domain.account import Account
from prepaid.domain.credits import Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.usage import Counter, Counters, add
from prepaid.ledger.ports import HistoryQuery

MAX_ENTRIES = 10_000
"""The most entries that one answer reads."""
LARGEST = 10
MAX_REFERENCES = 100
"""The most references with a bucket of their own."""
PAGE = 500
EARLIEST = timedelta(hours=14)
LATEST = timedelta(hours=12)
"""No zone is further from UTC: 14 hours ahead, 12 behind (the IANA time zone database). So a day
of an account begins at most so long before the same day in UTC, and ends at most so long after."""


@dataclass(slots=True)
class UsageEntries:
    """What was found among the entries of a period's usage.

    Not `complete` where there were more than could be read. Captures of one hold count once.
    """

    largest: list[Entry] = field(default_factory=list)
    by_reference: dict[str | None, Counters] = field(default_factory=dict)
    complete: bool = True

    def buckets(self, period: Period, today: date) -> tuple[list[Bucket], Bucket | None]:
        """Return the most expensive references, and all others as one, if there are more."""
        partial = period.last >= today or not self.complete
        found = by_cost(
            Bucket(key=key, period=period, used=used, partial=partial)
            for key, used in self.by_reference.items()
        )
        rest = found[MAX_REFERENCES:]
        if not rest:
            return found, None
        others: Counters = {}
        for bucket in rest:
            for operation, counter in bucket.used.items():
                others = add(others, operation, counter)
        other = Bucket(key=None, period=period, used=others, partial=partial)
        return found[:MAX_REFERENCES], other


def read_usage(
    history: UsageHistory, account: Account, period: Period, *, time_is_up: Callable[[], bool]
) -> UsageEntries:
    """Read the newest usage of a period, no entry later than *account*. Raises `Unavailable`.

    An entry belongs to the account's day that its counters belong to.
    """
    found = UsageEntries()
    held: set[tuple[str | None, int]] = set()
    usage: list[Entry] = []
    for entry in _newest_first(history, account, period, found, time_is_up):
        if entry.usage_day is None or entry.usage_day not in period or entry.seq > account.seq:
            continue
        usage.append(entry)
        used = found.by_reference.get(entry.reference, {})
        counter = _counter(entry, held)
        found.by_reference[entry.reference] = add(used, entry.operation or "", counter)
    paid = (each for each in usage if each.amount.hundredths < 0)
    found.largest = nlargest(LARGEST, paid, key=lambda e: (-e.amount.hundredths, e.seq))
    return found


def _newest_first(
    history: UsageHistory,
    account: Account,
    period: Period,
    found: UsageEntries,
    time_is_up: Callable[[], bool],
) -> Iterator[Entry]:
    """Go through entries until there are no more, or too many, or no time is left."""
    after: str | None = None
    left = MAX_ENTRIES
    while True:
        asked = HistoryQuery(
            account_id=account.account_id,
            limit=min(PAGE, left),
            since=max(_instant(period.first, -EARLIEST), Instant(0)),
            until=_instant(period.last + timedelta(days=1), LATEST),
            after=after,
        )
        page = history.history(asked)
        yield from page.entries
        after, left = page.next_position, left - len(page.entries)
        if after is None:
            return
        if left <= 0 or time_is_up():
            found.complete = False
            return


def _instant(day: date, apart: timedelta) -> Instant:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Instant(int((midnight + apart).timestamp()))


def _counter(entry: Entry, held: set[tuple[str | None, int]]) -> Counter:
    """Return what an entry counts, and note the hold of a capture under its reference."""
    count = 1
    if entry.kind is EntryKind.CAPTURE and entry.hold_id is not None:
        place = (entry.reference, entry.hold_id)
        count = 0 if place in held else 1
        held.add(place)
    units = entry.calculation.quantities() if entry.calculation else {}
    return Counter(count=count, credits=-entry.amount, waived=entry.waived, units=units)
