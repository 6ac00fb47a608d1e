"""Usage analytics against a plain recomputation from entries, and by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.analytics import usage_entries
from prepaid.analytics.buckets import Bucket, sum_of
from prepaid.analytics.periods import Grouping, Period, span_of
from prepaid.analytics.usage import UsageAnalytics, UsageOfPeriod, UsageQuestion, UsageReport
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.runway import today_of
from prepaid.domain.usage import Counter, Counters

from tests.analytics.histories import History, Step, Used, added_up, histories
from tests.domain.book import DAY, HOUR, NOON
from tests.domain.laws import tried

NAMES = {
    Grouping.DAY: "%Y-%m-%d",
    Grouping.WEEK: "%G-W%V",
    Grouping.MONTH: "%Y-%m",
}
SPANS = [1, 2, 7, 10, 31, 59, 366]


def ask(history: History, *, now: Instant | None = None, **asked: object) -> UsageReport:
    question = UsageQuestion(account_id=AccountId("a"), **asked)  # type: ignore[arg-type]  # the question's own fields
    analytics = UsageAnalytics(history=history.store, time_is_up=lambda: False)
    return analytics.report(question, history.now if now is None else now)


def plain(used: Counters) -> Counters:
    """Leave out what was never used, as nobody can tell it from what is not there."""
    return {name: each for name, each in used.items() if each != Counter()}


def by_key(buckets: Sequence[Bucket]) -> dict[str | None, Counters]:
    return {each.key: plain(each.used) for each in buckets}


@tried(300)
@given(history=histories(), span=st.sampled_from(SPANS), ago=st.integers(-2, 60), data=st.data())
def test_every_number_equals_a_recomputation_from_raw_entries(
    history: History, span: int, ago: int, data: st.DataObject
) -> None:
    grouping = data.draw(st.sampled_from(Grouping))
    today = today_of(history.account, history.now)
    last = today - timedelta(days=ago)
    period = Period(last - timedelta(days=span - 1), last)

    report = ask(
        history,
        first=period.first,
        last=period.last,
        grouping=grouping,
        compare=True,
        largest=True,
    )

    assert report.previous is not None
    holds(report.current, period, grouping, history.used, today)
    earlier = Period(period.first - timedelta(days=span), period.first - timedelta(days=1))
    holds(report.previous, earlier, grouping, history.used, today)
    largest_are_the_largest(report, period, history.used)


def holds(
    shown: UsageOfPeriod, period: Period, grouping: Grouping, used: Sequence[Used], today: date
) -> None:
    """Hold buckets and totals to the entries of the period."""
    within = [each for each in used if period.first <= each.day <= period.last]
    assert shown.period == period
    assert shown.complete
    assert plain(shown.totals) == plain(added_up(within, lambda _: "all").get("all", {}))
    if grouping is Grouping.REFERENCE:
        held_by_reference(shown, within)
        return
    if grouping is Grouping.OPERATION:
        expected = added_up(within, lambda each: each.entry.operation)
    elif grouping is Grouping.VARIANT:
        expected = added_up(within, lambda _: "*")
    else:
        known = [each for each in period.days() if each <= today]
        empty: Mapping[str | None, Counters] = {
            each.strftime(NAMES[grouping]): {} for each in known
        }
        expected = {**empty, **added_up(within, lambda each: each.day.strftime(NAMES[grouping]))}
        assert [each.key for each in shown.buckets] == list(expected)
    assert by_key(shown.buckets) == {key: plain(each) for key, each in expected.items()}


def held_by_reference(shown: UsageOfPeriod, within: Sequence[Used]) -> None:
    """Credits and units by reference; the captures of a hold count once in the period."""
    seen: set[object] = set()
    counted = []
    for each in sorted(within, key=lambda used: -used.entry.seq):
        hold = each.entry.hold_id
        place = (each.entry.reference, hold)
        counted.append(replace(each, uses=0 if hold and place in seen else 1))
        seen.add(place)
    expected = added_up(counted, lambda each: each.entry.reference)

    assert by_key(shown.buckets) == {key: plain(each) for key, each in expected.items()}
    assert shown.other is None


def largest_are_the_largest(report: UsageReport, period: Period, used: Sequence[Used]) -> None:
    within = [each.entry for each in used if period.first <= each.day <= period.last]
    paid = [each for each in within if each.amount < Credits(0)]
    expected = sorted(paid, key=lambda each: (each.amount.hundredths, -each.seq))[:10]

    assert report.entries is not None
    assert report.entries.largest == expected
    assert report.entries.complete


def living(zone: str = "UTC", now: Instant = NOON) -> History:
    history = History(zone, now)
    history.adjust("1000")
    return history


def test_today_is_partial_and_the_days_before_it_are_not() -> None:
    history = living()
    history.play(Step(0, "spend", 100))
    history.play(Step(DAY, "spend", 200))

    report = ask(history)

    assert len(report.current.buckets) == 30
    assert [each.partial for each in report.current.buckets[-3:]] == [False, False, True]
    assert [str(each.total.credits) for each in report.current.buckets[-2:]] == ["1.00", "2.00"]


def test_a_day_that_is_over_is_whole_though_nothing_has_closed_it() -> None:
    history = living()
    history.play(Step(0, "spend", 100))
    history.wait(2 * DAY)

    [*_, day, _, today] = ask(history).current.buckets

    assert (day.key, str(day.total.credits), day.partial) == ("2026-11-18", "1.00", False)
    assert (today.key, today.total, today.partial) == ("2026-11-20", Counter(), True)


def test_weeks_and_months_that_the_range_cuts_are_partial() -> None:
    history = living()

    weeks = ask(
        history, first=date(2026, 11, 4), last=date(2026, 11, 15), grouping=Grouping.WEEK
    ).current.buckets
    months = ask(
        history, first=date(2026, 9, 1), last=date(2026, 10, 30), grouping=Grouping.MONTH
    ).current.buckets

    assert [(each.key, each.partial) for each in weeks] == [("2026-W45", True), ("2026-W46", False)]
    assert [(each.key, each.partial) for each in months] == [("2026-09", False), ("2026-10", True)]
    assert months[1].period == Period(date(2026, 10, 1), date(2026, 10, 30))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2027, 1, 3), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2026, 1, 1), "2026-W01"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day: date, week: str) -> None:
    assert span_of(day, Grouping.WEEK).key == week


def test_nothing_is_known_of_days_to_come() -> None:
    history = living()

    ahead = ask(history, last=date(2026, 11, 30), first=date(2026, 11, 17))

    assert [each.key for each in ahead.current.buckets] == ["2026-11-17", "2026-11-18"]
    assert ask(history, first=date(2027, 1, 1)).current.buckets == []


def test_the_day_of_a_change_of_clocks_has_all_its_25_hours() -> None:
    history = living("Europe/Berlin", Instant(1_792_879_200))  # 2026-10-25T00:00 there
    for _ in range(25):
        history.play(Step(HOUR - 1, "spend", 100))

    [day] = ask(history, first=date(2026, 10, 25), last=date(2026, 10, 25)).current.buckets

    assert (day.total.count, str(day.total.credits)) == (25, "25.00")


def test_more_than_a_year_is_refused_also_where_it_ends_today() -> None:
    with pytest.raises(InvalidRequest):
        ask(living(), first=date(2025, 11, 17))


def test_an_account_that_nobody_wrote_used_nothing() -> None:
    report = ask(History("UTC", NOON))

    assert sum_of(report.current.totals.values()) == Counter()
    assert report.runway is None


@pytest.mark.fault(
    "E70",
    "Usage is too much to be added up by reference, or takes too long",
    "The newest is added up and the answer says that it is not complete; totals are whole",
)
def test_entries_beyond_the_bound_are_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_entries, "MAX_ENTRIES", 6)
    monkeypatch.setattr(usage_entries, "PAGE", 4)
    history = living()
    for cost in range(20, 10, -1):
        history.play(Step(1, "spend", cost, reference="call-1"))

    report = ask(history, grouping=Grouping.REFERENCE, largest=True)

    [bucket] = report.current.buckets
    assert (report.current.complete, bucket.partial, bucket.total.count) == (False, True, 6)
    assert sum_of(report.current.totals.values()).count == 10
    assert report.entries is not None
    assert not report.entries.complete
    assert [each.amount.hundredths for each in report.entries.largest] == [
        -16,
        -15,
        -14,
        -13,
        -12,
        -11,
    ]


@pytest.mark.fault("E70")
def test_entries_are_read_until_the_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_entries, "PAGE", 2)
    history = living()
    for _ in range(5):
        history.play(Step(1, "spend", 10, reference="call-1"))
    analytics = UsageAnalytics(history=history.store, time_is_up=lambda: True)
    question = UsageQuestion(account_id=AccountId("a"), grouping=Grouping.REFERENCE)

    report = analytics.report(question, history.now)

    assert report.current.complete is False
    assert report.current.buckets[0].total.count == 2


def test_references_beyond_the_hundredth_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_entries, "MAX_REFERENCES", 2)
    history = living()
    for cost, reference in enumerate(["a", None, "b", "c"], start=1):
        history.play(Step(1, "spend", cost, reference=reference))

    current = ask(history, grouping=Grouping.REFERENCE).current

    assert [each.key for each in current.buckets] == ["c", "b"]
    assert current.other is not None
    assert str(current.other.total.credits) == "0.03"


def test_an_entry_that_came_after_the_account_was_read_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history = living()
    history.play(Step(1, "spend", 10, reference="call-1"))
    read = history.account

    history.play(Step(1, "spend", 10, reference="call-1"))
    monkeypatch.setattr(history.store, "load", lambda _: read)

    report = ask(history, grouping=Grouping.REFERENCE, largest=True)

    assert report.current.buckets[0].total.count == 1
    assert sum_of(report.current.totals.values()).count == 1


def test_days_that_closed_after_the_account_was_read_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history = living()
    history.play(Step(1, "spend", 10))
    read = history.account
    for _ in range(2):
        history.play(Step(DAY, "spend", 10))
    monkeypatch.setattr(history.store, "load", lambda _: read)

    report = ask(history)

    assert sum_of(report.current.totals.values()).count == 1
