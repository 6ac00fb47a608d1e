"""An operation's first use adds nothing that earlier uses left: exact to 10⁻¹² credits."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.pricing import Quantity

from tests.support import asking
from tests.support.ledger_harness import NOW, LedgerHarness, price
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.stores import TroubledStore

JUST_UNDER = Quantity(19_999_999_999)
"""At a millionth of a credit each, 10⁻¹² credits less than 0.02."""
ACCOUNT = AccountId("account")
USAGE = asking.spend("k", "token", {"token": JUST_UNDER})


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
    found = shop_with(increment).metering.check(ACCOUNT, USAGE, NOW)

    assert (found.allowed, found.cost, found.most) == (True, Credits(1), {"token": JUST_UNDER})


def test_a_first_use_costs_what_the_check_said_and_leaves_the_rest_to_the_next() -> None:
    harness = shop_with(0)

    entry = harness.metering.record(ACCOUNT, USAGE, NOW).entry

    assert entry.amount == Credits(-1)
    assert entry.calculation is not None
    assert entry.calculation.carry_before == 0
    assert entry.calculation.carry_after == 9_999_999_999
    one = replace(USAGE, quantities={"token": Quantity(1)})
    after = harness.metering.check(ACCOUNT, one, NOW)
    assert (after.allowed, after.cost, after.most) == (False, Credits(1), {"token": 0})


def test_a_hold_priced_by_quantities_and_its_capture_add_nothing_either() -> None:
    harness = shop_with(0)
    quantities = {"token": JUST_UNDER}
    opened = asking.open_hold("h", "token", 60, quantities=quantities)

    hold = harness.metering.open_hold(ACCOUNT, opened, NOW).entry
    capture = asking.capture("c", hold.seq, quantities=quantities)
    captured = harness.metering.capture(ACCOUNT, capture, NOW).entry

    assert (hold.held_change, captured.amount) == (Credits(1), Credits(-1))
