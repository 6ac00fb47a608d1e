"""Verification: silent about a healthy account, and precise about each kind of damage."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.keys import Key
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import ClosedDay, Counter
from prepaid.ledger.verification import Violation, violations

from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness
from tests.support.stores import TroubledStore
from tests.support.verifying import verify

type StripeHistory = tuple[Account, list[Entry], list[ClosedDay]]
TOMORROW = Instant(NOW + DAY_SECONDS)


@pytest.fixture
def stripe_history(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> StripeHistory:
    """Return an account with a bit of everything, its entries in order and its closed days."""
    harness.give(account_id, "100")
    harness.spend(account_id, "a", 3)
    captured = harness.hold(account_id, "h1", "5").entry.seq
    harness.capture(account_id, captured, "e1", 2)
    voided = harness.hold(account_id, "h2", "5").entry.seq
    harness.void(account_id, voided, "e2")
    harness.hold(account_id, "h3", "5", now=TOMORROW, expires_in=600)
    harness.capture(account_id, 7, "p1", now=TOMORROW, final=False)
    harness.extend(account_id, 7, "x1", "2", 900, now=TOMORROW)
    harness.capture(account_id, 7, "p2", 2, now=TOMORROW, final=False)
    harness.spend(account_id, "b", 4, now=TOMORROW)
    assert verify(store, account_id) == []
    account = store.load(account_id)
    return account, harness.entries(account_id), list(store.closed_days(account_id))


def reported(stripe_history: StripeHistory) -> set[str]:
    return {each.invariant for each in violations(*stripe_history)}


def edited(stripe_history: StripeHistory, of: EntryKind, **changes: object) -> StripeHistory:
    """Return the books with the first entry of a kind changed by hand."""
    account, entries, days = stripe_history
    index = next(i for i, each in enumerate(entries) if each.kind is of)
    damaged = replace(entries[index], **changes)  # type: ignore[arg-type]  # the entry's own fields
    return account, [*entries[:index], damaged, *entries[index + 1 :]], days


def with_account(stripe_history: StripeHistory, **changes: object) -> StripeHistory:
    account = replace(stripe_history[0], **changes)  # type: ignore[arg-type]  # the account's own fields
    return account, stripe_history[1], stripe_history[2]


def with_hold(stripe_history: StripeHistory, **changes: object) -> StripeHistory:
    [hold] = stripe_history[0].holds
    damaged = replace(hold, **changes)  # type: ignore[arg-type]  # the hold's own fields
    return with_account(stripe_history, holds=(damaged,))


@pytest.mark.parametrize(
    ("seq", "said"),
    [
        (0, []),
        (1, ["0 entries are numbered 1"]),
        (2, ["0 entries are numbered 1 to 2"]),
    ],
)
def test_an_account_without_its_entries_is_found(seq: int, said: list[str]) -> None:
    found = violations(Account(account_id=AccountId("a"), seq=seq), [], [])

    assert [each.detail for each in found] == said


def test_a_healthy_account_has_nothing_to_report(stripe_history: StripeHistory) -> None:
    assert list(violations(*stripe_history)) == []


def test_an_account_that_nobody_wrote_is_healthy(store: TroubledStore) -> None:
    assert verify(store, AccountId("nobody")) == []


@pytest.mark.parametrize(
    ("damage", "invariants"),
    [
        (
            lambda stripe_history: edited(stripe_history, EntryKind.USAGE, amount=Credits(-301)),
            {
                "balance = Σ amount",
                "each entry follows from the one before",
                "an amount is what its calculation says",
                "usage days = Σ usage entries",
            },
        ),
        (
            lambda stripe_history: edited(
                stripe_history, EntryKind.USAGE, balance_after=Credits(1)
            ),
            {"each entry follows from the one before"},
        ),
        (
            lambda stripe_history: edited(stripe_history, EntryKind.USAGE, waived=Credits(1)),
            {
                "an amount is what its calculation says",
                "usage days = Σ usage entries",
            },
        ),
        (
            lambda stripe_history: edited(stripe_history, EntryKind.HOLD, held_change=Credits(1)),
            {"open holds = Σ held_change"},
        ),
        (
            lambda stripe_history: edited(
                stripe_history, EntryKind.RELEASE, kind=EntryKind.CAPTURE, hold_id=3
            ),
            {"open holds = Σ held_change", "a hold ends once"},
        ),
        (
            lambda stripe_history: edited(
                stripe_history, EntryKind.RELEASE, hold_id=3, key=keys.hold_end(3)
            ),
            {"open holds = Σ held_change", "a hold ends once"},
        ),
        (
            lambda stripe_history: edited(
                stripe_history,
                EntryKind.USAGE,
                usage_day=stripe_history[0].usage_day - timedelta(days=9),
            ),
            {"usage days = Σ usage entries"},
        ),
        (
            lambda stripe_history: edited(stripe_history, EntryKind.USAGE, seq=99),
            {"seq is gap-free"},
        ),
        (
            lambda stripe_history: edited(stripe_history, EntryKind.USAGE, seq=1),
            {"seq is gap-free"},
        ),
        (
            lambda stripe_history: (stripe_history[0], stripe_history[1][:-1], stripe_history[2]),
            {
                "seq is gap-free",
                "balance = Σ amount",
                "usage days = Σ usage entries",
                "a grant holds what its entries left",
            },
        ),
        (
            lambda stripe_history: with_account(stripe_history, balance=Credits(1)),
            {"balance = Σ amount", "Σ grants = max(balance, 0)"},
        ),
        (
            lambda stripe_history: with_account(stripe_history, grants=()),
            {"Σ grants = max(balance, 0)", "a grant holds what its entries left"},
        ),
        (
            lambda stripe_history: with_account(stripe_history, holds=()),
            {"open holds = Σ held_change"},
        ),
        (
            lambda stripe_history: with_hold(stripe_history, parts=1),
            {"an open hold counts its parts"},
        ),
        (
            lambda stripe_history: with_hold(stripe_history, used={}),
            {"an open hold counts its parts"},
        ),
        (
            lambda stripe_history: edited(stripe_history, EntryKind.CAPTURE, final=False),
            {"a hold ends once"},
        ),
        (
            lambda stripe_history: edited(
                stripe_history, EntryKind.CAPTURE, key=Key("s:capture:e1")
            ),
            {"a hold ends once"},
        ),
        (
            lambda stripe_history: with_account(stripe_history, usage={}),
            {"usage days = Σ usage entries"},
        ),
        (
            lambda stripe_history: with_account(
                stripe_history, usage={stripe_history[0].usage_day: {"ghost": Counter(count=1)}}
            ),
            {"usage days = Σ usage entries"},
        ),
        (lambda stripe_history: (*stripe_history[:2], []), {"usage days = Σ usage entries"}),
        (
            lambda stripe_history: (
                *stripe_history[:2],
                [replace(stripe_history[2][0], portions={})],
            ),
            {"usage days = Σ usage entries"},
        ),
    ],
)
def test_each_kind_of_damage_is_named(
    stripe_history: StripeHistory,
    damage: Callable[[StripeHistory], StripeHistory],
    invariants: set[str],
) -> None:
    assert reported(damage(stripe_history)) == invariants


def test_a_wrong_quantity_in_a_closed_day_is_told_in_words(stripe_history: StripeHistory) -> None:
    account, entries, [closed] = stripe_history
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


def test_what_a_provider_took_and_no_entry_says_is_told_in_words(
    stripe_history: StripeHistory,
) -> None:
    account, entries, [closed] = stripe_history
    [(day, counters)] = closed.portions.items()
    forged = replace(counters["workflow_execution"], provider_cost=318_500)
    days = [replace(closed, portions={day: {"workflow_execution": forged}})]

    [found] = violations(account, entries, days)

    assert "5 execution, 0.3185 USD taken by providers, its entries 2 times" in found.detail


def test_verify_reads_the_account_first_and_ignores_what_came_later(
    harness: LedgerHarness, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    harness.spend(account_id, "a")

    class Overtaken(TroubledStore):
        def load(self, account_id: AccountId) -> Account:
            account = harness.store.load(account_id)
            harness.spend(account_id, "b", now=TOMORROW)
            return account

    audit = Overtaken()
    audit.in_order = harness.store.in_order  # type: ignore[method-assign]  # what the others wrote
    audit.closed_days = harness.store.closed_days  # type: ignore[method-assign]  # what the others wrote

    assert verify(audit, account_id) == []


def test_a_row_edited_in_the_store_is_found_by_its_key(
    harness: LedgerHarness, store: TroubledStore, account_id: AccountId
) -> None:
    harness.give(account_id, "100")
    posted = harness.spend(account_id, "a", 3)
    key = (account_id, Key("s:usage:a"))
    store._entries[key] = replace(posted.entry, balance_after=Credits(9_999))

    [found] = verify(store, account_id)

    assert found.detail == "entry 2 (s:usage:a) says 99.99, not 97.00"
