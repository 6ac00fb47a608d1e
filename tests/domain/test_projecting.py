"""What reads show is what the commits would leave that settle the account."""

from dataclasses import replace

import pytest
from hypothesis import given
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.projecting import projected

from tests.domain.book import DAY, Book
from tests.domain.laws import tried
from tests.domain.test_expiry import busy_books, settled_whole, steps_of_time


@pytest.mark.fault(
    "G46.8",
    "Credits expired and no job has settled them",
    "Reads show the account as settled now",
)
@given(busy_books(), steps_of_time)
@tried(300)
def test_a_projection_is_the_account_after_everything_is_settled(book: Book, seconds: int) -> None:
    book.wait(seconds)
    before = book.account

    shown = projected(before, book.now)

    made = settled_whole(book)
    assert book.account is not before
    assert shown.account == replace(book.account, version=before.version)
    assert [(each.key, each.amount, each.occurred_at) for each in shown.pending] == [
        (each.key, each.amount, each.occurred_at) for each in made
    ]
    assert shown.account.unsettled(shown.now) == ZERO
    assert shown.account.available(shown.now) == before.available(book.now)


def test_more_than_one_commit_settles_is_projected_whole() -> None:
    book = Book()
    for _ in range(45):
        book.give("0.10", expires_in=60)
    book.wait(60)

    shown = projected(book.account, book.now)

    assert (len(shown.pending), shown.account.balance, shown.account.grants) == (45, ZERO, ())


def test_what_a_hold_protects_is_told_apart() -> None:
    book = Book()
    book.give("5", expires_in=60)
    book.hold("3", expires_in=600)
    book.wait(60)

    shown = projected(book.account, book.now)

    assert (shown.protected, shown.account.balance) == (Credits(300), Credits(300))
    assert [shown.protected_of(each) for each in shown.account.grants] == [Credits(300)]
    assert [each.amount for each in shown.pending] == [Credits(-200)]


def test_a_day_that_is_over_is_closed_in_a_projection() -> None:
    book = Book()
    book.adjust("1")
    book.spend("0.50")
    book.wait(DAY)

    assert projected(book.account, book.now).account.usage == {}
