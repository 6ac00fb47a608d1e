"""The snapshot against a plain recomputation from entries, whatever happens while it is taken."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.analytics.flows import Flows, flows_of
from prepaid.analytics.money import MoneySum
from prepaid.analytics.snapshot_ports import AccountDay, Part
from prepaid.analytics.standing import Ranking
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import Unavailable

from tests.analytics.company import (
    ACCOUNTS,
    HOUR,
    Company,
    Event,
    day_of,
    events,
    liability,
    plain,
    recomputed,
)
from tests.domain.laws import tried
from tests.support.ledger_harness import DAY_SECONDS, NOW
from tests.support.memory import MemoryLedgerStore
from tests.support.selling import refunded

ANN, BOB = ACCOUNTS[:2]
TODAY = day_of(NOW)


def equals_a_recomputation(company: Company) -> None:
    """Hold every number to entries, payments and accounts."""
    last = day_of(company.now)
    expected = recomputed(company.entries())
    first = min([*expected, last - timedelta(days=1)])
    report = company.report(first, last)

    assert report.as_of == company.now
    assert {
        each.day: plain(each.flows) for each in report.days if plain(each.flows) != Flows()
    } == {day: plain(each) for day, each in expected.items() if plain(each) != Flows()}
    assert [each.day for each in report.days] == list(report.period.days())
    assert plain(report.flows) == plain(sum(expected.values(), Flows()))
    accounts = [company.store.load(each) for each in ACCOUNTS]
    assert report.flows.net == sum((each.balance for each in accounts), ZERO)
    assert report.standing.liability == liability(company)
    assert report.standing.accounts == sum(each.version > 0 for each in accounts)
    money_equals_payments(company, {each.day: dict(each.money) for each in report.days})
    spenders_are_those_who_spent(company, report.active, dict(report.top["spend"]))


def money_equals_payments(company: Company, shown: dict[date, dict[str, MoneySum]]) -> None:
    paid: dict[tuple[date, str], int] = defaultdict(int)
    back: dict[str, int] = defaultdict(int)
    for payment in company.payments():
        if payment.paid:
            paid[day_of(payment.paid.at), payment.currency] += payment.price
            back[payment.currency] += payment.money_back
    found = {
        (day, currency): taken.paid
        for day, money in shown.items()
        for currency, taken in money.items()
        if taken.paid
    }
    gone: dict[str, int] = defaultdict(int)
    for money in shown.values():
        for currency, taken in money.items():
            gone[currency] += taken.back
    assert found == dict(paid)
    assert {name: each for name, each in gone.items() if each} == {
        name: each for name, each in back.items() if each
    }


def spenders_are_those_who_spent(
    company: Company, active: int, spent: dict[AccountId, Credits]
) -> None:
    since = day_of(company.now) - timedelta(days=29)
    used = [
        each
        for each in company.entries()
        if each.kind in (EntryKind.USAGE, EntryKind.CAPTURE) and day_of(each.posted_at) >= since
    ]
    sums: dict[AccountId, Credits] = {}
    for each in used:
        sums[each.account_id] = sums.get(each.account_id, ZERO) - each.amount
    assert active == len(sums)
    assert spent == {name: each for name, each in sums.items() if each}


@tried(200)
@given(happening=events(), wait=st.sampled_from([0, HOUR, DAY_SECONDS, 40 * DAY_SECONDS]))
def test_every_number_equals_a_recomputation_at_the_snapshot_s_as_of(
    happening: list[Event], wait: int
) -> None:
    company = Company()
    for event in happening:
        company.play(event)
        if event.what == "snapshot":
            company.snapshot()
    company.wait(wait)

    company.snapshot()

    equals_a_recomputation(company)


def busy() -> Company:
    company = Company(parts=1)
    for account_id in (ANN, BOB):
        company.play(Event(0, account_id, "buy"))
        company.play(Event(60, account_id, "spend"))
    return company


def test_a_snapshot_reads_changed_accounts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    company = busy()
    [first] = company.snapshot()
    company.play(Event(HOUR, BOB, "spend"))
    read: list[tuple[AccountId, object]] = []
    in_order = MemoryLedgerStore.in_order

    def noted(
        self: MemoryLedgerStore, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        read.append((account_id, after and after[1]))
        return in_order(self, account_id, after=after)

    monkeypatch.setattr(MemoryLedgerStore, "in_order", noted)
    [second] = company.snapshot()

    assert (first.accounts, first.changed) == (2, 2)
    assert (second.accounts, second.changed) == (2, 1)
    assert read == [(BOB, 2)]
    equals_a_recomputation(company)


def test_the_open_days_of_idle_accounts_are_in_it() -> None:
    company = busy()
    company.wait(3 * DAY_SECONDS)

    company.snapshot()

    assert company.store.closed_days(ANN) == []
    assert company.report(TODAY, TODAY).flows.usage["workflow_execution"].count == 2
    equals_a_recomputation(company)


def test_a_day_is_closed_once_what_began_before_its_end_is_written() -> None:
    company = busy()
    midnight = NOW // DAY_SECONDS * DAY_SECONDS + DAY_SECONDS
    closed = []
    for late in (-1, 0, 899, 900):
        company.counter.now = Instant(midnight + late)
        company.snapshot()
        [day] = company.report(TODAY, TODAY).days
        closed.append(day.closed)

    assert closed == [False, False, False, True]


def test_a_snapshot_that_comes_again_changes_nothing() -> None:
    company = busy()
    company.snapshot()
    before = company.report(TODAY, TODAY)

    for _ in range(3):
        company.snapshot()

    assert company.report(TODAY, TODAY) == before


class Dies(Exception):
    """The process ended."""


@pytest.mark.fault(
    "C70",
    "A snapshot of all accounts dies half-way, or its time is up",
    "Readers see the one before it, whole; the next one finishes, and nothing counts twice",
)
@pytest.mark.parametrize("survived", range(8))
def test_one_that_dies_half_way_leaves_what_was_there_and_the_next_is_right(
    survived: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = busy()
    company.snapshot()
    before = company.report(TODAY, TODAY)
    for wait in (HOUR, 20 * HOUR):
        for account_id in (ANN, BOB):
            company.play(Event(wait, account_id, "spend"))
    calls = iter(range(survived))
    keep = company.account_days.keep

    def dying(part: Part, found: AccountDay) -> None:
        if next(calls, None) is None:
            raise Dies
        keep(part, found)

    with monkeypatch.context() as patched:
        patched.setattr(company.account_days, "keep", dying)
        [half] = company.snapshot()

    if half.failed:
        assert company.report(TODAY, TODAY).as_of == before.as_of
        assert company.report(TODAY, TODAY).flows == before.flows
    company.snapshot()
    equals_a_recomputation(company)


@pytest.mark.fault("C70")
def test_one_without_time_keeps_no_snapshot_and_says_so() -> None:
    company = busy()
    asked = iter([False, True])

    done = company.taking(time_is_up=lambda: next(asked)).run(Part(0, 1), now=company.now)

    assert (done.accounts, done.finished) == (1, False)
    assert company.report(TODAY, TODAY).as_of is None


@pytest.mark.fault("C70")
def test_an_account_that_cannot_be_read_is_told_and_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = busy()

    def away(*_: object, **__: object) -> Iterator[Entry]:
        raise Unavailable("The ledger did not answer in time.")

    monkeypatch.setattr(company.store, "in_order", away)
    [done] = company.snapshot()

    assert (done.accounts, done.failed, company.failed) == (0, 2, [ANN, BOB])
    assert company.report(TODAY, TODAY).as_of is None


@pytest.mark.fault(
    "C71",
    "Two snapshots are taken at once",
    "Each adds up what it finds; what knows of fewer entries never replaces what knows of more",
)
@tried(60)
@given(happening=events(), at=st.integers(0, 12))
def test_two_snapshots_at_once_end_as_one(happening: list[Event], at: int) -> None:
    company = Company(parts=1)
    for event in happening:
        company.play(event)
    keep, calls = company.account_days.keep, iter(range(at))
    rival: list[object] = []

    def overtaken(part: Part, found: AccountDay) -> None:
        if next(calls, None) is None and not rival:
            rival.append(company)
            company.play(Event(60, ANN, "adjust", amount=5))
            company.taking().run(part, now=company.now)
        keep(part, found)

    company.account_days.keep = overtaken  # type: ignore[method-assign]  # a rival comes in between
    company.snapshot()
    company.account_days.keep = keep  # type: ignore[method-assign]  # and none any more

    company.snapshot()

    equals_a_recomputation(company)


@pytest.mark.fault("C71")
def test_what_a_slower_snapshot_has_added_up_is_not_added_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = busy()
    company.snapshot()
    company.play(Event(60, ANN, "spend"))
    older = list(company.store.whole_accounts(segment=0, segments=1))
    company.play(Event(60, ANN, "spend"))
    whole, slow = company.store.whole_accounts, company.taking()

    def after_a_slower_one(*, segment: int, segments: int) -> Iterator[Account]:
        with monkeypatch.context() as patched:
            patched.setattr(company.store, "whole_accounts", lambda **_: iter(older))
            slow.run(Part(0, 1), now=company.now)
        yield from whole(segment=segment, segments=segments)

    with monkeypatch.context() as patched:
        patched.setattr(company.store, "whole_accounts", after_a_slower_one)
        company.snapshot()

    equals_a_recomputation(company)


@pytest.mark.fault(
    "C72",
    "The clock jumps over a day, or a month, and comes back",
    "What was closed too early is added up again; days in between are there",
)
@pytest.mark.parametrize("jump", [DAY_SECONDS, 3 * DAY_SECONDS, 45 * DAY_SECONDS])
def test_a_clock_that_jumps_and_comes_back_leaves_every_day_right(jump: int) -> None:
    company = busy()
    company.snapshot()
    company.wait(jump)
    company.play(Event(0, ANN, "spend"))
    company.snapshot()
    company.wait(-jump)
    for _ in range(3):
        company.play(Event(6 * HOUR, BOB, "spend"))
        company.play(Event(0, ACCOUNTS[3], "buy"))
        company.snapshot()

    report = company.report(TODAY, day_of(company.now))
    expected = recomputed(company.entries())
    assert {each.day: plain(each.flows) for each in report.days} == {
        day: plain(expected.get(day, Flows())) for day in report.period.days()
    }
    company.wait(jump + DAY_SECONDS)
    company.snapshot()
    equals_a_recomputation(company)


def test_a_job_that_was_silent_for_months_makes_up_for_all_of_them() -> None:
    company = busy()
    company.snapshot()
    for _ in range(8):
        company.play(Event(12 * DAY_SECONDS, BOB, "spend"))

    company.snapshot()

    equals_a_recomputation(company)


@pytest.mark.fault(
    "C73",
    "The index of entries lags behind an account while a snapshot is taken",
    "What comes after a gap is left to the next snapshot; nothing is missed",
)
@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_entries_that_an_index_does_not_show_yet_are_read_by_the_next_one(
    hidden: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = busy()
    company.play(Event(60, ANN, "spend"))
    company.play(Event(60, ANN, "spend"))
    in_order = company.store.in_order

    def lagging(
        account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        return (each for each in in_order(account_id, after=after) if each.seq != hidden)

    with monkeypatch.context() as patched:
        patched.setattr(company.store, "in_order", lagging)
        company.snapshot()
    company.snapshot()

    equals_a_recomputation(company)


def test_an_account_written_later_than_it_was_read_is_taken_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = busy()
    whole = list(company.store.whole_accounts(segment=0, segments=1))
    company.play(Event(60, BOB, "spend"))

    def as_it_was(**_: int) -> Iterator[Account]:
        return iter(whole)

    with monkeypatch.context() as patched:
        patched.setattr(company.store, "whole_accounts", as_it_was)
        company.snapshot()

    assert company.report(TODAY, TODAY).flows.usage["workflow_execution"].count == 2
    company.snapshot()
    equals_a_recomputation(company)


def test_money_goes_back_on_the_day_of_its_fact_and_never_beyond_what_was_paid() -> None:
    company = busy()
    company.play(Event(DAY_SECONDS, ANN, "refund", amount=699))
    company.play(Event(DAY_SECONDS, ANN, "dispute", amount=898))
    company.snapshot()

    days = company.report(TODAY, TODAY + timedelta(days=2)).days

    assert [dict(each.money) for each in days] == [
        {"usd": MoneySum(paid=2000)},
        {"usd": MoneySum(back=700)},
        {"usd": MoneySum(back=300)},
    ]


def test_a_refund_that_failed_takes_its_money_off_the_day_again() -> None:
    company = busy()
    [payment] = company.store.payments.of_account(ANN, limit=1)
    company.counter.record_fact(payment, refunded(500, at=company.now))
    company.snapshot()
    before = dict(company.report(TODAY, TODAY).money)
    company.wait(40 * DAY_SECONDS)
    company.counter.record_fact(payment, refunded(500, "failed", at=company.now))

    company.snapshot()

    assert before == {"usd": MoneySum(paid=2000, back=500)}
    assert dict(company.report(TODAY, TODAY).money) == {"usd": MoneySum(paid=2000)}


def test_accounts_are_low_in_debt_or_neither() -> None:
    company = busy()
    company.play(Event(0, ACCOUNTS[2], "adjust", amount=19_99))
    company.play(Event(0, ACCOUNTS[3], "adjust", amount=20_00))
    company.play(Event(0, ANN, "refund", amount=999))
    company.play(Event(0, ANN, "spend"))

    company.snapshot()

    standing = company.report(TODAY, TODAY).standing
    assert (standing.accounts, standing.low, standing.in_debt) == (4, 2, 1)
    assert standing.debt == -company.store.load(ANN).balance
    assert standing.by_status == {"active": 4}


@dataclass(frozen=True, kw_only=True)
class CostedEntry(Entry):
    """An entry that knows what the provider took."""

    provider_cost: int | None = None


def test_the_provider_s_cost_is_set_against_what_was_paid_for_the_credits() -> None:
    company = busy()
    [entry] = [each for each in company.store.all_entries(ANN) if each.kind is EntryKind.USAGE]

    known = {each.name: getattr(entry, each.name) for each in fields(entry)}

    flows = flows_of([CostedEntry(**known | {"provider_cost": 123_456})])

    costed = flows.costed["workflow_execution"]
    assert (costed.provider_cost, costed.credits) == (123_456, -entry.amount)
    assert costed.basis == {"usd": sum(part.basis for part in entry.burned)}
    assert flows_of([entry]).costed == {}


def test_only_who_has_something_is_ranked_most_first_then_by_id() -> None:
    ranking = Ranking(most=2)
    for name, hundredths in [("a", 0), ("c", 5), ("b", 5), ("d", 1), ("e", -1), ("f", 9)]:
        ranking.add(AccountId(name), Credits(hundredths))

    assert ranking.top() == (("f", Credits(9)), ("b", Credits(5)))


def test_nobody_is_ranked_with_nothing() -> None:
    ranking = Ranking()
    ranking.add(AccountId("a"), ZERO)

    assert ranking.top() == ()
