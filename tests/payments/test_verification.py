"""What a payment owes, what it says was taken, and what its entries took are one amount."""

from dataclasses import replace

import pytest
from prepaid.domain import keys
from prepaid.domain.credits import Credits
from prepaid.domain.grants import GrantKind
from prepaid.payments.payment import Clawback
from prepaid.payments.verification import granted_once, taken_back

from tests.payments.test_clawback import GRANTED, NEW, PRICE, refund

OWED = Credits(55_000)


@pytest.mark.parametrize("refunded", [False, True])
@pytest.mark.parametrize("taken", [0, 54_999, 55_000])
@pytest.mark.parametrize("took", [0, 54_999, 55_000, 55_001])
def test_three_amounts_are_one(refunded: bool, taken: int, took: int) -> None:
    known = GRANTED.with_fact(refund(PRICE)) if refunded else GRANTED
    clawback = Clawback(
        grant_id=1,
        amount=Credits(taken),
        kind=GrantKind.PURCHASED,
        grant_amount=OWED,
        priority=100,
        cost_basis=0,
    )
    owed = OWED if refunded else Credits(0)

    said = list(
        taken_back(
            [replace(known, intent_id="pi_1", taken=(clawback,))], {"refund:pi_1": Credits(took)}
        )
    )

    wrong = f"pay_1 owes {owed}, {Credits(taken)} was taken, its entries took {Credits(took)}"
    assert said == ([] if owed.hundredths == taken == took else [wrong])


@pytest.mark.parametrize(
    ("paid", "granted", "times", "said"),
    [
        (False, False, 0, []),
        (True, True, 1, []),
        (True, False, 0, ["pay_1 is paid and has 0 purchase entries"]),
        (True, False, 1, ["pay_1 is paid and has 1 purchase entries"]),
        (True, True, 0, ["pay_1 is paid and has 0 purchase entries"]),
        (True, True, 2, ["pay_1 is paid and has 2 purchase entries"]),
        (False, False, 1, ["pay_1 is not paid and has 1 purchase entries"]),
    ],
)
def test_what_was_paid_is_granted_once(
    paid: bool, granted: bool, times: int, said: list[str]
) -> None:
    payment = replace(GRANTED if paid else NEW, intent_id="pi_1", granted=granted)
    key = keys.purchase("stripe", "pi_1")

    assert list(granted_once([payment], {key: times} if times else {})) == said


def test_a_purchase_without_a_payment_is_found() -> None:
    key = keys.purchase("stripe", "pi_9")

    assert list(granted_once([], {key: 1})) == [f"the purchase entry {key} has no payment"]


def test_what_refunds_and_disputes_took_is_added_up() -> None:
    payment = replace(GRANTED, intent_id="pi_1")
    moved = {"refund:pi_1": Credits(7), "dispute:pi_1": Credits(-7), "refund:pi_2": Credits(9)}

    assert list(taken_back([payment], moved)) == []
    assert list(taken_back([payment], {**moved, "dispute:pi_1": Credits(-6)})) == [
        "pay_1 owes 0.00, 0.00 was taken, its entries took 0.01"
    ]
