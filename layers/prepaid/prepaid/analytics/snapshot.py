"""The snapshot: every account looked at, what changed read, and all of it added up anew.

Nothing is ever counted up. A day of an account is added up from its entries and counters, a day of
the system from the days of its accounts, so a run that repeats, comes twice or dies half-way finds
the same.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from prepaid.analytics.flows import Flows, flows_of
from prepaid.analytics.payment_days import money_by_day
from prepaid.analytics.snapshot_ports import (
    AccountDay,
    AccountDays,
    Part,
    Snapshot,
    Snapshots,
    SystemDay,
    WholeLedger,
    WholePayments,
)
from prepaid.analytics.standing import Ranking, Standing, standing_of
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.projecting import projected
from prepaid.domain.runway import net
from prepaid.domain.usage import Counters, add, utc_day
from prepaid.due_work import work_through

DAYS = 30
"""So many UTC days, today among them, are added up anew each time."""
_BESIDE = timedelta(days=2)
"""A local day touches no UTC day further away, also where the account moved to another zone."""


@dataclass(slots=True)
class Snapped:
    """How many accounts were looked at, how many were read anew, and how many failed.

    *finished* unless the time was up; a snapshot is kept only of a whole part.
    """

    accounts: int = 0
    changed: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """The last entry of an account that is added up, and its UTC day."""

    day: date
    at: Instant
    seq: int


@dataclass(slots=True)
class _Seen:
    """What one run has found so far of its part."""

    part: Part
    since: date
    now: Instant
    places: Mapping[AccountId, _Place]
    standing: Standing = field(default_factory=Standing)
    balances: Ranking = field(default_factory=Ranking)
    debts: Ranking = field(default_factory=Ranking)
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotTaking:
    """Takes the snapshot of one part. *failed* is told of each account that cannot be read now."""

    ledger: WholeLedger
    payments: WholePayments
    account_days: AccountDays
    snapshots: Snapshots
    time_is_up: Callable[[], bool]
    failed: Callable[[AccountId, Exception], None]

    def run(self, part: Part, *, now: Instant) -> Snapped:
        """Look at every account of *part* and keep what is true of all of them at *now*.

        Raises `Unavailable` when accounts, payments or snapshots cannot be read or kept.
        """
        since = _first_day(self.snapshots.last(part), now)
        places = {
            each.account_id: _Place(each.day, each.at, each.seq)
            for each in self.account_days.since(part, since)
        }
        seen = _Seen(part, since, now, places)
        worked = work_through(
            self.ledger.whole_accounts(segment=part.number, segments=part.parts),
            lambda account: self._look_at(account, seen),
            time_is_up=self.time_is_up,
            failed=lambda account, exc: self.failed(account.account_id, exc),
        )
        if worked.finished and not worked.failed:
            self.snapshots.keep(self._added_up(seen))
        return Snapped(
            accounts=worked.done,
            changed=seen.changed,
            failed=worked.failed,
            finished=worked.finished,
        )

    def _look_at(self, account: Account, seen: _Seen) -> None:
        """Add an account's standing, and read what has changed in it since it was read last."""
        place = seen.places.get(account.account_id)
        within = utc_day(account.as_of) >= seen.since
        if within and (place is None or place.seq < account.seq):
            seen.changed += 1
            self._read(account, place, seen)
        settled = projected(account, seen.now).account
        seen.standing += standing_of(settled, seen.now)
        seen.balances.add(account.account_id, settled.balance)
        seen.debts.add(account.account_id, -settled.balance)

    def _read(self, account: Account, place: _Place | None, seen: _Seen) -> None:
        """Add up the days of the entries after *place*, the earliest first."""
        entries = list(self._new_entries(account, place, seen.since))
        if not entries:
            return
        usage = self._usage(account, utc_day(entries[0].posted_at))
        for day, of_day in groupby(entries, key=lambda each: utc_day(each.posted_at)):
            known: AccountDay | None = None
            if place is not None and place.day == day:  # of later days, these are all entries
                known = self.account_days.day(seen.part, account.account_id, day)
            self.account_days.keep(
                seen.part, _day_of(account, day, known, list(of_day), usage.get(day, {}))
            )

    def _new_entries(self, account: Account, place: _Place | None, since: date) -> Iterator[Entry]:
        """Go through the entries after *place*, up to the account's last, without a gap.

        What the index does not show yet, and all that comes after it, is left to the next run.
        """
        after: tuple[Instant, int] | None = None
        number: int | None = None
        if place is not None:
            after, number = (place.at, place.seq), place.seq
        elif since > date.min:
            after = (_start_of(since), 0)
        else:
            number = 0
        for entry in self.ledger.in_order(account.account_id, after=after):
            if entry.seq > account.seq or (number is not None and entry.seq != number + 1):
                return
            number = entry.seq
            yield entry

    def _usage(self, account: Account, since: date) -> Mapping[date, Counters]:
        """Return the account's usage by UTC day, closed or not, as the account was read."""
        closed = self.ledger.closed_days(account.account_id, since=since - _BESIDE)
        portions = [each.portions for each in closed if each.day < account.usage_day]
        found: dict[date, Counters] = {}
        for portion in [*portions, account.usage]:
            for day, counters in portion.items():
                for operation, counter in counters.items():
                    found[day] = add(found.get(day, {}), operation, counter)
        return found

    def _added_up(self, seen: _Seen) -> Snapshot:
        """Add up the days of all accounts, and the money of all payments."""
        active_since = utc_day(seen.now) - timedelta(days=DAYS - 1)
        spent: dict[AccountId, Credits] = {}
        days: list[SystemDay] = []
        stored = self.account_days.since(seen.part, seen.since)
        for day, of_day in groupby(stored, key=lambda each: each.day):
            flows = Flows()
            for each in of_day:
                flows += each.flows
                if day >= active_since and each.flows.active:
                    before = spent.get(each.account_id, Credits(0))
                    spent[each.account_id] = before + net(each.flows.usage)
            days.append(SystemDay(day=day, flows=flows, as_of=seen.now))
        spenders = Ranking()
        for account_id, amount in spent.items():
            spenders.add(account_id, amount)
        payments = self.payments.whole_payments(segment=seen.part.number, segments=seen.part.parts)
        return Snapshot(
            part=seen.part,
            as_of=seen.now,
            standing=seen.standing,
            days=days,
            money=money_by_day(payments),
            active=len(spent),
            active_since=active_since,
            top={
                "balance": seen.balances.top(),
                "spend": spenders.top(),
                "debt": seen.debts.top(),
            },
        )


def _first_day(last: Instant | None, now: Instant) -> date:
    """Return the first day to add up anew; all days where there was no snapshot yet.

    A clock that was ahead for a while, or a job that was silent, makes it earlier.
    """
    if last is None:
        return date.min
    return min(utc_day(last), utc_day(now)) - timedelta(days=DAYS - 1)


def _day_of(
    account: Account,
    day: date,
    known: AccountDay | None,
    entries: list[Entry],
    usage: Counters,
) -> AccountDay:
    """Return a day of an account: what is known of it, and the entries that come after that."""
    fresh = [each for each in entries if known is None or each.seq > known.seq]
    flows = flows_of(fresh)
    if known is not None:
        flows += replace(known.flows, usage={}, active=0)
    active = any(each.count or each.credits or each.waived for each in usage.values())
    return AccountDay(
        account_id=account.account_id,
        day=day,
        seq=max(entries[-1].seq, known.seq if known else 0),
        at=entries[-1].posted_at,
        flows=replace(flows, usage=usage, active=int(active)),
    )


def _start_of(day: date) -> Instant:
    return Instant(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
