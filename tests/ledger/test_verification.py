"""Verification: silent about a healthy account, and precise about each kind of damage."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.keys import Key
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import ClosedDay, Counter
from prepaid.ledger.verification import Violation, violations

from tests.support.shop import DAY_SECONDS, NOW, Shop
from tests.support.stores import TroubledStore
from tests.support.verifying import verify

type Books = tuple[Account, list[Entry], list[ClosedDay]]
TOMORROW = Instant(NOW + DAY_SECONDS)


@pytest.fixture
def books(shop: Shop, store: TroubledStore, account_id: AccountId) -> Books:
    """Return an account with a bit of everything, its entries in order and its closed days."""
    shop.give(account_id, "100")
    shop.spend(account_id, "a", 3)
    captured = shop.hold(account_id, "h1", "5").entry.seq
    shop.capture(account_id, captured, "e1", 2)
    voided = shop.hold(account_id, "h2", "5").entry.seq
    shop.void(account_id, voided, "e2")
    shop.hold(account_id, "h3", "5", now=TOMORROW, expires_in=600)
    shop.capture(account_id, 7, "p1", now=TOMORROW, final=False)
    shop.extend(account_id, 7, "x1", "2", 900, now=TOMORROW)
    shop.capture(account_id, 7, "p2", 2, now=TOMORROW, final=False)
    shop.spend(account_id, "b", 4, now=TOMORROW)
    assert verify(store, account_id) == []
    account = store.load(account_id)
    return account, shop.entries(account_id), list(store.closed_days(account_id))


def told(books: Books) -> set[str]:
    return {each.invariant for each in violations(*books)}


def edited(books: Books, of: EntryKind, **changes: object) -> Books:
    """Return the books with the first entry of a kind changed by hand."""
    account, entries, days = books
    index = next(i for i, each in enumerate(entries) if each.kind is of)
    damaged = replace(entries[index], **changes)  # type: ignore[arg-type]  # the entry's own fields
    return account, [*entries[:index], damaged, *entries[index + 1 :]], days


def with_account(books: Books, **changes: object) -> Books:
    account = replace(books[0], **changes)  # type: ignore[arg-type]  # the account's own fields
    return account, books[1], books[2]


def with_hold(books: Books, **changes: object) -> Books:
    [hold] = books[0].holds
    damaged = replace(hold, **changes)  # type: ignore[arg-type]  # the hold's own fields
    return with_account(books, holds=(damaged,))


def test_a_healthy_account_has_nothing_to_report(books: Books) -> None:
    assert list(violations(*books)) == []


def test_an_account_that_nobody_wrote_is_healthy(store: TroubledStore) -> None:
    assert verify(store, AccountId("nobody")) == []


@pytest.mark.parametrize(
    ("damage", "invariants"),
    [
        (
            lambda books: edited(books, EntryKind.USAGE, amount=Credits(-301)),
            {
                "balance = Σ amount",
                "each entry follows from the one before",
                "an amount is what its calculation says",
                "usage days = Σ usage entries",
            },
        ),
        (
            lambda books: edited(books, EntryKind.USAGE, balance_after=Credits(1)),
            {"each entry follows from the one before"},
        ),
        (
            lambda books: edited(books, EntryKind.USAGE, waived=Credits(1)),
            {
                "an amount is what its calculation says",
                "usage days = Σ usage entries",
            },
        ),
        (
            lambda books: edited(books, EntryKind.HOLD, held_change=Credits(1)),
            {"open holds = Σ held_change"},
        ),
        (
            lambda books: edited(books, EntryKind.RELEASE, kind=EntryKind.CAPTURE, hold_id=3),
            {"open holds = Σ held_change", "a hold ends once"},
        ),
        (
            lambda books: edited(
                books, EntryKind.USAGE, usage_day=books[0].usage_day - timedelta(days=9)
            ),
            {"usage days = Σ usage entries"},
        ),
        (lambda books: edited(books, EntryKind.USAGE, seq=99), {"seq is gap-free"}),
        (lambda books: edited(books, EntryKind.USAGE, seq=1), {"seq is gap-free"}),
        (
            lambda books: (books[0], books[1][:-1], books[2]),
            {
                "seq is gap-free",
                "balance = Σ amount",
                "usage days = Σ usage entries",
                "a grant holds what its entries left",
            },
        ),
        (
            lambda books: with_account(books, balance=Credits(1)),
            {"balance = Σ amount", "Σ grants = max(balance, 0)"},
        ),
        (
            lambda books: with_account(books, grants=()),
            {"Σ grants = max(balance, 0)", "a grant holds what its entries left"},
        ),
        (lambda books: with_account(books, holds=()), {"open holds = Σ held_change"}),
        (lambda books: with_hold(books, parts=1), {"an open hold counts its parts"}),
        (lambda books: with_hold(books, used={}), {"an open hold counts its parts"}),
        (
            lambda books: edited(books, EntryKind.CAPTURE, final=False),
            {"a hold ends once"},
        ),
        (
            lambda books: edited(books, EntryKind.CAPTURE, key=Key("s:capture:e1")),
            {"a hold ends once"},
        ),
        (lambda books: with_account(books, usage={}), {"usage days = Σ usage entries"}),
        (
            lambda books: with_account(
                books, usage={books[0].usage_day: {"ghost": Counter(count=1)}}
            ),
            {"usage days = Σ usage entries"},
        ),
        (lambda books: (*books[:2], []), {"usage days = Σ usage entries"}),
        (
            lambda books: (*books[:2], [replace(books[2][0], portions={})]),
            {"usage days = Σ usage entries"},
        ),
    ],
)
def test_each_kind_of_damage_is_named(
    books: Books, damage: Callable[[Books], Books], invariants: set[str]
) -> None:
    assert told(damage(books)) == invariants


def test_a_wrong_quantity_in_a_closed_day_is_told_in_words(books: Books) -> None:
    account, entries, [closed] = books
    [(day, counters)] = closed.portions.items()
    forged = replace(counters["workflow_execution"], units={"execution": Quantity(9_500_000)})
    days = [replace(closed, portions={day: {"workflow_execution": forged}})]

    assert list(violations(account, entries, days)) == [
        Violation(
            account_id=account.account_id,
            invariant="usage days = Σ usage entries",
            detail=(
                f"workflow_execution on {day} counts 2 times, 5.00 credits, 0.00 waived,"
                " 9.5 execution, its entries 2 times, 5.00 credits, 0.00 waived, 5 execution"
            ),
        )
    ]


def test_verify_reads_the_account_first_and_ignores_what_came_later(
    shop: Shop, account_id: AccountId
) -> None:
    shop.give(account_id, "100")
    shop.spend(account_id, "a")

    class Overtaken(TroubledStore):
        def load(self, account_id: AccountId) -> Account:
            account = shop.store.load(account_id)
            shop.spend(account_id, "b", now=TOMORROW)
            return account

    audit = Overtaken()
    audit.all_entries = shop.store.all_entries  # type: ignore[method-assign]  # what the others wrote
    audit.closed_days = shop.store.closed_days  # type: ignore[method-assign]  # what the others wrote

    assert verify(audit, account_id) == []


def test_a_row_edited_in_the_store_is_found_by_its_key(
    shop: Shop, store: TroubledStore, account_id: AccountId
) -> None:
    shop.give(account_id, "100")
    posted = shop.spend(account_id, "a", 3)
    key = (account_id, Key("s:usage:a"))
    store._entries[key] = replace(posted.entry, balance_after=Credits(9_999))

    [found] = verify(store, account_id)

    assert found.detail == "entry 2 (s:usage:a) says 99.99, not 97.00"
