"""Holds extended and holds of a range: more time, more credits, and as much as there is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Status
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    Forbidden,
    HoldEnded,
    InsufficientCredits,
    InvalidRequest,
    LimitExceeded,
    NotFound,
    Refusal,
)
from prepaid.domain.holds import MAX_OPEN_SECONDS
from prepaid.domain.keys import Writer

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried


@pytest.fixture
def book() -> Book:
    """Return an account with 10.00 credits, 4.00 of them held for an hour by entry 2."""
    book = Book()
    book.adjust("10")
    book.hold("4")
    return book


def test_an_extension_sets_more_aside_for_longer(book: Book) -> None:
    entry = book.wait(600).extend(2, "1.50", expires_in=HOUR)

    assert (entry.kind, entry.amount, entry.held_change) == (EntryKind.HOLD, ZERO, Credits(150))
    assert (entry.hold_id, entry.hold_expires_at, entry.extends) == (2, NOON + 600 + HOUR, True)
    [hold] = book.account.holds
    assert (hold.number, hold.amount, hold.expires_at, hold.opened_at) == (
        2,
        Credits(550),
        NOON + 600 + HOUR,
        NOON,
    )
    assert not book.entries[1].extends
    assert (book.balance, book.available) == ("10.00", "4.50")
    assert book.wrong() == []


def test_an_extension_of_credits_alone_leaves_the_end(book: Book) -> None:
    entry = book.wait(600).extend(2, "1")

    assert entry.hold_expires_at == NOON + HOUR
    assert book.available == "5.00"


def test_an_extension_never_makes_a_hold_end_sooner(book: Book) -> None:
    entry = book.extend(2, expires_in=60)

    assert (entry.hold_expires_at, entry.held_change) == (NOON + HOUR, ZERO)
    assert book.account.holds[0].expires_at == NOON + HOUR


@pytest.mark.fault(
    "D35.3",
    "An extension asks for more than is available",
    "All or nothing: neither time nor credits are added",
)
def test_an_extension_is_all_or_nothing(book: Book) -> None:
    before = book.account

    with pytest.raises(InsufficientCredits) as raised:
        book.extend(2, "6.01", expires_in=2 * HOUR)

    assert (raised.value.required, raised.value.available) == (Credits(601), Credits(600))
    assert book.account == before
    assert book.extend(2, "6", expires_in=2 * HOUR).held_change == Credits(600)


def test_time_alone_needs_no_credits(book: Book) -> None:
    book.adjust("-9", force=True)

    entry = book.extend(2, expires_in=2 * HOUR)

    assert (entry.hold_expires_at, book.available) == (NOON + 2 * HOUR, "-3.00")
    assert book.wrong() == []


@pytest.mark.fault(
    "D35.2",
    "A hold is extended again and again",
    "It lives seven days at most, so expired credits and old prices do too",
)
@pytest.mark.parametrize("amount", ["0", "1"])
def test_a_hold_lives_seven_days_at_most(book: Book, amount: str) -> None:
    for _ in range(7):
        book.extend(2, expires_in=DAY)
        book.wait(DAY - 1)
    before = book.account
    room = NOON + MAX_OPEN_SECONDS - book.now

    with pytest.raises(LimitExceeded) as raised:
        book.extend(2, amount, expires_in=room + 1)

    assert raised.value.allowed == 604_800
    assert book.account == before
    assert book.extend(2, amount, expires_in=room).hold_expires_at == NOON + MAX_OPEN_SECONDS


def test_credits_alone_are_added_to_a_hold_of_unknown_age(book: Book) -> None:
    [hold] = book.account.holds
    book.account = replace(book.account, holds=(replace(hold, opened_at=Instant(0)),))

    entry = book.extend(2, "1", expires_in=60)

    assert (entry.held_change, entry.hold_expires_at) == (Credits(100), NOON + HOUR)
    with pytest.raises(LimitExceeded):
        book.extend(2, expires_in=HOUR + 1)


@pytest.mark.parametrize("status", [Status.FROZEN, Status.CLOSED])
def test_an_account_that_may_not_spend_extends_nothing(book: Book, status: Status) -> None:
    book.set(status)
    before = book.account

    with pytest.raises(AccountFrozen):
        book.extend(2, expires_in=2 * HOUR)

    assert book.account == before


def test_an_unlimited_account_sets_nothing_more_aside(book: Book) -> None:
    first = book.extend(2, "100", unlimited=True)
    book.set(unlimited=True)
    second = book.extend(2, "50", expires_in=2 * HOUR)

    assert (first.held_change, first.waived) == (ZERO, Credits(10_000))
    assert (second.held_change, second.waived) == (ZERO, Credits(5_000))
    assert second.hold_expires_at == NOON + 2 * HOUR
    assert book.wrong() == []


def test_only_an_open_hold_is_extended_and_only_by_who_may(book: Book) -> None:
    def refused(seconds: int, hold_id: int, writer: Writer) -> type[Refusal]:
        with pytest.raises(Refusal) as raised:
            book.wait(seconds).extend(hold_id, expires_in=HOUR, writer=writer)
        return raised.type

    before = book.account

    assert [
        refused(0, 2, Writer.USER),
        refused(0, 77, Writer.SERVICE),
        refused(HOUR, 2, Writer.SERVICE),
    ] == [Forbidden, NotFound, HoldEnded]
    assert book.account == before


def test_a_hold_that_was_extended_expires_at_its_new_end(book: Book) -> None:
    book.extend(2, "1", expires_in=2 * HOUR)

    assert book.wait(HOUR).settle() == []
    [entry] = book.wait(HOUR).settle()

    assert (entry.held_change, entry.occurred_at) == (Credits(-500), NOON + 2 * HOUR)
    assert book.wrong() == []


@pytest.mark.fault("D35.2")
def test_expired_credits_live_as_long_as_the_extended_hold() -> None:
    book = Book()
    book.give("5", expires_in=600)
    hold_id = book.hold("4", expires_in=600)
    book.wait(599).extend(hold_id, expires_in=HOUR)

    book.wait(600)

    assert [each.amount for each in book.settle()] == [Credits(-100)]
    assert book.capture(hold_id, "4").amount == Credits(-400)
    assert book.wrong() == []


@pytest.mark.fault("D36")
@given(
    st.integers(0, 2_000).map(Credits),
    st.integers(1, 1_000).map(Credits),
    st.integers(0, 1_000).map(Credits),
)
@tried(200)
def test_a_hold_of_a_range_holds_what_is_available_within_it(
    available: Credits, least: Credits, more: Credits
) -> None:
    book = Book()
    book.adjust(str(available + Credits(100)))
    book.hold("1")
    before = book.account
    most = least + more

    if available < least:
        with pytest.raises(InsufficientCredits) as raised:
            book.hold_range(str(least), str(most))
        assert (raised.value.required, raised.value.available) == (least, available)
        assert book.account == before
    else:
        entry = book.hold_range(str(least), str(most))
        assert entry.held_change == min(most, available)
        assert (entry.waived, book.account.holds[-1].amount) == (ZERO, entry.held_change)
        assert book.wrong() == []


def test_an_unlimited_account_sets_nothing_aside_for_a_range() -> None:
    book = Book()
    book.adjust("1")

    entry = book.hold_range("5", "20", unlimited=True)

    assert (entry.held_change, entry.waived) == (ZERO, Credits(2_000))


def test_a_range_whose_least_is_beyond_its_most_is_refused() -> None:
    book = Book()
    book.adjust("10")

    with pytest.raises(InvalidRequest) as raised:
        book.hold_range("2", "1")

    assert raised.value.pointer == "/at_least"
