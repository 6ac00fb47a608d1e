"""Holds: set aside, ended once, honoured up to their amount, and counted out when they expire."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Overage
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    Forbidden,
    HoldEnded,
    InsufficientCredits,
    LimitExceeded,
    NotFound,
    UnknownOperation,
)
from prepaid.domain.hold_commands import Capture, OpenHold, Void
from prepaid.domain.holds import MAX_HOLDS
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import ONE, Quantity
from prepaid.domain.usage import MAX_OPERATIONS, total

from tests.domain.book import CALL, HOUR, NOON, Book, cents, steps
from tests.domain.laws import tried


def test_a_hold_sets_credits_aside_and_leaves_the_balance() -> None:
    book = Book()
    book.adjust("10")

    hold_id = book.hold("4", expires_in=60)

    entry = book.entries[-1]
    assert (entry.kind, entry.amount, entry.held_change) == (
        EntryKind.HOLD,
        Credits(0),
        Credits(400),
    )
    assert (entry.hold_id, entry.hold_expires_at, hold_id) == (2, NOON + 60, 2)
    assert (book.balance, book.available) == ("10.00", "6.00")
    assert book.wrong() == []


def test_a_hold_for_quantities_is_their_price_without_the_carry() -> None:
    book = Book()
    book.adjust("10")
    command = OpenHold(
        **book.common(),
        operation="vapi_call",
        price=CALL,
        expires_in=60,
        maker=Writer.SERVICE,
        quantities={"call": Quantity(ONE), "minute": Quantity(5 * ONE)},
    )

    entry = book.post(command)

    assert entry.held_change == Credits(350)
    assert entry.calculation is not None
    [hold] = book.account.holds
    assert (hold.plan, hold.opened_at) == (CALL.plan, book.now)


def test_more_than_is_available_cannot_be_held() -> None:
    book = Book()
    book.adjust("10")
    book.hold("4")
    before = book.account

    with pytest.raises(InsufficientCredits):
        book.hold("6.01")
    with pytest.raises(UnknownOperation):
        book.post(replace(_opening(book), price=None))

    assert book.account == before


def test_the_two_hundred_and_first_open_hold_is_refused() -> None:
    book = Book()
    book.adjust("10")
    for _ in range(MAX_HOLDS):
        book.hold("0.01")
    before = book.account

    with pytest.raises(LimitExceeded) as raised:
        book.hold("0.01")

    assert (raised.value.limit, raised.value.allowed) == ("open holds", 200)
    assert book.account == before


def test_less_than_was_held_releases_the_rest() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")

    entry = book.capture(hold_id, asked=steps("1.50"))

    assert (entry.kind, entry.amount, entry.held_change, entry.shortfall) == (
        EntryKind.CAPTURE,
        Credits(-150),
        Credits(-400),
        Credits(0),
    )
    assert (book.balance, book.available, book.account.holds) == ("8.50", "8.50", ())
    assert book.wrong() == []


def test_a_capture_bills_the_carry_of_its_operation() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("1")
    book.use(Quantity(ONE // 2), cents())

    entry = book.capture(hold_id, asked={"step": Quantity(ONE // 2)})

    assert entry.amount == Credits(-1)
    assert book.account.carry == {}


def test_a_void_releases_all_and_takes_nothing() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")

    entry = book.void(hold_id)

    assert (entry.kind, entry.amount, entry.held_change) == (
        EntryKind.RELEASE,
        Credits(0),
        Credits(-400),
    )
    assert (book.balance, book.available) == ("10.00", "10.00")
    assert book.wrong() == []


@pytest.mark.fault("D34.2")
def test_beyond_the_hold_what_is_available_pays_and_the_rest_is_absorbed() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.hold("5")

    entry = book.capture(hold_id, "7")

    assert (entry.amount, entry.shortfall) == (Credits(-500), Credits(200))
    assert (book.balance, book.available) == ("5.00", "0.00")
    assert book.wrong() == []


@pytest.mark.fault("D34.2")
def test_beyond_the_hold_the_rest_becomes_debt_where_the_account_says_so() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.account = replace(book.account, overage=Overage.DEBT)

    entry = book.capture(hold_id, "17")

    assert (entry.amount, entry.shortfall, book.balance) == (Credits(-1700), ZERO, "-7.00")
    assert book.wrong() == []


def test_debt_ends_where_balances_end_and_the_rest_is_a_shortfall() -> None:
    book = Book()
    book.adjust("10")
    first, second = book.hold("4"), book.hold("5")
    book.account = replace(book.account, overage=Overage.DEBT)
    book.capture(first, "9999999999999.99")

    entry = book.capture(second, "30")

    assert book.balance == "-9999999999999.99"
    assert (entry.amount, entry.shortfall) == (Credits(-1_000), Credits(2_000))
    assert book.wrong() == []


def test_a_capture_up_to_its_hold_is_honoured_even_into_debt() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.adjust("-9", force=True)

    entry = book.capture(hold_id, "4")

    assert (entry.amount, entry.shortfall, book.balance) == (Credits(-400), ZERO, "-3.00")
    assert book.wrong() == []


def test_nothing_is_available_beyond_the_hold_of_an_account_in_debt() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    book.adjust("-9", force=True)

    entry = book.capture(hold_id, "6")

    assert (entry.amount, entry.shortfall) == (Credits(-400), Credits(200))


@given(
    st.integers(0, 2_000).map(Credits),
    st.integers(0, 1_000).map(Credits),
    st.integers(0, 3_000).map(Credits),
    st.sampled_from(Overage),
)
@tried(200)
def test_a_capture_takes_hold_and_available_at_most_unless_it_may_make_debt(
    given_: Credits, held: Credits, cost: Credits, overage: Overage
) -> None:
    book = Book()
    book.adjust(str(given_ + held))
    hold_id = book.hold(str(held))
    book.account = replace(book.account, overage=overage)

    entry = book.capture(hold_id, str(cost))

    expected = cost if overage is Overage.DEBT else min(cost, held + given_)
    assert -entry.amount == expected
    assert entry.shortfall == cost - expected
    assert book.wrong() == []


@pytest.mark.parametrize("first", ["capture", "void"])
@pytest.mark.parametrize("second", ["capture", "void"])
def test_a_hold_ends_once(first: str, second: str) -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    end = {"capture": lambda: book.capture(hold_id, "1"), "void": lambda: book.void(hold_id)}
    end[first]()
    before = book.account

    with pytest.raises(NotFound):
        end[second]()

    assert book.account == before


@pytest.mark.parametrize("end", ["capture", "void"])
def test_an_expired_hold_is_released_by_time_and_cannot_be_ended(end: str) -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=60)
    book.wait(60)
    before = book.account

    with pytest.raises(HoldEnded):
        book.capture(hold_id, "1") if end == "capture" else book.void(hold_id)

    assert book.account == before
    assert book.available == "10.00"
    [entry] = book.settle()
    assert (entry.key, entry.kind, entry.occurred_at) == (
        f"hold-end:{hold_id}",
        EntryKind.RELEASE,
        NOON + 60,
    )
    assert book.wrong() == []


def test_a_hold_can_be_captured_until_its_last_second() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4", expires_in=60)

    entry = book.wait(59).capture(hold_id, "4")

    assert entry.amount == Credits(-400)


@pytest.mark.fault("D35")
def test_expired_holds_beyond_what_one_commit_settles_are_ended_as_well() -> None:
    book = Book()
    book.adjust("10")
    holds = [book.hold("0.10", expires_in=60) for _ in range(25)]
    book.wait(60)

    with pytest.raises(HoldEnded):
        book.capture(holds[-1], "0.10")

    assert len(book.settle()) == 20
    assert len(book.settle()) == 5


def test_an_unknown_hold_is_not_found() -> None:
    book = Book()
    book.adjust("10")

    with pytest.raises(NotFound):
        book.capture(7, "1")


def test_a_user_ends_only_holds_that_a_user_made() -> None:
    book = Book()
    book.adjust("10")
    of_service = book.hold("1", maker=Writer.SERVICE)
    of_user = book.hold("1", maker=Writer.USER)
    before = book.account

    with pytest.raises(Forbidden):
        book.capture(of_service, "1", writer=Writer.USER)
    with pytest.raises(Forbidden):
        book.void(of_service, writer=Writer.USER)

    assert book.account == before
    assert book.capture(of_user, "1", writer=Writer.USER).amount == Credits(-100)
    assert book.void(of_service, writer=Writer.SERVICE).held_change == Credits(-100)


def test_captures_burn_what_has_expired_first() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.give("5", priority=1)
    hold_id = book.hold("4")
    book.wait(60)

    entry = book.capture(hold_id, "4.50")

    expiry = book.entries[-2]
    assert (expiry.kind, expiry.amount) == (EntryKind.EXPIRY, Credits(-100))
    burned = [(each.grant_id, each.amount) for each in entry.burned]
    assert burned == [(1, Credits(400)), (2, Credits(50))]
    assert book.wrong() == []


def test_the_operation_of_an_open_hold_keeps_its_place_among_the_fifty() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("1", operation="held")
    for number in range(MAX_OPERATIONS - 1):
        book.spend("0.01", operation=f"op-{number}")

    with pytest.raises(LimitExceeded):
        book.spend("0.01", operation="one-more")
    with pytest.raises(LimitExceeded):
        book.hold("0.01", operation="one-more")

    captured = book.capture(hold_id, "1", price=cents("held"))
    assert captured.amount == Credits(-100)
    assert len(total(book.account.usage)) == MAX_OPERATIONS


def test_the_key_of_an_end_answers_another_end_with_hold_ended() -> None:
    book = Book()
    book.adjust("10")
    entry = book.void(book.hold("4"))
    end = book.end()
    other: list[Capture | Void] = [
        Capture(**end, hold_id=2, writer=Writer.SERVICE, price=cents()),
        Void(**end, hold_id=2, writer=Writer.SERVICE),
    ]

    assert [each.clash(entry).code for each in other] == ["hold_ended", "hold_ended"]


def test_a_hold_that_ended_earlier_in_the_same_decision_has_ended() -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("4")
    void = Void(**book.end(), hold_id=hold_id, writer=Writer.SERVICE)
    capture = Capture(
        **book.end(),
        hold_id=hold_id,
        writer=Writer.SERVICE,
        price=cents(),
        amount=Credits(1),
    )
    decision = decide(begin(book.account, NOON, void), void)

    with pytest.raises(HoldEnded):
        decide(decision, capture)


def test_a_hold_lives_as_long_as_was_asked_on_the_accounts_own_clock() -> None:
    book = Book()
    book.adjust("10")
    book.wait(HOUR).spend("1")

    book.wait(-HOUR).hold("1", expires_in=60)

    assert book.account.holds[0].expires_at == Instant(NOON + HOUR + 60)


def _opening(book: Book) -> OpenHold:
    return OpenHold(
        **book.common(),
        operation="step",
        price=cents(),
        expires_in=60,
        maker=Writer.SERVICE,
        amount=Credits(1),
    )
