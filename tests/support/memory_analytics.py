"""What analytics keep, in memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from prepaid.analytics.money import MoneySums
from prepaid.analytics.snapshot_ports import AccountDay, Part, Snapshot, SystemDay
from prepaid.domain.credits import AccountId, Instant


class MemoryAccountDays:
    """`AccountDays` in memory."""

    def __init__(self) -> None:
        self._stored: dict[Part, dict[tuple[date, AccountId], AccountDay]] = {}

    def since(self, part: Part, day: date) -> Iterator[AccountDay]:
        """Go through the days of a part from *day* on."""
        stored = self._stored.get(part, {})
        yield from [stored[place] for place in sorted(stored) if place[0] >= day]

    def day(self, part: Part, account_id: AccountId, day: date) -> AccountDay | None:
        """Return one day of an account."""
        return self._stored.get(part, {}).get((day, account_id))

    def keep(self, part: Part, found: AccountDay) -> None:
        """Keep a day, unless one is kept that knows of more entries."""
        known = self.day(part, found.account_id, found.day)
        if known is None or known.seq < found.seq:
            self._stored.setdefault(part, {})[found.day, found.account_id] = found


class MemorySnapshots:
    """`Snapshots` in memory; *reach* raises while nothing can be reached."""

    def __init__(self, reach: Callable[[], None] = lambda: None) -> None:
        self._reach = reach
        self._last: dict[Part, Snapshot] = {}
        self._days: dict[Part, dict[date, SystemDay]] = {}
        self._money: dict[Part, dict[date, MoneySums]] = {}

    def last(self, part: Part) -> Instant | None:
        """Return the `as_of` of the part's last snapshot."""
        found = self._last.get(part)
        return found.as_of if found else None

    def keep(self, snapshot: Snapshot) -> None:
        """Replace the part's snapshot and its days."""
        part = snapshot.part
        self._last[part] = snapshot
        self._days.setdefault(part, {}).update({each.day: each for each in snapshot.days})
        money = self._money.setdefault(part, {})
        money.update({**{day: {} for day in money}, **snapshot.money})

    def read(self, since: date, until: date) -> Sequence[Snapshot]:
        """Return the snapshot of every part, with some days."""
        self._reach()
        sizes = {part.parts for part in self._last}
        whole = [n for n in sizes if all(Part(i, n) in self._last for i in range(n))]
        if not whole:
            return []
        latest = max(whole, key=lambda n: min(self._last[Part(i, n)].as_of for i in range(n)))
        return [self._within(Part(i, latest), since, until) for i in range(latest)]

    def _within(self, part: Part, since: date, until: date) -> Snapshot:
        days, money = self._days[part], self._money[part]
        return replace(
            self._last[part],
            days=[days[day] for day in sorted(days) if since <= day <= until],
            money={day: money[day] for day in sorted(money) if since <= day <= until},
        )
