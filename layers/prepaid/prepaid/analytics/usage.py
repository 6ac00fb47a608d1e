"""Usage analytics: what an account used in a period, as its counters and entries tell it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from prepaid.analytics.buckets import Bucket, Days, all_of, buckets
from prepaid.analytics.periods import Grouping, Period
from prepaid.analytics.ports import UsageHistory
from prepaid.analytics.usage_entries import UsageEntries, read_usage
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.runway import Runway, first_day, runway, today_of
from prepaid.domain.usage import Counters, total

DEFAULT_DAYS = 30
MAX_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageQuestion:
    """What to add up; without *first* and *last*, the thirty days that end today.

    *compare* asks for as many days before as well, *largest* for the largest entries.
    """

    account_id: AccountId
    first: date | None = None
    last: date | None = None
    grouping: Grouping = Grouping.DAY
    compare: bool = False
    largest: bool = False

    def period(self, today: date) -> Period:
        """Return the days that are asked for."""
        last = self.last or max(today, self.first or today)
        return Period(self.first or last - timedelta(days=DEFAULT_DAYS - 1), last)

    @property
    def needs_entries(self) -> bool:
        """Whether counters alone cannot answer."""
        return self.largest or self.grouping is Grouping.REFERENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageOfPeriod:
    """The buckets of a period and its totals by operation.

    `other` is what was used under references that have no bucket. The totals are always whole;
    buckets by reference are not `complete` where there are too many entries.
    """

    period: Period
    buckets: list[Bucket]
    totals: Counters
    other: Bucket | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageReport:
    """The answer to a question, true of *account* at *now* by its own clock."""

    account: Account
    now: Instant
    today: date
    grouping: Grouping
    current: UsageOfPeriod
    previous: UsageOfPeriod | None
    entries: UsageEntries | None
    runway: Runway | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageAnalytics:
    """Answers questions about one account's usage.

    By time, operation and variant it reads the account and a row for each day; entries only for
    what nothing else can tell, until *time_is_up*.
    """

    history: UsageHistory
    time_is_up: Callable[[], bool]

    def report(self, question: UsageQuestion, clock: Instant) -> UsageReport:
        """Answer at *clock*. Raises `InvalidRequest` for too many days, and `Unavailable`."""
        account = self.history.load(question.account_id)
        today = today_of(account, clock)
        period = question.period(today)
        if len(period) > MAX_DAYS:
            raise InvalidRequest(f"The range has more than {MAX_DAYS} days.", pointer="/from")
        earlier = period.previous() if question.compare else None
        days = self._days(account, Period((earlier or period).first, period.last))
        entries = self._entries(account, period) if question.needs_entries else None
        return UsageReport(
            account=account,
            now=account.now(clock),
            today=today,
            grouping=question.grouping,
            current=_added_up(days, question.grouping, period, today, entries),
            previous=self._previous(account, question, earlier, days, today) if earlier else None,
            entries=entries if question.largest else None,
            runway=self._runway(account, clock),
        )

    def _days(self, account: Account, period: Period) -> Days:
        """Return the counters of a period's days, closed or not, as the account was read."""
        closed = self.history.closed_days(account.account_id, since=period.first, until=period.last)
        days = {each.day: each.counters for each in closed if each.day < account.usage_day}
        return {**days, account.usage_day: total(account.usage)}

    def _entries(self, account: Account, period: Period) -> UsageEntries:
        return read_usage(self.history, account, period, time_is_up=self.time_is_up)

    def _previous(
        self, account: Account, question: UsageQuestion, period: Period, days: Days, today: date
    ) -> UsageOfPeriod:
        by_reference = question.grouping is Grouping.REFERENCE
        entries = self._entries(account, period) if by_reference else None
        return _added_up(days, question.grouping, period, today, entries)

    def _runway(self, account: Account, clock: Instant) -> Runway | None:
        since, today = first_day(account, clock), today_of(account, clock)
        closed = self.history.closed_days(
            account.account_id, since=since, until=today - timedelta(days=1)
        )
        return runway(account, closed, clock)


def _added_up(
    days: Days, grouping: Grouping, period: Period, today: date, entries: UsageEntries | None
) -> UsageOfPeriod:
    totals = all_of(days, period)
    if entries is None or grouping is not Grouping.REFERENCE:
        found = buckets(days, period, grouping, today)
        return UsageOfPeriod(period=period, buckets=found, totals=totals)
    found, other = entries.buckets(period, today)
    return UsageOfPeriod(
        period=period, buckets=found, totals=totals, other=other, complete=entries.complete
    )
