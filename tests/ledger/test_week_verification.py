"""A week that says something else than the counters of its days is found."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant

from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, new_account_id
from tests.support.stores import TroubledStore
from tests.support.verifying import verify


def used(harness: LedgerHarness) -> AccountId:
    """Spend 2.00, nothing, 3.00 and 1.00 on four days."""
    account_id = new_account_id()
    harness.give(account_id, "50")
    for day, cost in ((0, 2), (2, 3), (3, 1)):
        harness.spend(account_id, f"day-{day}", cost, now=Instant(NOW + day * DAY_SECONDS))
    return account_id


def test_a_week_that_is_what_its_days_say_is_right(
    store: TroubledStore, harness: LedgerHarness
) -> None:
    account_id = used(harness)

    assert store.load(account_id).week == (Credits(300), Credits(0), Credits(200))
    assert verify(store, account_id) == []


@pytest.mark.fault(
    "Y8",
    "The week of an account is not what its days cost",
    "`verify` names the day, what the account knows and what its counters say",
)
@pytest.mark.parametrize(
    ("week", "detail"),
    [
        ((301, 0, 200), "3.01 on 2026-11-20, its counters say 3.00"),
        ((300, 1, 200), "0.01 on 2026-11-19, its counters say 0.00"),
        ((300, 0, 200, 1), "0.01 on 2026-11-17, its counters say 0.00"),
    ],
)
def test_a_week_that_says_something_else_is_found(
    store: TroubledStore, harness: LedgerHarness, week: tuple[int, ...], detail: str
) -> None:
    account_id = used(harness)
    wrong = replace(store.load(account_id), week=tuple(map(Credits, week)))

    store._accounts[account_id] = wrong

    assert [(each.invariant, each.detail) for each in verify(store, account_id)] == [
        ("each day of the week is what its counters say", detail)
    ]


def test_an_account_of_an_earlier_release_knows_less_and_is_right(
    store: TroubledStore, harness: LedgerHarness
) -> None:
    account_id = used(harness)
    old = replace(store.load(account_id), week=())

    store._accounts[account_id] = old
    nothing = verify(store, account_id)
    harness.spend(account_id, "later", 1, now=Instant(NOW + 4 * DAY_SECONDS))

    assert nothing == []
    assert store.load(account_id).week == (Credits(100),)
    assert verify(store, account_id) == []
