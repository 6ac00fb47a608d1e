"""Credits that will not last are announced when a day begins, and so is that they do again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account, AccountDefaults, RunwayThreshold
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import Entry
from prepaid.domain.following import ExpireDue
from prepaid.domain.runway import runway
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.domain.usage import Counter, local_day

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried
from tests.support.memory import of_kind

LOW, RECOVERED = AlertKind.RUNWAY_LOW, AlertKind.RUNWAY_RECOVERED
USER = AccountId("user-1")


class Watched(Book):
    """A book that keeps the alerts of runways, each with the day on which it was raised."""

    def __init__(self, *days: int, zone: str = "UTC") -> None:
        thresholds = tuple(RunwayThreshold(days=each) for each in days)
        account = Account(
            account_id=USER, thresholds=(), runway_thresholds=thresholds, time_zone=zone
        )
        super().__init__(account)
        self.alerts: list[Alert] = []

    def keep(self, command: Command) -> int:
        decision = decide(begin(self.account, self.now, command), command)
        self.alerts += [each for each in of_kind(decision, Alert) if each.runway]
        return super().keep(command)

    def use_daily(self, *costs: str) -> "Watched":
        """Spend something each day, and come to the next one."""
        for cost in costs:
            if Credits.parse(cost):
                self.spend(cost)
            self.wait(DAY)
        return self

    def said(self) -> list[tuple[AlertKind, tuple[int, ...]]]:
        return [(each.about, each.days) for each in self.alerts]


def amounts(*texts: str) -> tuple[Credits, ...]:
    return tuple(map(Credits.parse, texts))


def test_the_week_is_what_each_of_the_last_seven_days_cost() -> None:
    book = Watched()
    book.adjust("1000")

    book.use_daily("1", "2", "0", "4", "5", "6", "7", "8", "9").settle()

    assert book.account.week == amounts("9", "8", "7", "6", "5", "4", "0")


@pytest.mark.fault(
    "Y7",
    "Several days pass before anybody touches an account",
    "Its week counts those between as 0, and forgets what is older than seven days",
)
def test_days_that_pass_at_once_cost_nothing() -> None:
    book = Watched()
    book.adjust("1000")
    book.use_daily("1", "2").wait(2 * DAY)

    book.spend("3")
    two = book.account.week
    book.wait(400 * DAY).settle()

    assert two == amounts("0", "0", "2", "1")
    assert book.account.week == (ZERO,) * 7


def test_a_new_account_and_one_of_an_earlier_release_know_of_no_day() -> None:
    cause = ExpireDue(request_id="read")
    counter = Counter(count=1, credits=Credits(700))
    today = local_day(NOON, "UTC")
    old = Account(account_id=USER, usage_day=today, usage={today: {"step": counter}})

    first = begin(Account(account_id=USER), NOON, cause).account
    tomorrow = begin(old, Instant(NOON + DAY), cause).account

    assert (first.week, old.week) == ((), ())
    assert tomorrow.week == amounts("7")


def test_what_was_given_back_lowers_the_day_that_it_was_given_back_on() -> None:
    today = local_day(NOON, "UTC")
    counter = Counter(count=1, credits=Credits(700), reversed=Credits(900))
    account = Account(account_id=USER, usage_day=today, usage={today: {"step": counter}})

    turned = begin(account, Instant(NOON + DAY), ExpireDue(request_id="read")).account

    assert turned.week == amounts("-2")


@pytest.mark.fault(
    "Y1",
    "Credits will be used up in a few days",
    "The account is warned once, by the commit that begins its day, and told when they last again",
)
def test_credits_that_will_not_last_are_announced_when_a_day_begins() -> None:
    book = Watched(3, 7, 30)
    book.adjust("60")
    book.use_daily("10", "10", "10")
    before = book.said()

    entry = book.spend("29.99")
    book.adjust("-0.01")

    assert before == []
    [alert] = book.alerts
    assert (alert.about, alert.days, alert.threshold_days) == (LOW, (30,), 30)
    assert alert.runway is not None
    assert (alert.runway.spent, alert.runway.days_left) == (Credits.parse("30"), 7)
    assert (alert.balance, alert.available, alert.seq) == (*amounts("30", "30"), entry.seq - 1)
    assert (alert.raised_at, alert.suppressed) == (entry.posted_at, False)


@pytest.mark.fault(
    "Y2",
    "A runway is exactly as long as its threshold",
    "That is not shorter: nobody is warned, and one that was warned of has recovered",
)
@pytest.mark.parametrize(("left", "said"), [("30.00", []), ("29.99", [(LOW, (7,))])])
def test_a_runway_that_is_equal_to_its_threshold_is_not_short(
    left: str, said: list[tuple[AlertKind, tuple[int, ...]]]
) -> None:
    book = Watched(7)
    book.adjust(str(Credits.parse(left) + Credits.parse("30")))

    book.use_daily("10", "10", "10").settle()

    assert book.said() == said


@pytest.mark.fault("Y2")
@pytest.mark.parametrize(("left", "said"), [("9.99", []), ("10.00", [(RECOVERED, (7,))])])
def test_a_runway_that_is_as_long_as_its_threshold_again_has_recovered(
    left: str, said: list[tuple[AlertKind, tuple[int, ...]]]
) -> None:
    book = Watched(7)
    book.adjust("50")
    book.use_daily("10", "10", "10").settle()

    book.adjust(left)
    book.wait(DAY).settle()

    assert book.said() == [(LOW, (7,)), *said]


@pytest.mark.fault(
    "Y3",
    "Credits were used on one or two days",
    "That says nothing of the days to come: there is no runway, and nobody is warned",
)
def test_usage_on_two_days_warns_nobody() -> None:
    book = Watched(365)
    book.adjust("20.01")

    book.use_daily("10", "10", "0").settle()

    assert book.said() == []


@pytest.mark.fault("Y1")
def test_what_was_announced_is_announced_again_only_after_it_has_recovered() -> None:
    book = Watched(7)
    book.adjust("50")
    book.use_daily("10", "10", "10", "5", "5")
    still = book.said()

    book.adjust("1000")
    soon = book.said()
    book.wait(DAY).settle()
    book.adjust("-1000")
    book.wait(DAY).settle()

    assert still == soon == [(LOW, (7,))]
    assert book.said() == [(LOW, (7,)), (RECOVERED, (7,)), (LOW, (7,))]


def test_several_thresholds_are_announced_together_and_recover_apart() -> None:
    book = Watched(1, 3, 14)
    book.adjust("40")
    book.use_daily("10", "10", "10")
    book.settle()
    book.adjust("10")

    book.wait(DAY).settle()
    book.adjust("1000")
    book.wait(DAY).settle()

    assert book.said() == [(LOW, (14, 3)), (RECOVERED, (3,)), (RECOVERED, (14,))]
    assert [each.threshold_days for each in book.alerts] == [3, 3, 14]


@pytest.mark.fault(
    "Y4",
    "Nobody uses an account any more",
    "No day of it begins and it has no runway: it is not warned, however often jobs run",
)
def test_an_account_that_nobody_uses_is_warned_of_nothing() -> None:
    book = Watched(7)
    book.adjust("31")
    book.give("5", expires_in=40 * DAY)
    book.use_daily("10", "10", "10").wait(30 * DAY)

    book.settle()
    book.wait(10 * DAY).settle()

    assert book.account.week == (ZERO,) * 7
    assert book.said() == []


def test_what_is_low_stays_so_while_there_is_no_runway() -> None:
    book = Watched(7)
    book.adjust("40")
    book.use_daily("10", "10", "10").settle()
    book.adjust("1000")

    book.wait(30 * DAY).settle()
    quiet = book.said()
    book.use_daily("1", "1", "1").settle()

    assert quiet == [(LOW, (7,))]
    assert book.said() == [(LOW, (7,)), (RECOVERED, (7,))]


def test_credits_in_holds_do_not_last() -> None:
    book = Watched(7)
    book.adjust("60")
    book.use_daily("10", "10").spend("10")
    book.hold("0.01", expires_in=DAY)

    book.wait(DAY - HOUR).settle()

    assert [(str(each.balance), str(each.available)) for each in book.alerts] == [
        ("30.00", "29.99")
    ]


def test_credits_that_have_expired_meanwhile_do_not_last() -> None:
    book = Watched(7)
    book.adjust("59.99")
    book.give("100", expires_in=2 * DAY + HOUR, priority=1_000)

    book.use_daily("10", "10", "10").settle()

    assert [(each.reason, str(each.amount)) for each in book.entries[-1:]] == [
        ("expired", "-100.00")
    ]
    assert [(str(each.balance), each.seq) for each in book.alerts] == [("29.99", 6)]


def test_an_unlimited_account_is_not_warned() -> None:
    book = Watched(7)
    book.adjust("40")
    book.use_daily("10", "10")
    book.spend("10")
    book.set(unlimited=True)

    book.wait(DAY).settle()

    assert book.said() == []


def test_waived_usage_shortens_no_runway() -> None:
    book = Watched(365)
    book.adjust("40")
    for _ in range(5):
        book.spend("10", unlimited=True)
        book.wait(DAY)

    book.settle()

    assert book.account.week == (ZERO,) * 5
    assert book.said() == []


@pytest.mark.fault(
    "Y5",
    "Two days of an account begin within an hour, for its time zone changed",
    "What was announced in the first hour is not announced again before that is over",
)
def test_two_days_that_begin_within_an_hour_announce_once() -> None:
    book = Watched(7)
    book.adjust("40")
    book.use_daily("10", "10", "10")
    book.account = replace(
        book.account, runway_thresholds=(RunwayThreshold(days=7, alerted_at=book.now),)
    )

    book.settle()
    quiet = [each.suppressed for each in book.alerts]
    book.wait(DAY).settle()

    assert quiet == [True]
    assert [each.suppressed for each in book.alerts] == [True, False]


def test_alerts_of_one_moment_have_ids_of_their_own() -> None:
    book = Watched(3, 14)
    book.adjust("40")
    book.use_daily("10", "10", "10").settle()
    book.account = replace(
        book.account,
        runway_thresholds=(
            RunwayThreshold(days=3),
            RunwayThreshold(days=14),
            RunwayThreshold(days=1, alerted_at=NOON, open=True),
        ),
    )

    book.wait(DAY).settle()

    ids = [each.alert_id for each in book.alerts]
    assert book.said()[1:] == [(LOW, (14, 3)), (RECOVERED, (1,))]
    assert len(set(ids)) == len(ids)


def test_an_account_has_the_stack_s_thresholds_until_it_chooses() -> None:
    assert [each.days for each in Account(account_id=USER).runway_thresholds] == [7]
    new = Account.new(USER, AccountDefaults(runway_thresholds=(3, 30)))
    assert new.runway_thresholds == (RunwayThreshold(days=3), RunwayThreshold(days=30))


steps = st.lists(
    st.tuples(
        st.sampled_from([60, 5 * HOUR, DAY, DAY + 60, 2 * DAY, 3 * DAY, 9 * DAY]),
        st.integers(1, 900),
        st.none() | st.integers(-3_000, 3_000),
    ),
    min_size=3,
    max_size=25,
)
zones = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"])
places = st.sets(st.sampled_from([1, 3, 7, 14]) | st.integers(1, 60), max_size=3)


@tried(150)
@given(zone=zones, moved=st.none() | zones, steps=steps, at=places)
def test_weeks_and_alerts_are_those_that_a_plain_count_of_entries_finds(
    zone: str, moved: str | None, steps: list[tuple[int, int, int | None]], at: set[int]
) -> None:
    book = Watched(*at, zone=zone)
    book.adjust("60")
    first = book.account.usage_day
    book.account = replace(book.account, next_time_zone=moved)
    begun: list[tuple[Instant, int, list[int]]] = []
    for seconds, cost, adjusted in steps:
        book.wait(seconds)
        before, available = book.account.usage_day, book.account.available(book.now)
        if adjusted is not None:
            book.adjust(str(Credits(adjusted or 1)), force=True)
        elif available >= Credits(cost):
            book.spend(str(Credits(cost)))
        else:
            book.settle()
        today = book.account.usage_day
        week = counted(book.entries, today)
        if today != before:
            begun.append((book.now, available.hundredths, week))
        read = runway(book.account, book.days, book.now)
        known = min((today - first).days, 7)
        assert [each.hundredths for each in book.account.week] == week[:known]
        assert (read and read.spent.hundredths) == rate(week), "reads have the same rule"

    assert [(each.about, each.days, each.suppressed) for each in book.alerts] == warnings(begun, at)


def counted(entries: Sequence[Entry], today: date) -> list[int]:
    """Add up what was spent on each of the seven days before *today*."""
    spent: dict[date, int] = {}
    for entry in entries:
        if entry.usage_day is not None:
            spent[entry.usage_day] = spent.get(entry.usage_day, 0) - entry.amount.hundredths
    return [spent.get(today - timedelta(days=ago), 0) for ago in range(1, 8)]


def rate(week: Sequence[int]) -> int | None:
    """Return what the week cost, where that says anything."""
    return sum(week) if sum(each > 0 for each in week) >= 3 else None


def warnings(
    begun: Sequence[tuple[Instant, int, Sequence[int]]], at: set[int]
) -> list[tuple[AlertKind, tuple[int, ...], bool]]:
    """Go through the days that began; return the alerts that there should be."""
    found: list[tuple[AlertKind, tuple[int, ...], bool]] = []
    announced: dict[int, Instant] = {}
    low: set[int] = set()
    for now, available, week in begun:
        spent = rate(week)
        if spent is None:
            continue
        short = {days for days in at if available * 7 < days * spent}
        if fresh := short - low:
            quiet = all(now - announced.get(days, Instant(0)) < 3_600 for days in fresh)
            found.append((LOW, tuple(sorted(fresh, reverse=True)), quiet))
            if not quiet:
                low |= fresh
                announced |= dict.fromkeys(fresh, now)
        if back := low - short:
            found.append((RECOVERED, tuple(sorted(back, reverse=True)), False))
            low -= back
    return found
