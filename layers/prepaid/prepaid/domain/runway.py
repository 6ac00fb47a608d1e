"""How fast credits are spent, and how long they will last at that rate."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from prepaid.domain.account import NO_DAY, Account
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.usage import ClosedDay, Counters, local_day, total

DAYS = 7
"""The burn rate is that of so many whole days before today; a day without usage counts as 0."""
LEAST_DAYS = 3
"""With credits spent on fewer of them, a rate would say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """What was spent on the seven days before today, and how many days *available* lasts at that.

    `spent` is what usage cost less what was given back for usage; more than 0.
    """

    spent: Credits
    available: Credits

    @property
    def per_day(self) -> Credits:
        """The mean of a day, rounded down to 0.01."""
        return Credits(self.spent.hundredths // DAYS)

    @property
    def days_left(self) -> int:
        """Whole days, rounded down; 0 when nothing is available."""
        return max(self.available, ZERO).hundredths * DAYS // self.spent.hundredths

    @classmethod
    def of(cls, week: Collection[Credits], available: Credits) -> "Runway | None":
        """Return how long *available* lasts; *week* is what was spent on each of seven days.

        Days that are left out count as 0.
        """
        spent = sum(each.hundredths for each in week)
        if spent <= 0 or sum(each > ZERO for each in week) < LEAST_DAYS:
            return None
        return cls(spent=Credits(spent), available=available)


def today_of(account: Account, clock: Instant) -> date:
    """Return the account's day at *clock*; it never goes back."""
    return max(account.usage_day, local_day(account.now(clock), account.time_zone))


def first_day(account: Account, clock: Instant) -> date:
    """Return the first day whose closed days `runway` needs; today's and later ones it ignores."""
    return today_of(account, clock) - timedelta(days=DAYS)


def runway(account: Account, closed: Iterable[ClosedDay], clock: Instant) -> Runway | None:
    """Return how long what is available at *clock* lasts; `None` where too little is known.

    *closed* are the account's closed days from `first_day` on. A day that is over and that no
    commit has closed yet counts as well; of a projected account it is one of its `closing`.
    """
    today = today_of(account, clock)
    by_day = {each.day: net(each.counters) for each in closed}
    by_day[account.usage_day] = net(total(account.usage))
    since = first_day(account, clock)
    week = [spent for day, spent in by_day.items() if since <= day < today]
    return Runway.of(week, account.available(clock))


def week_before(account: Account, today: date) -> tuple[Credits, ...]:
    """Return what *account* spent on the days before *today*, which is after its own day.

    Nothing was spent on days of which it has no counters. An account that nobody has written knows
    of no day.
    """
    if account.usage_day == NO_DAY:
        return ()
    idle = min((today - account.usage_day).days - 1, DAYS)
    return (*[ZERO] * idle, net(total(account.usage)), *account.week)[:DAYS]


def net(counters: Counters) -> Credits:
    """Add up what operations cost, less what was given back for them."""
    return Credits(sum((c.credits - c.reversed).hundredths for c in counters.values()))
