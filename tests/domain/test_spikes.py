"""An hour that costs far more than the account's hours usually do is announced once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import ZERO, AccountId, Credits
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.thresholds import Alert, AlertKind, Spike
from prepaid.domain.usage import HourlyUsage, local_day

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried
from tests.support.memory import of_kind

USER = AccountId("user-1")
IDLE = ("0",) * 7


class Watched(Book):
    """A book with a week behind it, and 10,000.00 credits, that keeps the alerts of spikes."""

    def __init__(self, *week: str, zone: str = "UTC") -> None:
        account = Account(
            account_id=USER,
            thresholds=(),
            time_zone=zone,
            usage_day=local_day(NOON, zone),
            week=tuple(map(Credits.parse, week)),
        )
        super().__init__(account)
        self.alerts: list[Alert] = []
        self.adjust("10000")

    def keep(self, command: Command) -> int:
        decision = decide(begin(self.account, self.now, command), command)
        self.alerts += [each for each in of_kind(decision, Alert) if each.spike]
        return super().keep(command)

    def said(self) -> list[tuple[int, str]]:
        """Return each alert's entry, and what the hour had cost by then."""
        return [(each.seq, str(each.spike.spent)) for each in self.alerts if each.spike]


@pytest.mark.fault(
    "Y10",
    "An account spends far more in an hour than it usually does",
    "It is warned in the commit that shows it, once in the hour",
)
def test_an_hour_that_costs_eight_times_the_usual_is_announced_once() -> None:
    book = Watched("84", "84", "84", "84", "84", "84", "84")

    book.spend("27.99")
    before = book.said()
    entry = book.spend("0.01")
    book.spend("500")

    assert before == []
    [alert] = book.alerts
    assert (alert.about, alert.seq, alert.suppressed) == (AlertKind.USAGE_SPIKE, entry.seq, False)
    assert alert.spike == Spike(hour=NOON // HOUR, spent=Credits(2_800), week=Credits(58_800))
    assert (alert.spike.begins_at, str(alert.spike.usual)) == (NOON, "3.50")


def test_an_hour_that_costs_less_than_ten_credits_is_no_spike() -> None:
    book = Watched(*IDLE)

    book.spend("9.99")
    before = book.said()
    entry = book.spend("0.01")

    assert before == []
    assert book.said() == [(entry.seq, "10.00")]


def test_each_hour_is_counted_anew_and_announced_again() -> None:
    book = Watched(*IDLE)

    first = book.wait(HOUR - 1).spend("9.99")
    second = book.wait(1).spend("9.99")
    third = book.spend("1")
    fourth = book.wait(HOUR).spend("10")

    assert first.seq < second.seq
    assert book.said() == [(third.seq, "10.99"), (fourth.seq, "10.00")]


@pytest.mark.fault(
    "Y11",
    "Less than a week is known of an account: it is new, or of an earlier release",
    "Nothing is usual yet, and no hour is a spike",
)
def test_while_less_than_a_week_is_known_no_hour_is_a_spike() -> None:
    book = Watched(*IDLE[1:])

    book.spend("1000")
    before = book.said()
    book.wait(DAY).spend("1000")

    assert before == []
    assert book.said() == [(3, "1000.00")], "1000.00 in a week, 1000.00 in an hour"


def test_an_account_that_was_idle_for_long_has_a_week_without_usage() -> None:
    book = Watched()
    book.spend("1")

    entry = book.wait(30 * DAY).spend("10")

    assert book.said() == [(entry.seq, "10.00")]


def test_a_capture_counts_in_the_hour_in_which_it_is_posted() -> None:
    book = Watched(*IDLE)
    hold_id = book.hold("30", expires_in=3 * HOUR)
    book.spend("1")

    entry = book.wait(2 * HOUR).capture(hold_id, "12")

    assert entry.kind is EntryKind.CAPTURE
    assert book.said() == [(entry.seq, "12.00")]


def test_what_is_no_usage_is_no_spike() -> None:
    book = Watched(*IDLE)

    book.adjust("-500")
    book.void(book.hold("500"))
    book.give("500", expires_in=60)
    book.wait(60).settle()
    book.spend("500", unlimited=True)

    assert book.account.hour is None
    assert book.said() == []


def test_a_day_that_ends_within_an_hour_makes_no_spike_of_what_is_no_usage() -> None:
    book = Watched("0", "0", "0", "0", "0", "0", "84000", zone="Asia/Kathmandu")
    book.wait(6 * HOUR + 10 * 60)
    book.spend("20")

    book.wait(10 * 60).adjust("1")
    quiet = book.said()
    entry = book.spend("0.01")

    assert str(book.account.week[0]) == "20.00"
    assert quiet == []
    assert book.said() == [(entry.seq, "20.01")]


def test_a_week_in_which_more_was_given_back_than_spent_counts_as_idle() -> None:
    book = Watched("-500", *IDLE[1:])

    entry = book.spend("10")

    assert book.said() == [(entry.seq, "10.00")]
    [alert] = book.alerts
    assert alert.spike is not None
    assert alert.spike.usual == ZERO


uses = st.lists(
    st.tuples(
        st.sampled_from([0, 60, 1_800, HOUR, DAY]),
        st.sampled_from([1, 300, 999, 1_000, 1_001, 2_800]) | st.integers(1, 5_000),
        st.sampled_from(["spend", "capture", "waived", "adjust"]),
    ),
    max_size=30,
)
weeks = st.lists(
    st.sampled_from([-100, 0, 84_00, 300_00]) | st.integers(0, 500_00), min_size=5, max_size=7
)


@tried(150)
@given(week=weeks, steps=uses)
def test_spikes_are_those_that_a_plain_count_of_entries_finds(
    week: list[int], steps: list[tuple[int, int, str]]
) -> None:
    book = Watched()
    book.account = replace(book.account, week=tuple(map(Credits, week)))
    weeks_then: dict[int, tuple[Credits, ...]] = {}
    for seconds, cost, kind in steps:
        book.wait(seconds)
        amount = str(Credits(cost))
        match kind:
            case "spend":
                entry = book.spend(amount)
            case "capture":
                entry = book.capture(book.hold(amount), amount)
            case "waived":
                entry = book.spend(amount, unlimited=True)
            case _:
                entry = book.adjust(f"-{amount}")
        weeks_then[entry.seq] = book.account.week

    found, announced, spent = [], set(), dict[int, int]()
    for entry in book.entries:
        hour = entry.posted_at // 3_600
        if entry.usage_day is None or not entry.amount:
            continue
        spent[hour] = spent.get(hour, 0) - entry.amount.hundredths
        known = weeks_then[entry.seq]
        usual = sum(each.hundredths for each in known)
        if (
            len(known) == 7
            and hour not in announced
            and spent[hour] >= 1_000
            and spent[hour] * 21 >= usual
        ):
            announced.add(hour)
            found.append((entry.seq, str(Credits(spent[hour]))))
    assert book.said() == found
    last = max(spent, default=None)
    assert (book.account.hour and book.account.hour.hour) == last
    if last is not None:
        assert book.account.hour == HourlyUsage(
            hour=last, credits=Credits(spent[last]), announced=last in announced
        )
