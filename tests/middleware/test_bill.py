"""What work says that it used, exactly."""

from decimal import Decimal
from typing import Any

import pytest
from prepaid.domain.pricing import ONE
from prepaid.middleware.bill import ONCE, Bill, NothingMeasured, expectation


def test_what_was_used_adds_up_by_unit() -> None:
    bill = Bill(None)

    bill.used(mb=1, file="2")
    bill.used(mb=Decimal("0.25"))

    assert bill.total().quantities == {"mb": ONE * 5 // 4, "file": 2 * ONE}
    assert not bill.total().rounded


def test_more_than_six_places_are_rounded_and_the_entry_says_so() -> None:
    bill = Bill(None)

    bill.used(mb=Decimal(1) / 3)

    assert bill.total().quantities == {"mb": 333_333}
    assert bill.total().rounded


@pytest.mark.parametrize("value", [0.1, True, None, b"1"])
def test_what_is_not_exact_is_no_quantity(value: Any) -> None:
    with pytest.raises(TypeError):
        Bill(None).used(mb=value)


@pytest.mark.parametrize("value", [-1, "NaN", Decimal("Infinity"), "1000000001", "", "1,5"])
def test_what_nobody_could_use_is_no_quantity(value: Any) -> None:
    with pytest.raises(ValueError, match=r"number|quantity"):
        Bill(None).used(mb=value)


def test_a_small_decimal_is_read_as_it_is() -> None:
    bill = Bill(None)

    bill.used(mb=Decimal("1E-6"))

    assert bill.total().quantities == {"mb": 1}


def test_without_a_word_what_was_expected_is_paid() -> None:
    assert Bill(ONCE).total().quantities == ONCE


def test_work_of_unknown_size_must_say_what_it_used() -> None:
    with pytest.raises(NothingMeasured):
        Bill(None).total()


def test_nothing_used_is_an_answer() -> None:
    bill = Bill(None)

    bill.used(mb=0)

    assert bill.total().quantities == {"mb": 0}


def test_a_size_is_expected_or_bounded_not_both() -> None:
    assert expectation({"mb": 2}, None) == {"mb": 2 * ONE}
    assert expectation(None, "5.00") is None
    with pytest.raises(ValueError, match="not both"):
        expectation(1, "5.00")
