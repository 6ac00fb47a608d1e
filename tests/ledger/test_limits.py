"""Limits on the real stores: exact under any number of rivals, and announced without an entry."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import PrepaidError, Unavailable
from prepaid.domain.limiting import SpendingLimitExceeded
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.thresholds import AlertKind
from prepaid.ledger.changes import change

from tests.support.ledger_harness import NOW, LedgerHarness, Store, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.stores import TroubledStore, fails_with
from tests.support.verifying import verify

DAILY = Limit(window=Window.DAY, amount=Credits(500), by=LimitOwner.USER)


def limited(harness: LedgerHarness, *limits: Limit, credit: str = "100") -> AccountId:
    """Return an account with credits and limits."""
    account_id = new_account_id()
    harness.give(account_id, credit)

    def rule(decision: Decision) -> Decision:
        return replace(decision, account=replace(decision.account, limits=limits))

    budget = MemoryRetryBudget()
    change(harness.ledger, account_id, rule, NOW, budget, request_id="limits")
    return account_id


@pytest.mark.fault(
    "E86",
    "50 spends and holds at once under a limit of 5.00 a day",
    "5.00 are used and held, and not 0.01 more",
)
@pytest.mark.parametrize("backend", ["memory"], indirect=True)
def test_a_limit_holds_under_many_spends_and_holds_at_once(any_store: Store) -> None:
    harness = LedgerHarness(any_store, budget=lambda: MemoryRetryBudget(pauses=500))
    account_id = limited(harness, DAILY)

    def act(number: int) -> object:
        try:
            if number % 2:
                return harness.hold(account_id, f"hold-{number}", "1")
            return harness.spend(account_id, f"spend-{number}")
        except PrepaidError as refusal:
            return refusal

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(act, range(50)))

    refused = [each for each in answers if isinstance(each, SpendingLimitExceeded)]
    account = any_store.load(account_id)
    [limit] = account.limits
    assert (len(answers), len(refused)) == (50, 45)
    assert limit.used + limit.held(account.holds) == Credits(500)
    assert limit.used == Credits(10_000) - account.balance
    assert verify(any_store, account_id) == []
    assert {each.standing.resets_at for each in refused} == {Instant(1_795_046_400)}


def test_the_first_refusal_of_a_window_is_written_without_an_entry(any_store: Store) -> None:
    harness = LedgerHarness(any_store)
    account_id = limited(harness, DAILY)
    harness.spend(account_id, "a", 4)
    before = any_store.load(account_id)

    for key in ("b", "c"):
        with pytest.raises(SpendingLimitExceeded):
            harness.spend(account_id, key, 2)
    after = any_store.load(account_id)

    assert (after.version, after.seq, after.balance) == (
        before.version + 1,
        before.seq,
        before.balance,
    )
    assert [each.level for each in after.limits] == [100]
    assert [each.kind for each in harness.entries(account_id)] == [
        EntryKind.ADJUSTMENT,
        EntryKind.USAGE,
    ]
    harness.spend(account_id, "b")
    assert any_store.load(account_id).limits[0].used == Credits(500)


def test_a_batch_announces_a_limit_once(store: TroubledStore) -> None:
    harness = LedgerHarness(store)
    account_id = limited(harness, DAILY)
    commits = store.calls["commit"]

    answers = harness.spend_many(account_id, [f"k-{each}" for each in range(20)])

    assert sum(isinstance(each, SpendingLimitExceeded) for each in answers) == 15
    assert store.calls["commit"] == commits + 1
    assert [each.about for each in store.outbox.stored] == [
        AlertKind.LIMIT_NEAR,
        AlertKind.LIMIT_REACHED,
    ]


@pytest.mark.fault(
    "A87",
    "The store fails while a refusal by a limit is announced",
    "The refusal stands; the next one announces",
)
def test_a_refusal_stands_when_it_cannot_be_announced(store: TroubledStore) -> None:
    harness = LedgerHarness(store, budget=lambda: MemoryRetryBudget(pauses=0))
    account_id = limited(harness, DAILY)
    store.at_commit += [fails_with(Unavailable("away"))]

    with pytest.raises(SpendingLimitExceeded):
        harness.spend(account_id, "a", 6)
    silent = list(store.outbox.stored)
    with pytest.raises(SpendingLimitExceeded):
        harness.spend(account_id, "a", 6)

    assert silent == []
    assert [each.about for each in store.outbox.stored] == [AlertKind.LIMIT_REACHED]


def test_limits_are_read_as_they_were_written(any_store: Store) -> None:
    harness = LedgerHarness(any_store)
    hourly = Limit(
        operation="workflow_execution",
        window=Window.HOUR,
        amount=Credits(900),
        by=LimitOwner.ADMIN,
        used=Credits(7),
        hour=NOW // 3_600,
        level=80,
    )
    monthly = replace(DAILY, window=Window.MONTH, operation="message")

    account_id = limited(harness, DAILY, hourly, monthly)

    assert any_store.load(account_id).limits == (DAILY, hourly, monthly)


def test_what_settles_first_does_not_keep_a_change_from_being_made(store: TroubledStore) -> None:
    harness = LedgerHarness(store)
    account_id = limited(harness)
    for number in range(25):
        harness.hold(account_id, f"h-{number}", "1", expires_in=1)
    seen: list[Account] = []

    def rule(decision: Decision) -> Decision:
        seen.append(decision.account)
        return decision

    after = change(
        harness.ledger, account_id, rule, Instant(NOW + 9), MemoryRetryBudget(), request_id="r"
    )

    assert (after.holds, [each.holds for each in seen]) == ((), [()])
    assert after == store.load(account_id)
