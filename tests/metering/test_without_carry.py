"""An operation's first use adds nothing that earlier uses left: exact to 10⁻¹² credits."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.pricing import Quantity
from prepaid.metering.holds import HoldEnd, HoldRequest
from prepaid.metering.usage import Usage

from tests.support.ledger_harness import NOW, LedgerHarness, actor, price
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.stores import TroubledStore

JUST_UNDER = Quantity(19_999_999_999)
"""At a millionth of a credit each, 10⁻¹² credits less than 0.02."""
ACCOUNT = AccountId("account")
USAGE = Usage(account_id=ACCOUNT, key="k", operation="token", asked={"token": JUST_UNDER})


def shop_with(increment: int) -> LedgerHarness:
    """A shop that sells one unit at a millionth of a credit, in steps."""
    sold = price("token", token=1)
    [unit] = sold.units
    stepped = replace(sold, units=(replace(unit, increment=Quantity(increment)),))
    harness = LedgerHarness(TroubledStore(), MemoryCatalogue((stepped,)))
    harness.give(ACCOUNT, "0.01")
    return harness


@pytest.mark.parametrize("increment", [0, 1, JUST_UNDER])
def test_a_check_of_an_operation_without_carry_is_exact(increment: int) -> None:
    found = shop_with(increment).metering.check(USAGE, actor(), NOW)

    assert (found.allowed, found.cost, found.most) == (True, Credits(1), {"token": JUST_UNDER})


def test_a_first_use_costs_what_the_check_said_and_leaves_the_rest_to_the_next() -> None:
    harness = shop_with(0)

    entry = harness.metering.record(USAGE, actor(), NOW).entry

    assert entry.amount == Credits(-1)
    assert entry.calculation is not None
    assert entry.calculation.carry_before == 0
    assert entry.calculation.carry_after == 9_999_999_999
    after = harness.metering.check(replace(USAGE, asked={"token": Quantity(1)}), actor(), NOW)
    assert (after.allowed, after.cost, after.most) == (False, Credits(1), {"token": 0})


def test_a_hold_priced_by_quantities_and_its_capture_add_nothing_either() -> None:
    harness = shop_with(0)
    request = HoldRequest(
        account_id=ACCOUNT,
        key="h",
        operation="token",
        expires_in=60,
        asked={"token": JUST_UNDER},
    )

    hold = harness.metering.open_hold(request, actor(), NOW).entry
    end = HoldEnd(account_id=ACCOUNT, key="c", hold_id=hold.seq, asked={"token": JUST_UNDER})
    captured = harness.metering.capture(end, actor(), NOW).entry

    assert (hold.held_change, captured.amount) == (Credits(1), Credits(-1))
