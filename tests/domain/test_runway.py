"""Burn rate and days left: the seven whole days before today, in the account's own zone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.runway import first_day, runway, today_of
from prepaid.domain.usage import ClosedDay, Counter

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried

TODAY = datetime.fromtimestamp(NOON, tz=UTC).date()


def account(
    *, balance: str = "100", today: str = "0", usage_day: date = TODAY, back: str = "0"
) -> Account:
    counter = Counter(count=1, credits=Credits.parse(today), reversed=Credits.parse(back))
    return Account(
        account_id=AccountId("a"),
        as_of=NOON,
        balance=Credits.parse(balance),
        usage_day=usage_day,
        usage={usage_day: {"message": counter}},
    )


def closed(days_ago: int, spent: str, *, back: str = "0") -> ClosedDay:
    day = TODAY - timedelta(days=days_ago)
    counter = Counter(count=1, credits=Credits.parse(spent), reversed=Credits.parse(back))
    return ClosedDay(
        account_id=AccountId("a"), day=day, time_zone="UTC", portions={day: {"message": counter}}
    )


def test_what_is_available_lasts_as_long_as_the_mean_of_seven_days_says() -> None:
    found = runway(account(), [closed(1, "10"), closed(3, "20"), closed(7, "5.01")], NOON)

    assert found is not None
    assert found.spent == Credits.parse("35.01")
    assert found.per_day == Credits.parse("5.00")
    assert found.days_left == 19


def test_usage_on_fewer_than_three_days_gives_no_rate() -> None:
    days = [closed(1, "10"), closed(2, "20"), closed(8, "5"), closed(3, "0")]

    assert runway(account(today="9"), days, NOON) is None


def test_a_week_that_gave_back_more_than_it_took_gives_no_rate() -> None:
    days = [closed(1, "1"), closed(2, "1"), closed(3, "1"), closed(4, "0", back="10")]

    assert runway(account(), days, NOON) is None


def test_today_is_not_over_and_does_not_count() -> None:
    days = [closed(1, "10"), closed(2, "10"), closed(3, "10")]

    found = runway(account(today="500"), days, NOON)

    assert found is not None
    assert found.spent == Credits.parse("30")


def test_a_day_that_is_over_and_that_nobody_closed_yet_counts() -> None:
    idle = account(today="7", usage_day=TODAY - timedelta(days=2))

    found = runway(idle, [closed(4, "7"), closed(5, "7")], NOON)

    assert found is not None
    assert found.spent == Credits.parse("21")


def test_an_account_that_was_idle_for_a_week_has_no_runway() -> None:
    idle = account(today="7", usage_day=TODAY - timedelta(days=8))

    assert runway(idle, [closed(9, "7"), closed(10, "7")], NOON) is None


def test_what_was_given_back_was_not_spent() -> None:
    days = [closed(1, "10", back="4"), closed(2, "10"), closed(3, "10")]

    found = runway(account(), days, NOON)

    assert found is not None
    assert found.spent == Credits.parse("26")


def test_a_week_in_which_more_was_given_back_than_spent_gives_no_rate() -> None:
    days = [closed(1, "1"), closed(2, "1"), closed(3, "1"), closed(4, "0", back="3")]

    assert runway(account(), days, NOON) is None


@pytest.mark.parametrize("balance", ["0", "-5"])
def test_nothing_available_lasts_no_day(balance: str) -> None:
    days = [closed(1, "10"), closed(2, "10"), closed(3, "10")]

    found = runway(account(balance=balance), days, NOON)

    assert found is not None
    assert found.days_left == 0


def test_a_clock_that_goes_back_stays_in_the_account_s_day() -> None:
    assert today_of(account(), Instant(NOON - 5 * DAY)) == TODAY
    assert first_day(account(), Instant(NOON - 5 * DAY)) == TODAY - timedelta(days=7)


@tried(150)
@given(
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"]),
    steps=st.lists(
        st.tuples(st.sampled_from([60, 5 * HOUR, DAY, 2 * DAY, 9 * DAY]), st.integers(1, 900)),
        min_size=1,
        max_size=20,
    ),
    wait=st.sampled_from([0, HOUR, DAY, 6 * DAY, 8 * DAY]),
)
def test_a_runway_is_what_entries_of_the_week_say(
    zone: str, steps: list[tuple[int, int]], wait: int
) -> None:
    book = Book(Account(account_id=AccountId("a"), time_zone=zone), NOON)
    book.adjust("1000")
    for seconds, cost in steps:
        book.wait(seconds)
        book.spend(str(Credits(cost)))
    now = Instant(book.now + wait)

    found = runway(book.account, book.days, now)

    assert (found and found.spent) == recomputed(book.account, book.entries, now)
    assert found is None or found.days_left * found.spent.hundredths <= (
        book.account.available(now).hundredths * 7
    )


def recomputed(account: Account, entries: Sequence[Entry], now: Instant) -> Credits | None:
    """Add up the entries of the week, day by day."""
    days: dict[date, int] = {}
    for entry in entries:
        if entry.usage_day is not None:
            days[entry.usage_day] = days.get(entry.usage_day, 0) - entry.amount.hundredths
    today = today_of(account, now)
    week = [days.get(today - timedelta(days=ago), 0) for ago in range(1, 8)]
    return Credits(sum(week)) if sum(each > 0 for each in week) >= 3 else None
