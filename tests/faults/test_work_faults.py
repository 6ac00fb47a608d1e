"""Work that a function does for credits, killed or cut off at each of its calls: paid once."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from prepaid.domain.credits import AccountId
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import Unavailable
from prepaid.domain.pricing import ONE, Quantity
from prepaid.metering.work import PaidWork, Used, Work

from tests.faults.conftest import EmulatorTables
from tests.support.asking import actor
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.verifying import verify
from tests.support.wire import Fault, Killed, Plan, only, since, unharmed

CALLS = ["GetItem", "Query", "TransactWriteItems", "GetItem", "TransactWriteItems"]
USED = Used(quantities={"execution": Quantity(ONE)})


def done(harness: LedgerHarness, account_id: AccountId, count: list[int]) -> None:
    """Do one piece of work unless an earlier attempt at it was paid."""
    work = Work(
        account_id=account_id,
        operation="workflow_execution",
        key="k",
        seconds=100,
        expected=Quantity(ONE),
    )
    paid_work = PaidWork(harness.ledger, harness.catalogue)
    attempt = paid_work.begin(work, actor(), NOW)
    if attempt.paid is None:
        count.append(1)
        paid_work.pay(attempt, USED, actor(), NOW)


def test_work_is_two_round_trips_before_and_two_after_but_for_a_price_that_is_not_known_yet(
    tables: EmulatorTables,
) -> None:
    harness, wire = tables.harness()
    account_id = new_account_id("work")
    tables.clean.give(account_id, "1.00")

    done(harness, account_id, [])

    assert wire.sent == CALLS


@pytest.mark.fault("D33.2")
@pytest.mark.parametrize("call", range(1, len(CALLS) + 1))
@pytest.mark.parametrize("fault", list(Fault))
@pytest.mark.parametrize("lasting", [only, since])
def test_work_that_was_cut_off_anywhere_is_paid_once_when_it_is_tried_again(
    call: int, fault: Fault, lasting: Callable[[int, Fault], Plan], tables: EmulatorTables
) -> None:
    account_id = new_account_id("work")
    tables.clean.give(account_id, "1.00")
    count: list[int] = []
    harness, _ = tables.harness(
        lasting(call, fault), attempts=1, budget=lambda: MemoryRetryBudget(pauses=1)
    )

    with suppress(Killed, Unavailable):
        done(harness, account_id, count)
    again, _ = tables.harness(unharmed)
    done(again, account_id, count)

    kinds = [each.kind for each in tables.clean.entries(account_id)]
    assert kinds[1:] == [EntryKind.HOLD, EntryKind.CAPTURE]
    assert str(tables.clean.store.load(account_id).balance) == "0.00"
    assert 1 <= len(count) <= 2
    assert verify(tables.clean.store, account_id) == []
