"""Credits given, corrected, and an account frozen, closed, reopened or made unlimited."""

import pytest
from prepaid.domain.account import Account, Status
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AccountFrozen,
    InsufficientCredits,
    InvalidRequest,
    LimitExceeded,
    NotFound,
    RateLimited,
    Refusal,
)
from prepaid.domain.grants import GrantKind
from prepaid.domain.usage import total

from tests.domain.book import NOON, Book, cents, steps

MOST = "9999999999999.99"


def unchanged(book: Book) -> tuple[Account, int]:
    return book.account, len(book.entries)


def test_a_grant_is_numbered_by_its_entry_and_keeps_its_terms() -> None:
    book = Book()
    book.adjust("1")

    entry = book.give("5", expires_in=60, priority=10, kind=EntryKind.PURCHASE)

    grant = book.account.grants[-1]
    assert (grant.grant_id, grant.priority, grant.expires_at) == (2, 10, NOON + 60)
    assert (entry.grant_id, entry.grant_expires_at) == (2, NOON + 60)
    assert (entry.kind, entry.amount, entry.balance_after) == (
        EntryKind.PURCHASE,
        Credits(500),
        Credits(600),
    )
    assert book.wrong() == []


def test_an_adjustment_up_is_a_grant_that_never_expires() -> None:
    book = Book()

    entry = book.adjust("5")

    [grant] = book.account.grants
    assert (grant.kind, grant.remaining, grant.expires_at) == (
        GrantKind.ADJUSTMENT,
        Credits(500),
        None,
    )
    assert entry.kind is EntryKind.ADJUSTMENT


def test_an_unknown_account_is_adjusted_only_when_it_may_be_created() -> None:
    book = Book()
    before = unchanged(book)

    with pytest.raises(NotFound):
        book.adjust("5", create=False)

    assert unchanged(book) == before
    book.adjust("5", create=True)
    assert book.adjust("1", create=False).balance_after == Credits(600)


def test_an_adjustment_that_leaves_less_than_nothing_needs_force() -> None:
    book = Book()
    book.adjust("5")
    book.hold("3")
    before = unchanged(book)

    with pytest.raises(InsufficientCredits) as raised:
        book.adjust("-2.01")

    assert (raised.value.required, raised.value.available) == (Credits(201), Credits(200))
    assert unchanged(book) == before
    assert book.adjust("-2.00").available_after == Credits(0)
    assert book.adjust("-9", force=True).balance_after == Credits(-600)
    assert book.wrong() == []


def test_any_credit_pays_debt_first_and_says_how_much() -> None:
    book = Book()
    book.adjust("-4", force=True)

    first = book.give("3")
    second = book.adjust("5")

    assert (first.debt_paid, first.balance_after) == (Credits(300), Credits(-100))
    assert (second.debt_paid, second.balance_after) == (Credits(100), Credits(400))
    assert [(each.amount, each.remaining) for each in book.account.grants] == [
        (Credits(500), Credits(400))
    ]
    assert book.wrong() == []


def test_a_balance_stays_within_its_bounds() -> None:
    book = Book()
    book.adjust(MOST)
    before = unchanged(book)

    with pytest.raises(InvalidRequest) as raised:
        book.adjust("0.01")
    with pytest.raises(InvalidRequest):
        book.give("0.01")

    assert raised.value.pointer == "/amount"
    assert unchanged(book) == before
    low = Book()
    low.adjust(f"-{MOST}", force=True)
    with pytest.raises(InvalidRequest):
        low.adjust("-0.01", force=True)


@pytest.mark.parametrize("status", [Status.FROZEN, Status.CLOSED])
def test_a_frozen_or_closed_account_spends_nothing_and_may_be_given_credits(
    status: Status,
) -> None:
    book = Book()
    book.adjust("10")
    hold_id = book.hold("2")
    entry = book.set(status)
    before = unchanged(book)

    for refused in (lambda: book.spend("1"), lambda: book.hold("1"), lambda: book.spend("0")):
        with pytest.raises(AccountFrozen, match=str(status)):
            refused()

    assert unchanged(book) == before
    assert (entry.kind, entry.amount) == (EntryKind.STATUS, Credits(0))
    assert entry.changed == {"status": str(status), "unlimited": False}
    assert book.give("1").balance_after == Credits(1100)
    assert book.adjust("-1").balance_after == Credits(1000)
    assert book.capture(hold_id, "5").amount == Credits(-200), "no more than was held"
    book.set(Status.ACTIVE)
    assert book.spend("8").balance_after == Credits(0)
    assert book.wrong() == []


def test_an_account_that_nobody_wrote_has_no_status_to_set() -> None:
    book = Book()

    with pytest.raises(NotFound):
        book.set(Status.FROZEN)

    assert book.account == Account(account_id=AccountId("user-1"))


def test_unlimited_usage_is_counted_at_full_price_and_waived() -> None:
    book = Book()
    book.adjust("1")
    book.set(unlimited=True)

    entry = book.use(steps("250"), cents())

    assert (entry.amount, entry.waived, entry.balance_after) == (
        Credits(0),
        Credits(25_000),
        Credits(100),
    )
    assert total(book.account.usage)["step"].waived == Credits(25_000)
    assert total(book.account.usage)["step"].credits == Credits(0)
    assert book.account.unlimited
    assert book.wrong() == []


def test_an_unlimited_asker_is_waived_without_changing_the_account() -> None:
    book = Book()

    entry = book.spend("2", unlimited=True)

    assert (entry.amount, entry.waived) == (Credits(0), Credits(200))
    assert not book.account.unlimited
    with pytest.raises(InsufficientCredits):
        book.spend("2")


def test_unlimited_sets_nothing_aside_and_captures_are_waived() -> None:
    book = Book()
    book.adjust("1")
    book.set(unlimited=True)
    hold_id = book.hold("500")

    captured = book.capture(hold_id, "700")

    opened = book.entries[-2]
    assert (opened.held_change, opened.waived) == (Credits(0), Credits(50_000))
    assert (captured.amount, captured.waived, captured.shortfall) == (
        Credits(0),
        Credits(70_000),
        Credits(0),
    )
    assert book.wrong() == []


def test_unlimited_does_not_thaw_a_frozen_account() -> None:
    book = Book()
    book.adjust("1")
    book.set(Status.FROZEN, unlimited=True)

    with pytest.raises(AccountFrozen):
        book.spend("0.01")
    with pytest.raises(AccountFrozen):
        book.spend("0.01", unlimited=True)
    with pytest.raises(AccountFrozen):
        book.hold("0.01")


def test_each_part_of_a_status_can_be_set_without_the_other() -> None:
    book = Book()
    book.adjust("1")

    book.set(unlimited=True)
    frozen = book.set(Status.FROZEN)
    limited = book.set(unlimited=False)

    assert frozen.changed == {"status": "frozen", "unlimited": True}
    assert limited.changed == {"status": "frozen", "unlimited": False}


def test_a_refusal_says_what_is_missing_in_members() -> None:
    book = Book()
    book.adjust("1")

    with pytest.raises(InsufficientCredits) as raised:
        book.spend("3")

    assert raised.value.members() == {"required": "3.00", "available": "1.00"}
    assert LimitExceeded(limit="grants", allowed=3).members() == {"limit": "grants", "allowed": 3}
    assert NotFound("none").members() == {}
    assert InvalidRequest("odd", pointer="/a").members() == {
        "errors": [{"pointer": "/a", "detail": "odd"}]
    }
    assert isinstance(raised.value, Refusal)


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    limited = RateLimited("Too many purchases.", retry_after_seconds=60)

    assert (limited.code, limited.retry_after_seconds) == ("rate_limited", 60)
    assert not isinstance(limited, Refusal), "nothing was decided about an account"
