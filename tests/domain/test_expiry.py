"""Expiry: in time order, at most twenty entries a commit, never spendable, protected by holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.decisions import MAX_SETTLED
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import InsufficientCredits
from prepaid.domain.grants import remaining

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried

steps_of_time = st.sampled_from([0, 1, 30, 60, 61, 600])
amounts = st.integers(1, 500).map(lambda each: str(Credits(each)))
lives = st.none() | st.sampled_from([30, 60, 61, 600])


def total(entries: list[Entry]) -> Credits:
    return sum((each.amount for each in entries), ZERO)


def settled_whole(book: Book) -> list[Entry]:
    """Settle commit by commit until nothing is left to settle."""
    made: list[Entry] = []
    while more := book.settle():
        made += more
    return made


@st.composite
def busy_books(draw: st.DrawFn) -> Book:
    """An account with grants and holds of many ages, as real commands leave it."""
    book = Book()
    book.adjust("0.50")
    for _ in range(draw(st.integers(1, 12))):
        if draw(st.booleans()):
            book.give(draw(amounts), expires_in=draw(lives), priority=draw(st.sampled_from([1, 9])))
        else:
            some = min(Credits.parse(draw(amounts)), book.account.available(book.now))
            book.hold(str(max(some, ZERO)), expires_in=draw(st.sampled_from([30, 60, 600])))
        book.wait(draw(steps_of_time))
    return book


@given(busy_books(), steps_of_time)
@tried(200)
def test_settling_changes_nothing_that_can_be_spent(book: Book, seconds: int) -> None:
    book.wait(seconds)
    before = book.available

    made = settled_whole(book)

    assert book.available == before
    assert book.account.unsettled(book.now) == ZERO
    assert all(not hold.expired(book.now) for hold in book.account.holds)
    assert {each.kind for each in made} <= {EntryKind.RELEASE, EntryKind.EXPIRY}
    assert book.wrong() == []


@given(busy_books(), steps_of_time, st.data())
@tried(200)
def test_no_expired_credit_is_ever_spendable(book: Book, seconds: int, data: st.DataObject) -> None:
    book.wait(seconds)
    living = remaining(g for g in book.account.grants if not g.expired(book.now))
    available = book.account.available(book.now)

    assert available <= living
    if available > ZERO:
        some = data.draw(st.integers(1, available.hundredths).map(Credits))
        ended = {g.grant_id for g in book.account.grants if g.expired(book.now)}
        burned = book.spend(str(some)).burned
        assert not ended & {each.grant_id for each in burned}
    assert book.wrong() == []


@given(busy_books(), steps_of_time)
@tried(200)
def test_expired_credits_survive_only_up_to_the_open_holds(book: Book, seconds: int) -> None:
    book.wait(seconds)

    settled_whole(book)

    expired = remaining(g for g in book.account.grants if g.expired(book.now))
    assert expired <= book.account.held(book.now)


@given(busy_books(), steps_of_time)
@tried(200)
def test_what_has_ended_is_written_in_the_order_in_which_it_ended(book: Book, seconds: int) -> None:
    book.wait(seconds)

    made = settled_whole(book)

    ended = [each.occurred_at for each in made]
    assert ended == sorted(ended)
    assert all(each <= book.now for each in ended)


@given(busy_books(), st.sampled_from([1, 30, 61]))
@tried(100)
def test_settling_late_ends_like_settling_at_every_moment(book: Book, seconds: int) -> None:
    often = Book(book.account, book.now)
    for _ in range(seconds):
        settled_whole(often.wait(1))
    book.wait(seconds)

    settled_whole(book)

    assert book.account.balance == often.account.balance
    assert set(book.account.grants) == set(often.account.grants)
    assert book.account.holds == often.account.holds


def test_at_its_last_moment_a_grant_has_expired() -> None:
    book = Book()
    book.give("5", expires_in=60)

    assert book.wait(59).available == "5.00"
    assert book.wait(1).available == "0.00"
    assert book.balance == "5.00"
    [entry] = book.settle()
    assert (entry.kind, entry.amount, entry.grant_id, entry.key) == (
        EntryKind.EXPIRY,
        Credits(-500),
        1,
        "expiry:1:2",
    )
    assert (entry.occurred_at, entry.actor, entry.reason) == (NOON + 60, "system", "expired")
    assert book.wrong() == []


def test_expired_credits_that_nobody_has_settled_are_not_spendable() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.give("1")
    book.wait(60)

    assert (book.balance, book.available) == ("6.00", "1.00")
    with pytest.raises(InsufficientCredits) as raised:
        book.spend("1.01")

    assert raised.value.available == Credits(100)
    assert book.spend("1").balance_after == Credits(0)


def test_credits_under_a_hold_outlive_their_expiry_for_its_capture() -> None:
    book = Book()
    book.give("5", expires_in=60)
    hold_id = book.hold("3", expires_in=600)
    book.wait(60)

    expired = book.settle()

    assert total(expired) == Credits(-200)
    assert (book.balance, book.available) == ("3.00", "0.00")
    assert book.capture(hold_id, "3").balance_after == Credits(0)
    assert book.wrong() == []


def test_credits_that_a_hold_protected_expire_when_it_ends() -> None:
    book = Book()
    book.give("5", expires_in=60)
    hold_id = book.hold("3", expires_in=600)
    book.wait(60).settle()

    voided = book.void(hold_id)

    assert voided.available_after == Credits(0)
    assert book.account.due() == book.now, "what the void set free is to be settled at once"
    assert total(book.settle()) == Credits(-300)
    assert book.wrong() == []


def test_a_hold_that_expires_sets_the_credits_under_it_free_at_that_moment() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.hold("3", expires_in=600)
    book.wait(1000)

    made = book.settle()

    assert [(each.kind, each.amount, each.occurred_at - NOON) for each in made] == [
        (EntryKind.EXPIRY, Credits(-200), 60),
        (EntryKind.RELEASE, Credits(0), 600),
        (EntryKind.EXPIRY, Credits(-300), 600),
    ]


def test_of_two_things_that_end_together_the_hold_ends_first() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.hold("3", expires_in=60)
    book.wait(60)

    made = book.settle()

    assert [each.kind for each in made] == [EntryKind.RELEASE, EntryKind.EXPIRY]
    assert total(made) == Credits(-500)


def test_one_commit_settles_twenty_at_most_and_the_rest_is_still_not_spendable() -> None:
    book = Book()
    for _ in range(45):
        book.give("0.10", expires_in=60)
    book.give("1")
    book.wait(60)

    entry = book.spend("1")

    expired = [each for each in book.entries if each.kind is EntryKind.EXPIRY]
    assert len(expired) == MAX_SETTLED == 20
    assert (entry.balance_after, entry.available_after) == (Credits(250), Credits(0))
    assert book.account.due() == book.now
    assert [len(book.settle()) for _ in range(3)] == [20, 5, 0]
    assert book.balance == "0.00"
    assert book.wrong() == []


def test_each_decision_first_settles_what_has_ended() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.give("1")
    book.wait(60)

    book.spend("0.50")

    assert [each.kind for each in book.entries[2:]] == [EntryKind.EXPIRY, EntryKind.USAGE]
    assert [each.request_id for each in book.entries[2:]] == ["request-3", "request-3"]


def test_due_is_the_next_moment_at_which_something_ends() -> None:
    book = Book()
    assert book.account.due() is None

    book.give("5", expires_in=DAY)
    assert book.account.due() == NOON + DAY
    hold_id = book.hold("3", expires_in=HOUR)
    assert book.account.due() == NOON + HOUR
    book.void(hold_id)
    assert book.account.due() == NOON + DAY
    book.wait(DAY).settle()
    assert book.account.due() is None


def test_a_protected_grant_is_due_when_its_hold_ends() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.hold("5", expires_in=HOUR)
    book.wait(60).adjust("1")

    assert book.account.due() == NOON + HOUR


@pytest.mark.fault("C32")
@pytest.mark.fault("G46.8")
def test_nothing_ends_twice_for_a_clock_that_goes_back() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.wait(60).settle()

    made = book.wait(-600).settle()

    assert made == []
    assert book.account.as_of == NOON + 60


def test_an_account_judges_by_its_own_time_when_a_clock_is_slow() -> None:
    account = Account(account_id=AccountId("a"), as_of=Instant(NOON))

    assert account.now(Instant(NOON - 5)) == NOON
    assert account.now(Instant(NOON + 5)) == NOON + 5
