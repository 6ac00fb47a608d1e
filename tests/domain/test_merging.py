"""At a hundred grants two like ones merge before one more is refused; bought ones never do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.commands import Give
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import LimitExceeded
from prepaid.domain.grants import MAX_GRANTS, Grant, GrantKind, remaining
from prepaid.domain.merging import merge_alike
from prepaid.ledger.grant_verification import GrantSums

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried


def grant(number: int, kind: GrantKind = GrantKind.PROMOTIONAL, **terms: object) -> Grant:
    """Return a grant of 1.00 of which 0.40 are left."""
    return Grant(
        grant_id=number,
        kind=kind,
        amount=Credits(100),
        remaining=Credits(40),
        **terms,  # type: ignore[arg-type]  # the grant's own fields
    )


def ending(number: int, seconds: int) -> Grant:
    return grant(number, expires_at=Instant(NOON + seconds))


def pair(*grants: Grant, time_zone: str = "UTC") -> tuple[int, int] | None:
    """Return which two of *grants* merge."""
    found = merge_alike(grants, Instant(NOON), time_zone)
    return found and found[1]


def full(*, kind: GrantKind = GrantKind.PROMOTIONAL) -> Book:
    """Return an account with as many grants as it may have, no two of which are alike."""
    book = Book()
    for number in range(MAX_GRANTS):
        given_by(book, kind, priority=number)
    return book


def given_by(book: Book, kind: GrantKind, *, priority: int = 500, basis: int = 0) -> Entry:
    return book.post(
        Give(
            **book.common(),
            entry_kind=EntryKind.GRANT,
            grant_kind=kind,
            amount=Credits(1),
            priority=priority,
            cost_basis=basis,
        )
    )


def test_the_hundred_and_first_grant_merges_two_like_ones_and_says_which() -> None:
    book = Book()
    for _ in range(MAX_GRANTS):
        book.give("0.01")

    entry = book.give("0.01")

    assert entry.merged == (1, 2)
    assert len(book.account.grants) == MAX_GRANTS
    assert book.account.grants[0].grant_id == 1
    assert book.account.grants[0].remaining == book.account.grants[0].amount == Credits(2)
    assert book.account.grants[-1].grant_id == entry.seq
    assert book.balance == "1.01"
    assert book.wrong() == []


def test_the_hundredth_grant_merges_nothing() -> None:
    book = Book()
    for _ in range(MAX_GRANTS - 1):
        book.give("0.01")

    entry = book.give("0.01")

    assert entry.merged == ()
    assert len(book.account.grants) == MAX_GRANTS


def test_an_adjustment_merges_too() -> None:
    book = Book()
    for _ in range(MAX_GRANTS + 1):
        entry = book.adjust("0.01")

    assert entry.merged == (1, 2)
    assert len(book.account.grants) == MAX_GRANTS
    assert book.wrong() == []


def test_without_a_like_pair_one_more_is_refused_until_one_is_used_up() -> None:
    book = full()
    before = book.account, list(book.entries)

    for give in (book.give, book.adjust):
        with pytest.raises(LimitExceeded) as raised:
            give("0.01")
        assert (raised.value.limit, raised.value.allowed) == ("grants with credits left", 100)

    assert (book.account, book.entries) == before
    book.spend("0.01")
    assert book.give("0.01").merged == ()


@pytest.mark.parametrize("kind", [GrantKind.PURCHASED, GrantKind.BONUS])
def test_what_was_bought_never_merges(kind: GrantKind) -> None:
    assert pair(grant(1, kind), grant(2, kind)) is None


@pytest.mark.parametrize(
    "terms",
    [
        {"priority": 1},
        {"schedule": "monthly"},
        {"origin": 7},
        {"cost_basis": 5},
        {"expires_at": Instant(NOON + DAY)},
        {"kind": GrantKind.ADJUSTMENT},
    ],
)
def test_grants_that_differ_do_not_merge(terms: dict[str, object]) -> None:
    other = replace(grant(2), **terms)  # type: ignore[arg-type]  # the grant's own fields

    assert pair(grant(1), other) is None
    if "cost_basis" in terms:
        assert pair(replace(grant(1), cost_basis=5), other) is None


def test_what_has_expired_under_a_hold_stays_apart() -> None:
    assert pair(ending(1, 0), ending(2, 10)) is None
    assert pair(ending(1, 0), ending(2, 0)) is None
    assert pair(ending(1, 10), ending(2, 10)) == (1, 2)


def test_equal_ends_come_first_then_ends_of_one_day_then_the_nearest() -> None:
    near = [ending(1, 11 * HOUR), ending(2, 13 * HOUR)]
    same_day = [ending(3, 2 * DAY), ending(4, 2 * DAY + 4 * HOUR)]
    equal = [ending(5, 9 * DAY), ending(6, 9 * DAY)]

    assert pair(*near, *same_day, *equal) == (5, 6)
    assert pair(*near, *same_day) == (3, 4)
    assert pair(*near, ending(7, 30 * DAY)) == (1, 2)
    assert pair(*near, *same_day, time_zone="Pacific/Kiritimati") == (1, 2), "one local day"


@pytest.mark.parametrize(("older", "newer"), [(20, 30), (30, 20)])
def test_the_older_number_lives_to_the_later_end(older: int, newer: int) -> None:
    found = merge_alike((ending(8, newer), ending(3, older)), Instant(NOON), "UTC")

    assert found is not None
    [one] = found[0]
    assert (one.grant_id, one.expires_at, found[1]) == (3, NOON + 30, (3, 8))
    assert (one.amount, one.remaining) == (Credits(200), Credits(80))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(GrantKind),
            st.sampled_from([1, 2]),
            st.none() | st.integers(-5, 5 * DAY),
            st.sampled_from([0, 0, 9]),
        ),
        max_size=6,
    )
)
@tried(200)
def test_merging_loses_nothing_and_shortens_no_life(
    drawn: list[tuple[GrantKind, int, int | None, int]],
) -> None:
    grants = tuple(
        replace(
            grant(number, kind, priority=priority, cost_basis=basis),
            expires_at=None if life is None else Instant(NOON + life),
        )
        for number, (kind, priority, life, basis) in enumerate(drawn, start=1)
    )

    found = merge_alike(grants, Instant(NOON), "UTC")

    if found is not None:
        left, (into, gone) = found
        assert remaining(left) == remaining(grants)
        assert sum(each.cost_basis for each in left) == sum(each.cost_basis for each in grants)
        assert {each.grant_id for each in left} == {each.grant_id for each in grants} - {gone}
        [one] = [each for each in left if each.grant_id == into]
        ends = {each.expires_at for each in grants if each.grant_id in {into, gone}}
        assert one.expires_at == (None if ends == {None} else max(end or 0 for end in ends))
        assert into < gone


def test_an_account_of_many_merges_is_verified_through_them() -> None:
    book = Book()
    for number in range(MAX_GRANTS + 20):
        book.give("0.03", expires_in=DAY + number * HOUR)
        if number % 3 == 0:
            book.spend("0.01")

    untold = [replace(each, merged=()) for each in book.entries]
    assert any(each.merged for each in book.entries)
    assert book.wrong() == []
    sums = GrantSums()
    for entry in untold:
        sums.add(entry)
    assert list(sums.not_left(book.account)), "a merge that nobody told is found"
    book.wait(30 * DAY)
    while book.settle():
        pass
    assert book.balance == "0.00"
    assert book.wrong() == []
