"""How long a call credits pay for, and what a call costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.calls.pricing import (
    LEAST_SECONDS,
    hold_for,
    quantities_of_call,
    seconds_within,
    warn_at,
)
from prepaid.catalogue.seed import PRICES
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.pricing import HUNDREDTH, Carry, Price, Quantity, Rate, UnitPrice, rate

CALL = next(price for price in PRICES if price.operation == "vapi_call")


def priced(*units: UnitPrice) -> Price:
    return Price(plan="default", operation="vapi_call", effective_from=Instant(0), units=units)


@pytest.mark.parametrize(
    ("amount", "seconds"),
    [("1.20", 24), ("1.09", 10), ("1.08", 9), ("1.00", 0), ("6.00", 600), ("100.00", 600)],
)
def test_credits_bound_a_call(amount: str, seconds: int) -> None:
    assert seconds_within(CALL, Credits.parse(amount), most=600) == seconds


@pytest.mark.parametrize("amount", ["0.99", "0.00", "-5.00"])
def test_credits_below_the_fee_pay_for_no_call(amount: str) -> None:
    assert seconds_within(CALL, Credits.parse(amount), most=600) == -1


def test_the_least_call_that_vapi_takes_needs_one_credit_and_nine_hundredths() -> None:
    assert str(hold_for(CALL, LEAST_SECONDS)) == "1.09"
    assert str(hold_for(CALL, 600)) == "6.00"


@given(
    amount=st.integers(100, 2000),
    carry=st.integers(0, HUNDREDTH - 1),
    increment=st.sampled_from([0, 100_000, 500_000, 1_000_000]),
    minimum=st.sampled_from([0, 250_000]),
)
def test_a_call_within_its_bound_costs_no_more_than_its_hold_whatever_is_carried(
    amount: int, carry: int, increment: int, minimum: int
) -> None:
    price = priced(
        UnitPrice(unit="call", rate=Rate(1_000_000), counted=True),
        UnitPrice(
            unit="minute",
            rate=Rate(512_345),
            increment=Quantity(increment),
            minimum=Quantity(minimum),
        ),
    )
    seconds = seconds_within(price, Credits(amount), most=3600)

    used = quantities_of_call(price, max(seconds, 0) * 1000)
    cost = rate(price, used, Carry(carry)).cost

    assert seconds < 0 or cost <= Credits(amount)
    assert seconds == 3600 or hold_for(price, seconds + 1) > Credits(amount)


def test_a_call_is_measured_by_the_units_of_its_price() -> None:
    price = priced(
        UnitPrice(unit="call", rate=Rate(1)),
        UnitPrice(unit="second", rate=Rate(1)),
        UnitPrice(unit="hour", rate=Rate(1)),
        UnitPrice(unit="token", rate=Rate(1)),
    )

    assert quantities_of_call(price, 1_500) == {"call": 1_000_000, "second": 1_500_000, "hour": 417}


@pytest.mark.parametrize(
    ("milliseconds", "minutes"), [(192_000, 3_200_000), (10_000, 166_667), (20_000, 333_333)]
)
def test_time_is_rounded_once(milliseconds: int, minutes: int) -> None:
    assert quantities_of_call(CALL, milliseconds)["minute"] == minutes


@pytest.mark.parametrize(
    ("seconds", "moment"), [(600, 540), (120, 60), (24, 12), (10, 5), (3660, 3600), (3661, None)]
)
def test_a_caller_is_warned_a_minute_before_the_end_or_half_way(
    seconds: int, moment: int | None
) -> None:
    assert warn_at(seconds) == moment
