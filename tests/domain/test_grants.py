"""Grants: the order in which they burn, and nothing lost while they do."""

from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.grants import (
    Burn,
    Grant,
    GrantKind,
    burn,
    burn_totals,
    in_burn_order,
    remaining,
)

from tests.domain.book import NOON, Book
from tests.domain.laws import tried

amounts = st.integers(1, 5_000).map(Credits)


@st.composite
def some_grants(draw: st.DrawFn) -> tuple[Grant, ...]:
    return tuple(
        Grant(
            grant_id=number,
            kind=GrantKind.BONUS,
            amount=amount,
            remaining=amount,
            expires_at=draw(st.none() | st.integers(NOON - 50, NOON + 50).map(Instant)),
            priority=draw(st.sampled_from([10, 100])),
        )
        for number, amount in enumerate(draw(st.lists(amounts, max_size=8)), start=1)
    )


@given(some_grants(), st.integers(0, 30_000).map(Credits))
@tried(200)
def test_burning_takes_what_is_asked_or_all_there_is_and_loses_nothing(
    grants: tuple[Grant, ...], amount: Credits
) -> None:
    left, burned = burn(grants, in_burn_order(grants), amount)

    taken = sum((each.amount for each in burned), ZERO)
    assert taken == min(amount, remaining(grants))
    assert remaining(left) + taken == remaining(grants)
    assert all(each.remaining > ZERO for each in left)
    assert all(each.amount > ZERO for each in burned)


@given(some_grants(), st.integers(0, 30_000).map(Credits))
@tried(200)
def test_a_grant_burns_only_when_all_before_it_are_empty(
    grants: tuple[Grant, ...], amount: Credits
) -> None:
    order = in_burn_order(grants)

    left, burned = burn(grants, order, amount)

    still_there = {each.grant_id for each in left}
    touched = [each.grant_id for each in burned]
    assert touched == [each.grant_id for each in order][: len(touched)]
    assert not still_there & set(touched[:-1])


def test_the_order_is_priority_then_earliest_expiry_then_oldest() -> None:
    book = Book()
    book.give("1")
    book.give("1", expires_in=200)
    book.give("1", expires_in=100)
    book.give("1", expires_in=100)
    book.give("1", priority=10)

    burned = book.spend("4.50").burned

    assert [(each.grant_id, each.amount.hundredths) for each in burned] == [
        (5, 100),
        (3, 100),
        (4, 100),
        (2, 100),
        (1, 50),
    ]
    assert burned[0] == Burn(5, Credits(100), kind=GrantKind.PROMOTIONAL, priority=10)
    assert burned[1] == Burn(
        3, Credits(100), kind=GrantKind.PROMOTIONAL, ends=Instant(book.now + 100)
    )


def test_burns_of_one_grant_are_added_up_in_the_order_they_began() -> None:
    parts = [Burn(2, Credits(5)), Burn(1, Credits(3)), Burn(2, Credits(7))]

    assert burn_totals(parts) == (Burn(2, Credits(12)), Burn(1, Credits(3)))


def test_a_grant_has_expired_at_its_last_moment() -> None:
    book = Book()
    book.give("1", expires_in=60)
    [grant] = book.account.grants

    assert not grant.expired(Instant(NOON + 59))
    assert grant.expired(Instant(NOON + 60))


@given(st.integers(-5_000, 5_000), amounts)
@tried(200)
def test_whatever_is_given_pays_debt_first_and_only_the_rest_can_burn(
    balance: int, amount: Credits
) -> None:
    stored = Credits(max(balance, 0))
    first = Grant(grant_id=1, kind=GrantKind.BONUS, amount=stored, remaining=stored)
    account = Account(
        account_id=AccountId("a"), balance=Credits(balance), grants=(first,) if stored else ()
    )
    grant = Grant(grant_id=2, kind=GrantKind.BONUS, amount=amount, remaining=amount)

    after, paid = account.with_grant(grant)

    assert after.balance == Credits(balance) + amount
    assert paid == min(Credits(max(-balance, 0)), amount)
    assert remaining(after.grants) == max(after.balance, ZERO)


@given(some_grants(), st.integers(0, 60_000).map(Credits), st.integers(NOON - 60, NOON + 60))
@tried(200)
def test_the_grants_hold_the_balance_and_debt_is_what_they_do_not_hold(
    grants: tuple[Grant, ...], amount: Credits, now: int
) -> None:
    account = Account(account_id=AccountId("a"), balance=remaining(grants), grants=grants)

    after, burned = account.with_burned(amount, Instant(now))

    assert after.balance == account.balance - amount
    assert remaining(after.grants) == max(after.balance, ZERO)
    living = [each.expired(Instant(now)) for each in grants]
    ended = {each.grant_id for each, dead in zip(grants, living, strict=True) if dead}
    touched = [each.grant_id in ended for each in burned]
    assert touched == sorted(touched), "living grants burn before ended ones"
