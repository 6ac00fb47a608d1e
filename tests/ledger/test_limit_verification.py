"""A limit that counts something else than its window's usage is found."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.limits import Limit, LimitOwner, Window

from tests.ledger.test_limits import DAILY, limited
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness
from tests.support.stores import TroubledStore
from tests.support.verifying import verify

MONTHLY = replace(DAILY, window=Window.MONTH, amount=Credits(9_000))
OF_ONE = replace(MONTHLY, operation="workflow_execution", by=LimitOwner.ADMIN)
OF_ANOTHER = replace(MONTHLY, operation="message")


def used(harness: LedgerHarness, *limits: Limit) -> AccountId:
    account_id = limited(harness, *limits)
    harness.spend(account_id, "yesterday", 2)
    harness.spend(account_id, "today", 3, now=Instant(NOW + DAY_SECONDS))
    return account_id


def test_limits_that_count_their_usage_are_right(
    store: TroubledStore, harness: LedgerHarness
) -> None:
    account_id = used(harness, DAILY, MONTHLY, OF_ONE, OF_ANOTHER)

    assert verify(store, account_id) == []
    assert [each.used.hundredths for each in store.load(account_id).limits] == [300, 500, 500, 0]


@pytest.mark.parametrize("limit", [DAILY, MONTHLY, OF_ONE, OF_ANOTHER])
@pytest.mark.parametrize("off", [-1, 1])
def test_a_limit_that_counts_something_else_is_found(
    store: TroubledStore, harness: LedgerHarness, limit: Limit, off: int
) -> None:
    account_id = used(harness, limit)
    account = store.load(account_id)
    [right] = account.limits
    wrong = replace(right, used=right.used + Credits(off))

    store._accounts[account_id] = replace(account, limits=(wrong,))

    [found] = verify(store, account_id)
    assert found.invariant == "what is used of a limit is what its window's usage cost"
    scope = limit.operation or "all operations"
    assert found.detail.startswith(f"{wrong.used} of {scope} in a {limit.window}, its usage cost ")


@pytest.mark.parametrize(
    "limit",
    [replace(DAILY, window=Window.HOUR), replace(MONTHLY, by=LimitOwner.DEFAULT)],
)
def test_what_counts_only_since_it_was_set_is_not_compared(
    store: TroubledStore, harness: LedgerHarness, limit: Limit
) -> None:
    account_id = used(harness, limit)
    account = store.load(account_id)

    store._accounts[account_id] = replace(account, limits=(replace(limit, used=Credits(7)),))

    assert verify(store, account_id) == []


def test_what_was_given_back_for_an_earlier_window_may_still_count(
    store: TroubledStore, harness: LedgerHarness
) -> None:
    account_id = used(harness, DAILY)
    account = store.load(account_id)
    usage = {
        day: {name: replace(each, reversed=Credits(100)) for name, each in counters.items()}
        for day, counters in account.usage.items()
    }

    for hundredths, found in ((300, 0), (200, 0), (199, 1), (301, 1)):
        limits = (replace(account.limits[0], used=Credits(hundredths)),)
        store._accounts[account_id] = replace(account, usage=usage, limits=limits)
        invariants = [each.invariant for each in verify(store, account_id)]
        assert sum("limit" in each for each in invariants) == found, hundredths
