"""Captures that leave their hold open: together they cost what one capture of their sum would."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account, Overage, Status
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import Forbidden, HoldEnded, LimitExceeded, NotFound
from prepaid.domain.hold_commands import Capture
from prepaid.domain.holds import MAX_OPEN_SECONDS, MAX_PARTS
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import HUNDREDTH, ONE, Carry, Price, Quantity, Rate, UnitPrice
from prepaid.domain.usage import Counter, total

from tests.domain.book import DAY, NOON, Book, cents, steps
from tests.domain.laws import tried

units = st.builds(
    UnitPrice,
    unit=st.just("step"),
    rate=st.integers(0, 3 * ONE).map(Rate),
    increment=st.sampled_from([0, 1, 7, 250_000, ONE, 6 * ONE]).map(Quantity),
    minimum=st.sampled_from([0, 1, ONE, 30 * ONE]).map(Quantity),
)
price_shapes = st.tuples(units, units).map(
    lambda two: Price(
        plan="default",
        operation="step",
        effective_from=Instant(0),
        units=(two[0], replace(two[1], unit="token")),
    )
)
part_quantities = st.dictionaries(
    st.sampled_from(["step", "token"]), st.integers(0, 40 * ONE).map(Quantity)
)


def with_carry(carry: int) -> Book:
    carries = {"step": Carry(carry)} if carry else {}
    return Book(Account(account_id=AccountId("user-1"), carry=carries))


def counted(book: Book) -> Counter:
    return total(book.account.usage)["step"]


def test_a_part_takes_what_it_costs_out_of_the_hold_and_leaves_it_open() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")

    entry = book.capture(hold_id, asked=steps("1.50"), final=False)

    assert (entry.kind, entry.amount, entry.held_change) == (
        EntryKind.CAPTURE,
        Credits(-150),
        Credits(-150),
    )
    assert (entry.final, entry.is_part, entry.hold_id) == (False, True, hold_id)
    [hold] = book.account.holds
    assert (hold.amount, hold.parts, hold.used) == (Credits(250), 1, {"step": 150 * ONE})
    assert (book.balance, book.available) == ("8.50", "6.00")
    assert book.wrong() == []


def test_the_last_capture_pays_its_own_part_and_releases_the_rest() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.capture(hold_id, asked=steps("1.50"), final=False)

    entry = book.capture(hold_id, asked=steps("1"))

    assert (entry.amount, entry.held_change, entry.final) == (Credits(-100), Credits(-250), True)
    assert (book.balance, book.available, book.account.holds) == ("7.50", "7.50", ())
    assert book.wrong() == []


def test_increments_and_minimum_apply_to_all_parts_together() -> None:
    minute = UnitPrice(
        unit="step", rate=Rate(ONE), increment=Quantity(ONE), minimum=Quantity(2 * ONE)
    )
    price = replace(cents(), units=(minute,))
    book = Book()
    book.adjust("10")
    hold_id = book.hold("5")

    parts = [
        book.capture(hold_id, asked={"step": Quantity(tenths * ONE // 10)}, price=price, final=last)
        for tenths, last in [(3, False), (15, False), (4, False), (8, False), (1, True)]
    ]

    assert [each.amount.hundredths for each in parts] == [-200, 0, -100, 0, -100]
    assert [each.calculation.lines[0].billed // ONE for each in parts if each.calculation] == [
        *(2, 0, 1, 0, 1)
    ]
    assert book.wrong() == []


@pytest.mark.fault(
    "D34.5",
    "Long work is captured in many parts",
    "Together they cost what one capture would, and count as one use",
)
@given(
    price_shapes, st.lists(part_quantities, min_size=10, max_size=10), st.integers(0, HUNDREDTH - 1)
)
@tried(200)
def test_ten_captures_over_two_extensions_pay_exactly_what_one_capture_would_cost(
    price: Price, parts: list[dict[str, Quantity]], carry: int
) -> None:
    whole = {
        unit: Quantity(sum(each.get(unit, 0) for each in parts))
        for unit in {unit for each in parts for unit in each}
    }
    once, often = with_carry(carry), with_carry(carry)
    for book in (once, often):
        book.adjust("100000")
    one = once.capture(once.hold("50"), asked=whole, price=price)
    hold_id = often.hold("10", expires_in=DAY)

    for number, part in enumerate(parts):
        if number in (3, 7):
            often.wait(DAY - 60).extend(hold_id, "20", expires_in=DAY)
        often.capture(hold_id, asked=part, price=price, final=number == len(parts) - 1)

    taken = [each for each in often.entries if each.kind is EntryKind.CAPTURE]
    assert sum((each.amount for each in taken), ZERO) == one.amount
    assert often.account.carry == once.account.carry
    assert (often.balance, often.available) == (once.balance, once.available)
    billed = [line for each in taken if each.calculation for line in each.calculation.lines]
    assert one.calculation is not None
    for line in one.calculation.lines:
        assert sum(each.billed for each in billed if each.unit == line.unit) == line.billed
    assert often.account.holds == ()
    assert (once.wrong(), often.wrong()) == ([], [])


@pytest.mark.fault("D34.5")
def test_parts_and_their_end_count_as_one_use() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.capture(hold_id, asked=steps("1"), final=False)
    book.capture(hold_id, "0.50", final=False)

    book.capture(hold_id, asked=steps("1"))

    used = counted(book)
    assert (used.count, used.credits, used.units) == (1, Credits(250), {"step": 200 * ONE})
    assert book.wrong() == []


def test_a_part_may_take_the_whole_hold_and_the_next_one_what_is_available() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.hold("5")

    first = book.capture(hold_id, "4", final=False)
    second = book.capture(hold_id, "3", final=False)

    assert (first.amount, first.held_change) == (Credits(-400), Credits(-400))
    assert (second.amount, second.held_change, second.shortfall) == (
        Credits(-100),
        ZERO,
        Credits(200),
    )
    assert [each.amount for each in book.account.holds] == [ZERO, Credits(500)]
    assert book.available == "0.00"
    assert book.wrong() == []


def test_a_part_beyond_its_hold_becomes_debt_where_the_account_says_so() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.account = replace(book.account, overage=Overage.DEBT)

    entry = book.capture(hold_id, "17", final=False)

    assert (entry.amount, entry.held_change, book.balance) == (
        Credits(-1700),
        Credits(-400),
        "-7.00",
    )
    assert book.wrong() == []


def test_a_part_up_to_its_hold_is_honoured_by_a_frozen_account_in_debt() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.adjust("-9", force=True)
    book.set(Status.FROZEN)

    entry = book.capture(hold_id, "3", final=False)

    assert (entry.amount, entry.shortfall, book.balance) == (Credits(-300), ZERO, "-2.00")
    assert book.wrong() == []


def test_a_waived_part_takes_nothing_and_needs_no_reserve_any_more() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.set(unlimited=True)

    entry = book.capture(hold_id, "3", final=False)

    assert (entry.amount, entry.waived, entry.held_change) == (ZERO, Credits(300), Credits(-300))
    assert book.balance == "10.00"
    assert book.wrong() == []


def test_a_part_burns_what_has_expired_first_and_what_no_hold_needs_expires() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.give("5", priority=1)
    hold_id = book.hold("4")
    book.wait(60)

    entry = book.capture(hold_id, "1.50", final=False)

    assert [(each.grant_id, each.amount) for each in entry.burned] == [(1, Credits(150))]
    assert book.account.unsettled(book.now) == ZERO
    book.void(hold_id)
    [expired] = book.settle()
    assert (expired.kind, expired.amount, book.balance) == (
        EntryKind.EXPIRY,
        Credits(-250),
        "5.00",
    )
    assert book.wrong() == []


@pytest.mark.parametrize("end", ["void", "expiry"])
def test_what_parts_left_of_a_hold_is_released_once(end: str) -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=60)
    book.capture(hold_id, "3", final=False)

    entry = book.void(hold_id) if end == "void" else book.wait(60).settle()[0]

    assert (entry.kind, entry.key, entry.held_change) == (
        EntryKind.RELEASE,
        f"hold-end:{hold_id}",
        Credits(-100),
    )
    assert (book.balance, book.available) == ("7.00", "7.00")
    assert counted(book).count == 1
    assert book.wrong() == []


def test_a_hold_that_parts_used_up_ends_by_a_release_of_nothing() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=60)
    book.capture(hold_id, "4", final=False)

    [entry] = book.wait(60).settle()

    assert (entry.key, entry.held_change) == (f"hold-end:{hold_id}", ZERO)
    assert book.wrong() == []


def test_a_part_of_a_hold_that_has_ended_or_is_anothers_is_refused() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=60)
    with pytest.raises(Forbidden):
        book.capture(hold_id, "1", writer=Writer.USER, final=False)
    with pytest.raises(NotFound):
        book.capture(77, "1", final=False)
    before = book.account

    with pytest.raises(HoldEnded):
        book.wait(60).capture(hold_id, "1", final=False)

    assert book.account == before


def test_the_thousand_and_first_part_is_refused_and_the_end_is_not() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    [hold] = book.account.holds
    book.capture(hold_id, "0.01", final=False)
    book.account = replace(book.account, holds=(replace(hold, parts=MAX_PARTS),))
    before = book.account

    with pytest.raises(LimitExceeded) as raised:
        book.capture(hold_id, "0.01", final=False)

    assert raised.value.allowed == 1_000
    assert book.account == before
    assert book.capture(hold_id, "0.01").amount == Credits(-1)


def test_the_key_of_a_part_answers_another_request_with_key_reused() -> None:
    book = Book()
    book.adjust("10")
    entry = book.capture(book.hold("4"), "1", final=False)
    part = Capture(
        **book.end(),
        hold_id=2,
        writer=Writer.SERVICE,
        price=cents(),
        final=False,
    )

    assert part.clash(entry).code == "idempotency_key_reused"
    assert replace(part, final=True).clash(entry).code == "hold_ended"


def test_a_hold_extended_as_far_as_it_goes_still_ends() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=DAY)
    for _ in range(7):
        book.wait(DAY - 1)
        room = NOON + MAX_OPEN_SECONDS - book.now
        book.extend(hold_id, expires_in=min(room, DAY))

    [entry] = book.wait(DAY).settle()

    assert (entry.occurred_at, entry.key) == (NOON + MAX_OPEN_SECONDS, f"hold-end:{hold_id}")
    assert book.wrong() == []
