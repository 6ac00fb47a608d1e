"""Spending limits: what they refuse, what they leave, when they reset, and what they announce."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account, AccountDefaults, Overage, Status
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.errors import AccountFrozen, InsufficientCredits, PrepaidError
from prepaid.domain.keys import Key
from prepaid.domain.limiting import SpendingLimitExceeded, announce_refusal, standings
from prepaid.domain.limits import Limit, LimitOwner, LimitTerms, Window, begin_windows, set_limits
from prepaid.domain.thresholds import Alert, AlertKind

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.support.memory import of_kind


def limit(
    amount: str,
    window: Window = Window.DAY,
    *,
    operation: str | None = None,
    by: LimitOwner = LimitOwner.USER,
) -> Limit:
    return Limit(operation=operation, window=window, amount=Credits.parse(amount), by=by)


class LimitedBook(Book):
    """A book of an account with 100.00 and *limits* that keeps alerts."""

    def __init__(self, *limits: Limit, time_zone: str = "UTC", now: Instant = NOON) -> None:
        account = Account(account_id=AccountId("user-1"), limits=limits, time_zone=time_zone)
        super().__init__(account, now)
        self.alerts: list[Alert] = []
        self.give("100")

    def keep(self, command: Command) -> int:
        decision = decide(begin(self.account, self.now, command), command)
        self.alerts += of_kind(decision, Alert)
        return super().keep(command)

    @property
    def used(self) -> list[str]:
        return [str(each.used) for each in self.account.limits]

    def refused(self, cost: str) -> SpendingLimitExceeded:
        before = self.account
        with pytest.raises(SpendingLimitExceeded) as refused:
            self.spend(cost)
        assert self.account == before
        return refused.value


def day(book: Book) -> str:
    return book.account.usage_day.isoformat()


@pytest.mark.fault(
    "C85", "Usage would pass a spending limit", "403, nothing changes, and when it resets"
)
def test_a_limit_is_spent_to_the_cent_and_not_beyond() -> None:
    book = LimitedBook(limit("5"))
    book.spend("4.99")

    refusal = book.refused("0.02")
    book.spend("0.01")

    assert refusal.members() == {
        "scope": "account",
        "operation": None,
        "window": "day",
        "amount": "5.00",
        "used": "4.99",
        "held": "0.00",
        "required": "0.02",
        "resets_at": "2026-11-19T00:00:00Z",
    }
    assert refusal.retry_after_seconds == DAY // 2
    assert book.used == ["5.00"]


def test_what_costs_nothing_passes_a_limit_that_is_used_up() -> None:
    book = LimitedBook(limit("5"))
    book.spend("5")

    assert book.spend("0").amount == Credits(0)


def test_a_limit_comes_after_frozen_and_before_credits() -> None:
    book = LimitedBook(limit("5"))

    with pytest.raises(SpendingLimitExceeded):
        book.spend("1000")
    book.set(Status.FROZEN)
    with pytest.raises(AccountFrozen):
        book.spend("1000")


def test_credits_are_asked_for_within_a_limit() -> None:
    book = LimitedBook(limit("500"))

    with pytest.raises(InsufficientCredits):
        book.spend("101")


def test_a_limit_of_one_operation_leaves_others_alone() -> None:
    book = LimitedBook(limit("5", operation="step"))
    book.spend("5")
    book.spend("50", operation="other")

    refusal = book.refused("0.01")

    assert (refusal.members()["scope"], refusal.members()["operation"]) == ("operation", "step")
    assert book.used == ["5.00"]


def test_the_lower_of_a_users_and_an_admins_limit_counts() -> None:
    book = LimitedBook(limit("50"), limit("5", by=LimitOwner.ADMIN))

    refusal = book.refused("5.01")

    assert refusal.standing.by is LimitOwner.ADMIN
    assert [each.by for each in refusal.limits] == [LimitOwner.ADMIN]


@pytest.mark.fault("C86", "Many holds are opened beside a limit", "What is held counts as spent")
def test_open_holds_count_in_whatever_window_they_were_opened() -> None:
    book = LimitedBook(limit("5"))
    book.hold("3", expires_in=DAY)
    book.wait(DAY // 2)

    refusal = book.refused("2.01")
    book.spend("2")

    assert (day(book), refusal.members()["held"]) == ("2026-11-19", "3.00")


def test_a_hold_that_ended_counts_no_more() -> None:
    book = LimitedBook(limit("5"))
    voided, _ = book.hold("2"), book.hold("3", expires_in=60)
    book.void(voided)
    book.wait(60)

    book.spend("5")

    assert book.used == ["5.00"]


def test_a_hold_and_more_for_a_hold_are_refused_beyond_a_limit() -> None:
    book = LimitedBook(limit("5"))
    hold = book.hold("3")

    with pytest.raises(SpendingLimitExceeded):
        book.hold("2.01")
    with pytest.raises(SpendingLimitExceeded):
        book.extend(hold, "2.01")
    book.extend(hold, "2")

    assert book.account.held(book.now) == Credits(500)


def test_a_hold_of_a_range_takes_what_a_limit_leaves() -> None:
    book = LimitedBook(limit("5"))
    book.spend("1.50")

    held = book.hold_range("1", "50")
    with pytest.raises(SpendingLimitExceeded):
        book.hold_range("0.01", "50")

    assert held.held_change == Credits(350)


@pytest.mark.fault(
    "C87", "A capture comes when a limit is used up", "It is honoured up to its hold"
)
def test_a_capture_is_never_refused_and_counts_where_it_is_posted() -> None:
    book = LimitedBook(limit("5"))
    hold = book.hold("4", expires_in=DAY)
    book.wait(DAY // 2).spend("1")

    entry = book.capture(hold, "4")

    assert (entry.amount, book.used) == (Credits(-400), ["5.00"])


def test_beyond_its_hold_a_capture_takes_what_limits_leave() -> None:
    book = LimitedBook(limit("5"))
    book.spend("1")

    entry = book.capture(book.hold("3"), "10")

    assert (entry.amount, entry.shortfall, book.used) == (Credits(-400), Credits(600), ["5.00"])


def test_who_owes_an_overrun_owes_it_beyond_a_limit() -> None:
    book = LimitedBook(limit("5"))
    book.account = replace(book.account, overage=Overage.DEBT)

    entry = book.capture(book.hold("3"), "10")

    assert (entry.amount, book.used) == (Credits(-1000), ["10.00"])
    assert [each.about for each in book.alerts] == [AlertKind.LIMIT_REACHED]
    assert str(standings(book.account, book.now)[0].left) == "0.00"


def test_waived_usage_counts_nothing_and_is_not_refused() -> None:
    book = LimitedBook(limit("5"))

    book.spend("6", unlimited=True)
    book.hold("6", unlimited=True)

    assert book.used == ["0.00"]


@pytest.mark.fault(
    "C88",
    "A window ends",
    "Its limit counts anew: an hour by UTC, a day and a month by the account's days",
)
@pytest.mark.parametrize(
    ("window", "seconds"),
    [(Window.HOUR, HOUR), (Window.DAY, DAY // 2), (Window.MONTH, 25 * DAY // 2)],
)
def test_a_window_ends_when_it_said(window: Window, seconds: int) -> None:
    book = LimitedBook(limit("5", window))
    book.spend("5")

    assert book.refused("1").standing.resets_at == NOON + seconds
    book.wait(seconds - 1)
    book.refused("1")
    book.wait(1).spend("4")

    assert book.used == ["4.00"]


@pytest.mark.parametrize("window", Window)
def test_a_window_that_begins_has_counted_and_announced_nothing(window: Window) -> None:
    before = Limit(
        window=window, amount=Credits(500), by=LimitOwner.USER, used=Credits(450), hour=7, level=80
    )

    [begun] = begin_windows(
        [before], before=date(2026, 11, 30), today=date(2026, 12, 1), now=Instant(9 * HOUR)
    )

    assert begun == replace(
        before, used=Credits(0), level=0, hour=9 if window is Window.HOUR else 7
    )


@pytest.mark.parametrize(
    ("zone", "now", "resets_at"),
    [
        # 2026-10-25 has 25 hours in Berlin
        ("Europe/Berlin", 1_792_915_200, 1_792_969_200),
        # on 2026-09-06 clocks in Santiago go from 24:00 to 01:00: no midnight
        ("America/Santiago", 1_788_638_400, 1_788_667_200),
        ("Asia/Kathmandu", 1_792_915_200, 1_792_952_100),
    ],
)
def test_a_day_ends_with_the_first_instant_of_the_next_date(
    zone: str, now: int, resets_at: int
) -> None:
    book = LimitedBook(limit("5"), time_zone=zone, now=Instant(now))
    book.spend("5")
    today = day(book)

    assert book.refused("1").standing.resets_at == resets_at
    book.wait(resets_at - now - 1)
    book.refused("1")
    assert day(book) == today
    book.wait(1).spend("5")


@pytest.mark.fault("C32")
@pytest.mark.fault("C88")
@pytest.mark.parametrize("window", Window)
def test_a_clock_that_jumps_and_comes_back_opens_one_window_and_no_more(window: Window) -> None:
    book = LimitedBook(limit("5", window))
    book.spend("5")

    book.wait(40 * DAY).spend("5")
    book.wait(-40 * DAY)
    back = book.refused("0.01")
    book.wait(40 * DAY)
    again = book.refused("0.01")

    assert back.standing.resets_at == again.standing.resets_at > book.now
    assert book.used == ["5.00"]


@pytest.mark.fault(
    "C89",
    "A time zone is changed to make a limit count anew",
    "It shows from the account's next day on",
)
def test_a_new_time_zone_neither_ends_a_window_nor_brings_one_back() -> None:
    book = LimitedBook(limit("5"))
    book.spend("5")
    book.account = replace(book.account, next_time_zone="Pacific/Kiritimati")

    refusal = book.refused("1")
    book.wait(DAY // 2).spend("5")

    assert refusal.standing.resets_at == NOON + DAY // 2
    assert (book.account.time_zone, book.account.next_time_zone) == ("Pacific/Kiritimati", None)
    assert day(book) == "2026-11-19"
    book.account = replace(book.account, next_time_zone="Pacific/Pago_Pago")
    book.wait(DAY // 2 - 2 * HOUR).spend("5")
    assert (day(book), book.account.time_zone) == ("2026-11-20", "Pacific/Pago_Pago")
    book.wait(DAY)
    book.refused("1")
    assert day(book) == "2026-11-20"


def test_a_month_waits_for_the_new_zone_to_begin_it() -> None:
    last_day = Instant(1_796_040_000)  # 2026-11-30T12:00Z
    book = LimitedBook(limit("5", Window.MONTH), now=last_day)
    book.account = replace(book.account, next_time_zone="Pacific/Pago_Pago")

    assert book.refused("6").standing.resets_at == last_day + DAY // 2

    book.now = Instant(last_day - DAY)
    book.account = replace(
        book.account, usage_day=book.account.usage_day.replace(day=29), as_of=book.now
    )
    assert book.refused("6").standing.resets_at == last_day + DAY // 2 + 11 * HOUR


def test_each_percentage_is_announced_once_in_a_window() -> None:
    book = LimitedBook(limit("5"))
    for cost in ("3.99", "0.01", "0.50", "0.50"):
        book.spend(cost)
    book.wait(DAY).spend("5")

    assert [
        (each.about, each.seq, str(each.limit and each.limit.used)) for each in book.alerts
    ] == [
        (AlertKind.LIMIT_NEAR, 3, "4.00"),
        (AlertKind.LIMIT_REACHED, 5, "5.00"),
        (AlertKind.LIMIT_REACHED, 6, "5.00"),
    ]


@pytest.mark.fault(
    "A85", "One entry raises two alerts", "They have two ids, and both are written with it"
)
def test_two_alerts_of_one_entry_have_two_ids() -> None:
    book = LimitedBook(limit("85"), limit("90", operation="step"), limit("85", by=LimitOwner.ADMIN))

    book.spend("85")

    ids = [each.alert_id for each in book.alerts]
    assert len(set(ids)) == len(ids) == 4
    assert {each.seq for each in book.alerts} == {2}


def test_the_first_refusal_of_a_window_announces_and_further_ones_do_not() -> None:
    book = LimitedBook(limit("50"), limit("500", by=LimitOwner.ADMIN))
    book.spend("49.50")
    refusal = book.refused("1")

    once, alerts = announce_refusal(book.account, refusal, book.now)
    again, more = announce_refusal(once, refusal, book.now)
    later = begin(book.account, Instant(book.now + DAY), _cause()).account

    assert [(each.about, each.seq) for each in alerts] == [(AlertKind.LIMIT_REACHED, 2)]
    assert (once.seq, once.balance, [each.level for each in once.limits]) == (
        book.account.seq,
        book.account.balance,
        [100, 0],
    )
    assert (again, more) == (once, ())
    assert announce_refusal(later, refusal, Instant(book.now + DAY)) == (later, ())


def _cause() -> Command:
    return Command(key=Key("k"), actor="system", request_id="r")


def test_a_limit_that_is_made_has_counted_and_announced_nothing() -> None:
    made = Limit(window=Window.DAY, amount=Credits(5_00), by=LimitOwner.USER)

    assert (made.operation, made.used, made.hour, made.level) == (None, Credits(0), 0, 0)


def chosen(before: list[Limit], amount: Credits, now: Instant) -> Limit:
    """Set the limit of an hour anew, as a user does who saves settings."""
    terms = [(LimitOwner.USER, LimitTerms(window=Window.HOUR, amount=amount))]
    [found] = set_limits(before, terms, used_in=lambda _: Credits(99), now=now)
    return found


def test_a_limit_that_is_changed_counts_on_and_is_announced_for_what_comes() -> None:
    before = Limit(
        window=Window.HOUR, amount=Credits(10_00), by=LimitOwner.USER, used=Credits(8_50), level=80
    )

    higher = chosen([before], Credits(20_00), NOON)
    lower = chosen([before], Credits(8_00), NOON)

    assert (higher.amount, higher.used, higher.level) == (Credits(20_00), Credits(8_50), 0)
    assert (lower.amount, lower.used, lower.level) == (Credits(8_00), Credits(8_50), 100)
    assert higher.hour == lower.hour == NOON // HOUR


def test_a_limit_that_is_saved_as_it_was_stays_as_it_is() -> None:
    before = Limit(
        window=Window.HOUR,
        amount=Credits(10_00),
        by=LimitOwner.USER,
        used=Credits(8_50),
        hour=NOON // HOUR - 1,
        level=0,
    )

    assert chosen([before], Credits(10_00), NOON) == before


def test_a_new_limit_counts_what_was_used_before_and_announces_nothing_of_it() -> None:
    found = chosen([], Credits(1_00), NOON)
    of_another = chosen([replace(found, by=LimitOwner.ADMIN, used=Credits(7))], Credits(1_00), NOON)

    assert (found.used, found.level) == (Credits(99), 80)
    assert (of_another.used, of_another.by) == (Credits(7), LimitOwner.USER)


def test_default_limits_count_todays_usage_and_give_way_to_an_admins() -> None:
    defaults = AccountDefaults(limits=(LimitTerms(window=Window.DAY, amount=Credits(500)),))
    book = LimitedBook()
    book.spend("3")

    account = replace(book.account, defaults=defaults).with_default_limits(())
    book.account = account
    book.refused("2.01")
    admins = limit("50", by=LimitOwner.ADMIN)
    lifted = replace(account, limits=(admins,)).with_default_limits(account.limits)
    lowered = replace(account, limits=(limit("50"),)).with_default_limits(account.limits)

    assert [(each.by, str(each.used)) for each in account.limits] == [(LimitOwner.DEFAULT, "3.00")]
    assert lifted.limits == (admins,)
    assert {each.by for each in lowered.limits} == {LimitOwner.USER, LimitOwner.DEFAULT}


def test_each_default_limit_stands_by_itself_beside_what_an_admin_chose() -> None:
    windows = (Window.DAY, Window.MONTH, Window.HOUR)
    terms = tuple(LimitTerms(window=each, amount=Credits(500)) for each in windows)
    account = replace(LimitedBook().account, defaults=AccountDefaults(limits=terms))
    counted = account.with_default_limits(())

    chosen = replace(account, limits=(limit("50", by=LimitOwner.ADMIN),))
    both = chosen.with_default_limits(counted.limits[1:2])

    assert [each.window for each in counted.limits] == list(windows)
    assert {(each.window, each.by) for each in both.limits} == {
        (Window.DAY, LimitOwner.ADMIN),
        (Window.MONTH, LimitOwner.DEFAULT),
        (Window.HOUR, LimitOwner.DEFAULT),
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["spend", "hold", "capture", "void", "wait", "extend"]),
            st.integers(1, 400),
        ),
        max_size=25,
    )
)
def test_used_is_what_the_windows_entries_cost_and_nothing_passes_a_limit(
    steps: list[tuple[str, int]],
) -> None:
    book = LimitedBook(limit("5"), limit("9", Window.HOUR))
    for what, size in steps:
        amount = str(Credits(size))
        hold = book.account.holds[0].number if book.account.holds else None
        try:
            match what:
                case "spend":
                    book.spend(amount)
                case "hold":
                    book.hold(amount, expires_in=2 * DAY)
                case "wait":
                    book.wait(size * 100).settle()
                case "extend" if hold:
                    book.extend(hold, amount)
                case "capture" if hold:
                    book.capture(hold, amount)
                case "void" if hold:
                    book.void(hold)
        except PrepaidError:
            continue

    book.settle()
    today = book.account.usage_day
    of_day = [each for each in book.entries if each.usage_day == today]
    hour = book.now // HOUR
    of_hour = [each for each in of_day if each.posted_at // HOUR == hour]
    spent = [-sum(each.amount.hundredths for each in some) for some in (of_day, of_hour)]
    assert [each.used.hundredths for each in book.account.limits] == spent
    captured = {each.hold_id for each in of_day if each.hold_id}
    if not captured:
        assert spent[0] <= 500
