"""System analytics: what the latest snapshot says of all accounts, and of each UTC day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prepaid.analytics.flows import Flows
from prepaid.analytics.money import MoneySums, added
from prepaid.analytics.periods import Period
from prepaid.analytics.snapshot_ports import Snapshot, Snapshots
from prepaid.analytics.standing import Ranked, Ranking, Standing
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.usage import utc_day

DEFAULT_DAYS = 30
MAX_DAYS = 366
SHOWN = 10
"""So many accounts of each ranking are shown."""
SETTLING_SECONDS = 900
"""A request that began before midnight is written by then, and indexes show it."""
RANKINGS = ("balance", "spend", "debt")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """One UTC day. When it is *closed*, nothing of it changes any more but its money back."""

    day: date
    flows: Flows
    money: MoneySums
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemReport:
    """What all accounts have at `as_of`, and what moved; without `as_of` there is no snapshot.

    `active` accounts used something from `active_since` on.
    """

    period: Period
    as_of: Instant | None
    days: Sequence[DayReport]
    flows: Flows
    money: MoneySums
    standing: Standing
    active: int
    active_since: date | None
    top: dict[str, Ranked]


@dataclass(frozen=True, slots=True)
class SystemAnalytics:
    """Answers from snapshots alone; no account is read."""

    snapshots: Snapshots

    def report(self, first: date | None, last: date | None, now: Instant) -> SystemReport:
        """Report UTC days, both ends included; the thirty that end today unless said otherwise.

        Raises `InvalidRequest` for too many days, and `Unavailable`.
        """
        today = utc_day(now)
        last = last or max(today, first or today)
        period = Period(first or last - timedelta(days=DEFAULT_DAYS - 1), last)
        if len(period) > MAX_DAYS:
            raise InvalidRequest(f"The range has more than {MAX_DAYS} days.", pointer="/from")
        parts = self.snapshots.read(period.first, period.last)
        as_of = min((each.as_of for each in parts), default=None)
        shown = [] if as_of is None else _days(parts, period, as_of)
        return SystemReport(
            period=period,
            as_of=as_of,
            days=shown,
            flows=sum((each.flows for each in shown), Flows()),
            money=_together([each.money for each in shown]),
            standing=sum((each.standing for each in parts), Standing()),
            active=sum(each.active for each in parts),
            active_since=min((each.active_since for each in parts), default=None),
            top={name: ranked_together(parts, name, most=SHOWN) for name in RANKINGS},
        )


def _days(parts: Sequence[Snapshot], period: Period, as_of: Instant) -> list[DayReport]:
    """Return every day up to that of the snapshot, whether something moved on it or not."""
    flows: dict[date, Flows] = {}
    for part in parts:
        for each in part.days:
            flows[each.day] = flows.get(each.day, Flows()) + each.flows
    known = period.within(Period(date.min, utc_day(as_of)))
    closed_through = utc_day(Instant(as_of - SETTLING_SECONDS)) - timedelta(days=1)
    return [
        DayReport(
            day=day,
            flows=flows.get(day, Flows()),
            money=_together([part.money.get(day, {}) for part in parts]),
            closed=day <= closed_through,
        )
        for day in known.days()
    ]


def _together(found: Sequence[MoneySums]) -> MoneySums:
    total: MoneySums = {}
    for each in found:
        total = added(total, each)
    return total


def ranked_together(parts: Sequence[Snapshot], name: str, *, most: int) -> Ranked:
    """Return the accounts that come first in all parts, at most so many."""
    ranking = Ranking(most)
    for part in parts:
        for account_id, amount in part.top.get(name, ()):
            ranking.add(account_id, amount)
    return ranking.top()
