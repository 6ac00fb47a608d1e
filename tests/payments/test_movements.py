"""When money came and went: each refund at its time, and what no refund explains with the sum."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import Instant
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.movements import paid_and_back
from prepaid.payments.payment import Fact

from tests.payments.test_clawback import AT, GRANTED, NEW, PRICE, refund, total

LOST = Disputed(
    dispute_id="dp_1",
    amount=PRICE,
    withdrawn=True,
    status=DisputeStatus.LOST,
    at=Instant(AT + 50),
)


@pytest.mark.parametrize(
    ("facts", "back"),
    [
        ([], []),
        ([refund(500, at=7)], [(7, 500)]),
        ([refund(500, at=7), refund(300, at=3, name="re_2")], [(3, 300), (7, 500)]),
        ([refund(500, at=-9)], [(0, 500)]),
        ([refund(500, "failed", at=7)], []),
        ([total(800, 9)], [(9, 800)]),
        ([refund(500, at=7), total(800, 9)], [(7, 500), (9, 300)]),
        ([refund(500, at=7), total(500, 9)], [(7, 500)]),
        ([refund(500, at=7), refund(300, at=3, name="re_2"), total(800, 9)], [(3, 300), (7, 500)]),
        ([LOST], [(50, PRICE)]),
        ([refund(500, at=7), LOST], [(7, 500), (50, PRICE - 500)]),
        ([refund(PRICE, at=7), LOST], [(7, PRICE)]),
    ],
)
def test_money_goes_back_when_it_went_and_never_more_than_was_paid(
    facts: list[Fact], back: list[tuple[int, int]]
) -> None:
    payment = GRANTED
    for fact in facts:
        payment = payment.with_fact(fact)

    moved = [(at - AT, paid, gone) for at, paid, gone in paid_and_back(payment)]

    assert moved == [(0, PRICE, 0), *((at, 0, amount) for at, amount in back)]


def test_of_what_was_never_paid_no_money_moves() -> None:
    assert list(paid_and_back(replace(NEW, charge_refunded=total(5, 1)))) == []
