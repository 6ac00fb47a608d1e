"""Usage paid for directly: priced, burned, carried, counted, or refused with nothing changed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Status
from prepaid.domain.commands import Command
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    InvalidRequest,
    LimitExceeded,
    UnknownOperation,
)
from prepaid.domain.following import ExpireDue
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, UnitPrice, parse_millionths
from prepaid.domain.spending import MAX_AGE_SECONDS, MAX_AHEAD_SECONDS
from prepaid.domain.usage import MAX_OPERATIONS, Counter, total

from tests.domain.book import CALL, DAY, NOON, Book, cents, steps
from tests.domain.laws import tried

THIRD = Price(
    plan="default",
    operation="token",
    effective_from=Instant(0),
    units=(UnitPrice(unit="token", rate=Rate(3_333)),),
)
TALK = {"call": Quantity(ONE), "minute": Quantity(parse_millionths("3.2"))}


def test_one_call_and_three_point_two_minutes_take_two_sixty() -> None:
    book = Book()
    book.adjust("100")

    entry = book.use(TALK, CALL)

    assert (entry.kind, entry.amount, entry.balance_after, entry.available_after) == (
        EntryKind.USAGE,
        Credits(-260),
        Credits(9740),
        Credits(9740),
    )
    assert (entry.seq, entry.operation, str(entry.usage_day)) == (2, "vapi_call", "2026-11-18")
    assert total(book.account.usage) == {
        "vapi_call": Counter(count=1, credits=Credits(260), units=TALK),
    }
    assert book.wrong() == []


def test_the_last_credit_can_be_spent_and_no_more() -> None:
    book = Book()
    book.adjust("2.60")
    book.use(TALK, CALL)
    before = book.account

    with pytest.raises(InsufficientCredits) as raised:
        book.spend("0.01")

    assert (raised.value.required, raised.value.available) == (Credits(1), Credits(0))
    assert book.account == before


def test_available_decides_and_not_the_balance() -> None:
    book = Book()
    book.adjust("10")
    book.hold("4")

    with pytest.raises(InsufficientCredits):
        book.spend("6.01")

    assert (book.balance, book.available) == ("10.00", "6.00")
    assert book.spend("6").available_after == Credits(0)


@given(st.lists(st.integers(0, 9_000_000).map(Quantity), min_size=1, max_size=30))
@tried(60)
def test_small_usage_is_neither_free_nor_paid_twice(used: list[Quantity]) -> None:
    book = Book()
    book.adjust("100")

    for each in used:
        book.use(each, THIRD)

    exact = sum(used) * 3_333
    assert 10_000 - book.account.balance.hundredths == exact // 10**10
    assert book.account.carry.get("token", 0) == exact % 10**10
    assert book.wrong() == []


def test_each_operation_has_its_own_carry_and_a_carry_of_nothing_is_dropped() -> None:
    book = Book()
    book.adjust("1")
    other = replace(THIRD, operation="word")

    book.use(Quantity(ONE), THIRD)
    book.use(Quantity(2 * ONE), other)
    half = dict(book.account.carry)
    book.use(Quantity(10_000 * ONE - ONE), THIRD, unlimited=True)

    assert half == {"token": 3_333 * ONE, "word": 6_666 * ONE}
    assert book.account.carry == {"word": 6_666 * ONE}


def test_an_operation_without_a_price_is_unknown() -> None:
    book = Book()
    book.adjust("1")
    before = book.account

    with pytest.raises(UnknownOperation, match="nonsense") as raised:
        book.use(Quantity(ONE), None, operation="nonsense")

    assert raised.value.pointer == "/operation"
    assert book.account == before


@pytest.mark.fault(
    "G46.6",
    "Usage costs nothing and the account is in debt",
    "Recorded; a frozen account still refuses",
)
def test_what_costs_nothing_needs_no_credits_in_debt_too() -> None:
    book = Book()
    book.adjust("1")
    book.adjust("-1.01", force=True)

    assert book.spend("0").amount == Credits(0)
    assert book.entries[-1].balance_after == Credits(-1)
    hold_id = book.hold("0")
    assert book.capture(hold_id, "0").amount == Credits(0)
    with pytest.raises(InsufficientCredits):
        book.spend("0.01")
    with pytest.raises(InsufficientCredits):
        book.hold("0.01")


@pytest.mark.fault("G46.6")
def test_what_costs_nothing_is_refused_to_a_frozen_account() -> None:
    book = Book()
    book.adjust("1")
    book.set(Status.FROZEN)

    with pytest.raises(AccountFrozen):
        book.spend("0")


def test_the_fifty_first_operation_of_a_day_is_refused_until_the_next_day() -> None:
    book = Book()
    book.adjust("100")
    for number in range(MAX_OPERATIONS):
        book.spend("0.01", operation=f"op-{number}")
    before = book.account

    with pytest.raises(LimitExceeded) as raised:
        book.spend("0.01", operation="one-more")

    assert raised.value.limit == "operations in a day"
    assert book.account == before
    assert book.spend("0.01", operation="op-0").amount == Credits(-1)
    book.wait(DAY)
    assert book.spend("0.01", operation="one-more").amount == Credits(-1)
    assert book.wrong() == []


def test_a_carry_keeps_its_operation_among_the_fifty() -> None:
    book = Book()
    book.adjust("100")
    book.use(Quantity(ONE), THIRD)
    book.wait(30 * DAY)
    for number in range(MAX_OPERATIONS - 1):
        book.spend("0.01", operation=f"op-{number}")

    with pytest.raises(LimitExceeded):
        book.spend("0.01", operation="one-more")

    assert book.use(Quantity(ONE), THIRD).amount == Credits(0)


@pytest.mark.parametrize("off", [-MAX_AGE_SECONDS, 0, MAX_AHEAD_SECONDS])
def test_usage_may_be_reported_late_and_counts_when_it_is_posted(off: int) -> None:
    book = Book()
    book.adjust("1")

    entry = book.use(steps("0.50"), cents(), occurred_at=Instant(NOON + off))

    assert (entry.occurred_at, entry.posted_at) == (NOON + off, NOON)
    assert str(entry.usage_day) == "2026-11-18"


@pytest.mark.parametrize("off", [-MAX_AGE_SECONDS - 1, MAX_AHEAD_SECONDS + 1])
def test_usage_of_long_ago_or_ahead_is_refused(off: int) -> None:
    book = Book()
    book.adjust("1")
    before = book.account

    with pytest.raises(InvalidRequest) as raised:
        book.use(steps("0.50"), cents(), occurred_at=Instant(NOON + off))

    assert raised.value.pointer == "/occurred_at"
    assert book.account == before


def test_an_entry_keeps_what_its_command_says() -> None:
    book = Book()
    book.adjust("1")
    command = ExpireDue(
        request_id="r", reason="because", reference="order-7", metadata={"colour": "red"}
    )

    decision = begin(book.account, NOON, command)
    [entry] = decision.append_entry(book.account, EntryKind.STATUS, command).entries

    assert (entry.reason, entry.reference, entry.metadata) == (
        "because",
        "order-7",
        {"colour": "red"},
    )


def test_a_command_without_a_rule_is_a_mistake_of_ours() -> None:
    book = Book()
    stranger = Command(**book.common())

    with pytest.raises(TypeError, match="no rule for Command"):
        book.post(stranger)


def test_settling_adds_nothing_of_its_own() -> None:
    book = Book()
    command = ExpireDue(request_id="r")
    decision = begin(book.account, NOON, command)

    assert decide(decision, command) is decision
