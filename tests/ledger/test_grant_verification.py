"""What entries leave in each grant is followed, unless one of them does not say where it went."""

from dataclasses import replace
from typing import Any

import pytest
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.entries import EntryKind
from prepaid.domain.grants import Burn, GrantKind
from prepaid.ledger.grant_verification import GrantSums

from tests.support.samples import entry

UNNAMED, NAMED = Burn(1, Credits(5)), Burn(1, Credits(5), kind=GrantKind.PURCHASED)


@pytest.mark.parametrize(
    ("kind", "changes", "passed_over"),
    [
        (EntryKind.REFUND, {"amount": Credits(5)}, True),
        (EntryKind.DISPUTE, {"amount": Credits(5)}, True),
        (EntryKind.REFUND, {"amount": Credits(5), "debt_paid": Credits(5)}, False),
        (EntryKind.REFUND, {"amount": Credits(5), "returned": (NAMED,)}, False),
        (EntryKind.REFUND, {"amount": Credits(5), "grant_id": 7}, False),
        (EntryKind.REFUND, {"burned": (UNNAMED,)}, True),
        (EntryKind.REFUND, {"burned": (NAMED, UNNAMED)}, True),
        (EntryKind.REFUND, {"burned": (NAMED,)}, False),
        (EntryKind.USAGE, {"burned": (UNNAMED,)}, False),
        (EntryKind.ADJUSTMENT, {"amount": Credits(5)}, False),
    ],
)
def test_money_back_of_the_first_release_that_names_no_grants_is_passed_over(
    kind: EntryKind, changes: dict[str, Any], passed_over: bool
) -> None:
    sums = GrantSums()

    sums.add(replace(entry(AccountId("a"), kind=kind), **changes))

    assert sums.passed_over is passed_over
