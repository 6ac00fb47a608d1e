"""What a payment owes, what it says was taken, and what its entries took are one amount."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import Credits
from prepaid.domain.grants import GrantKind
from prepaid.payments.payment import Clawback
from prepaid.payments.refund_facts import Refunded, RefundStatus
from prepaid.payments.verification import taken_back

from tests.payments.test_clawback import GRANTED, PRICE

OWED = Credits(55_000)


@pytest.mark.parametrize("refunded", [False, True])
@pytest.mark.parametrize("taken", [0, 54_999, 55_000])
@pytest.mark.parametrize("took", [0, 54_999, 55_000, 55_001])
def test_three_amounts_are_one(refunded: bool, taken: int, took: int) -> None:
    refund = Refunded(refund_id="re_1", amount=PRICE, status=RefundStatus.SUCCEEDED)
    payment = replace(GRANTED.with_fact(refund) if refunded else GRANTED, intent_id="pi_1")
    clawback = Clawback(
        grant_id=1,
        amount=Credits(taken),
        kind=GrantKind.PURCHASED,
        grant_amount=OWED,
        priority=100,
        cost_basis=0,
    )
    owed = OWED if refunded else Credits(0)

    said = list(taken_back([replace(payment, taken=(clawback,))], {"refund:pi_1": Credits(took)}))

    wrong = f"pay_1 owes {owed}, {Credits(taken)} was taken, its entries took {Credits(took)}"
    assert said == ([] if owed.hundredths == taken == took else [wrong])


def test_what_refunds_and_disputes_took_is_added_up() -> None:
    payment = replace(GRANTED, intent_id="pi_1")
    moved = {"refund:pi_1": Credits(7), "dispute:pi_1": Credits(-7), "refund:pi_2": Credits(9)}

    assert list(taken_back([payment], moved)) == []
    assert list(taken_back([payment], {**moved, "dispute:pi_1": Credits(-6)})) == [
        "pay_1 owes 0.00, 0.00 was taken, its entries took 0.01"
    ]
