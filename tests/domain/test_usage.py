"""Usage counters: by the account's day, split by UTC day, closed once, summed by month."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import ONE, Quantity
from prepaid.domain.usage import Counter, add, local_day, total, utc_day

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried

ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns"]


def at(text: str) -> Instant:
    return Instant(int(datetime.fromisoformat(text).timestamp()))


def living_in(time_zone: str, now: Instant = NOON) -> Book:
    book = Book(Account(account_id=AccountId("a"), time_zone=time_zone), now)
    book.adjust("1000")
    return book


@given(
    st.sampled_from(ZONES),
    st.lists(
        st.tuples(
            st.sampled_from([0, 60, HOUR, 7 * HOUR, DAY, 40 * DAY, -HOUR]), st.integers(1, 9)
        ),
        min_size=1,
        max_size=25,
    ),
)
@tried(100)
def test_days_and_months_are_the_sums_of_their_entries_in_every_zone(
    time_zone: str, uses: list[tuple[int, int]]
) -> None:
    book = living_in(time_zone)
    by_day: dict[date, int] = defaultdict(int)
    by_utc: dict[date, int] = defaultdict(int)
    zone = ZoneInfo(time_zone)
    now = NOON
    for seconds, cost in uses:
        now = max(now, Instant(book.wait(seconds).now))
        book.spend(str(Credits(cost)))
        by_day[datetime.fromtimestamp(now, zone).date()] += cost
        by_utc[datetime.fromtimestamp(now, UTC).date()] += cost

    portions = [(each.day, each.portions) for each in book.days]
    portions.append((book.account.usage_day, book.account.usage))
    days = {day: total(each)["step"].credits.hundredths for day, each in portions if each}
    utc: dict[date, int] = defaultdict(int)
    for _, each in portions:
        for day, counters in each.items():
            utc[day] += counters["step"].credits.hundredths
    assert days == by_day
    assert utc == by_utc
    assert len({each.day for each in book.days}) == len(book.days), "a day closes once"
    assert book.wrong() == []


def test_the_first_commit_of_a_new_day_closes_the_old_one_with_its_counters() -> None:
    book = living_in("UTC")
    book.spend("1")
    book.spend("2", operation="other")
    assert book.days == []

    book.wait(DAY).adjust("1")

    [closed] = book.days
    assert (closed.day, closed.time_zone) == (date(2026, 11, 18), "UTC")
    assert closed.counters == {
        "step": Counter(count=1, credits=Credits(100), units={"step": Quantity(100 * ONE)}),
        "other": Counter(count=1, credits=Credits(200), units={"step": Quantity(200 * ONE)}),
    }
    assert (book.account.usage, book.account.usage_day) == ({}, date(2026, 11, 19))


def test_a_day_without_usage_is_not_written() -> None:
    book = living_in("UTC")

    book.wait(3 * DAY).adjust("1")

    assert book.days == []
    assert book.account.usage_day == date(2026, 11, 21)


@pytest.mark.fault("C32")
def test_a_clock_that_goes_back_stays_in_the_day_that_has_begun() -> None:
    book = living_in("UTC", at("2026-11-18T23:59:00Z"))
    book.spend("1")
    book.wait(120).spend("1")

    entry = book.wait(-300).spend("1")

    assert (entry.usage_day, entry.posted_at) == (date(2026, 11, 19), at("2026-11-19T00:01:00Z"))
    assert [each.day for each in book.days] == [date(2026, 11, 18)]
    assert book.wrong() == []


def test_one_local_day_is_split_by_the_utc_days_that_it_touches() -> None:
    book = living_in("Europe/Berlin", at("2026-11-18T22:30:00Z"))
    book.spend("1")
    book.wait(HOUR).spend("2")
    book.wait(HOUR).spend("4")

    assert book.account.usage_day == date(2026, 11, 19)
    assert {day: each["step"].credits for day, each in book.account.usage.items()} == {
        date(2026, 11, 18): Credits(200),
        date(2026, 11, 19): Credits(400),
    }
    assert [each.day for each in book.days] == [date(2026, 11, 18)]


@pytest.mark.fault("C32.2")
def test_a_zone_to_the_west_does_not_open_a_day_again() -> None:
    book = living_in("Pacific/Kiritimati")
    book.spend("1")
    began = book.account.usage_day
    book.account = replace(book.account, time_zone="Pacific/Pago_Pago")

    entry = book.wait(HOUR).spend("1")

    assert entry.usage_day == began == date(2026, 11, 19)
    assert book.days == []
    assert book.wait(2 * DAY).spend("1").usage_day == date(2026, 11, 20)
    assert book.wrong() == []


@pytest.mark.fault("C32.2")
@pytest.mark.parametrize(
    ("now", "time_zone", "day"),
    [
        ("2026-11-18T23:30:00Z", "UTC", "2026-11-18"),
        ("2026-11-18T23:30:00Z", "Europe/Berlin", "2026-11-19"),
        ("2026-03-29T00:59:59Z", "Europe/Berlin", "2026-03-29"),
        ("2026-10-25T22:59:59Z", "Europe/Berlin", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "Europe/Berlin", "2026-10-26"),
        ("2028-02-28T23:59:59Z", "UTC", "2028-02-28"),
        ("2028-02-29T00:00:00Z", "UTC", "2028-02-29"),
        ("2026-11-18T18:14:59Z", "Asia/Kathmandu", "2026-11-18"),
        ("2026-11-18T18:15:00Z", "Asia/Kathmandu", "2026-11-19"),
    ],
)
def test_the_day_is_the_local_one(now: str, time_zone: str, day: str) -> None:
    assert local_day(at(now), time_zone).isoformat() == day


@pytest.mark.parametrize("now", ["2026-11-18T00:00:00Z", "2026-11-18T23:59:59Z"])
def test_the_utc_day_knows_no_zone(now: str) -> None:
    assert utc_day(at(now)) == date(2026, 11, 18)


counters = st.builds(
    Counter,
    count=st.integers(0, 9),
    credits=st.integers(0, 99).map(Credits),
    waived=st.integers(0, 99).map(Credits),
    units=st.dictionaries(st.sampled_from(["call", "minute"]), st.integers(0, 9).map(Quantity)),
)


@given(st.lists(counters, max_size=6))
@tried(100)
def test_counters_add_up_part_by_part(parts: list[Counter]) -> None:
    whole: dict[str, Counter] = {}

    for each in parts:
        whole = dict(add(whole, "op", each))

    found = whole.get("op", Counter())
    assert found.count == sum(each.count for each in parts)
    assert found.credits.hundredths == sum(each.credits.hundredths for each in parts)
    assert found.waived.hundredths == sum(each.waived.hundredths for each in parts)
    for unit in ("call", "minute"):
        assert found.units.get(unit, 0) == sum(each.units.get(unit, 0) for each in parts)


@pytest.mark.fault(
    "C32.2",
    "Summer time, leap days, ends of months, other zones",
    "A day is as long as the account's zone says and closes once",
)
@pytest.mark.parametrize(
    ("time_zone", "first", "hours"),
    [
        ("Europe/Berlin", "2026-03-29T00:00:00+01:00", 23),
        ("Europe/Berlin", "2026-10-25T00:00:00+02:00", 25),
        ("UTC", "2028-02-29T00:00:00Z", 24),
        ("UTC", "2026-11-30T00:00:00Z", 24),
    ],
    ids=["short", "long", "leap", "last-of-month"],
)
def test_a_day_lasts_as_long_as_its_zone_says_and_closes_once(
    time_zone: str, first: str, hours: int
) -> None:
    began = at(first)
    book = living_in(time_zone, began)
    book.spend("1")
    book.wait(hours * HOUR - 1).spend("2")
    assert book.days == []

    book.wait(1).spend("4")

    [closed] = book.days
    assert closed.day == date.fromisoformat(first[:10])
    assert closed.counters["step"].credits == Credits(300)
    assert total(book.account.usage)["step"].credits == Credits(400)
    assert book.wrong() == []
