"""Pricing: exact, never negative, rounded down, and what rounding leaves is billed later."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from prepaid.domain.credits import MAX_HUNDREDTHS, ZERO, Credits, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.domain.pricing import (
    HUNDREDTH,
    MAX_QUANTITY,
    ONE,
    Carry,
    Price,
    Quantity,
    Rate,
    UnitPrice,
    format_millionths,
    in_force,
    most_affordable,
    parse_millionths,
    rate,
    seconds_affordable,
)

from tests.domain.book import CALL
from tests.domain.laws import tried

rates = st.integers(0, 50 * ONE).map(Rate)
quantities = st.integers(0, 10_000 * ONE).map(Quantity)
small = st.integers(0, 3 * ONE).map(Quantity)
carries = st.integers(0, HUNDREDTH - 1).map(Carry)
increments = st.sampled_from([0, 1, 7, 250_000, ONE, 6 * ONE]).map(Quantity)
minimums = st.sampled_from([0, 1, ONE, 30 * ONE]).map(Quantity)


@st.composite
def prices(draw: st.DrawFn) -> Price:
    units = [
        UnitPrice(unit=unit, rate=draw(rates), increment=draw(increments), minimum=draw(minimums))
        for unit in draw(st.sampled_from([["call"], ["call", "minute"]]))
    ]
    return one_price(*units)


@st.composite
def priced_usage(draw: st.DrawFn) -> tuple[Price, Mapping[str, Quantity], Carry]:
    price = draw(prices())
    asked = {each.unit: draw(quantities) for each in price.units if draw(st.booleans())}
    return price, asked, draw(carries)


def one_price(*units: UnitPrice, since: int = 0) -> Price:
    return Price(plan="default", operation="op", effective_from=Instant(since), units=units)


def exactly(price: Price, asked: Mapping[str, Quantity]) -> Fraction:
    """Return what usage costs in hundredths, without rounding, by rational arithmetic."""
    total = Fraction(0)
    for each in price.units:
        used = Fraction(asked.get(each.unit, 0), ONE)
        if used:
            used = max(used, Fraction(each.minimum, ONE))
            if each.increment:
                step = Fraction(each.increment, ONE)
                used = ceil(used / step) * step
        total += used * Fraction(each.rate, ONE) * 100
    return total


def test_one_call_and_three_point_two_minutes_cost_two_sixty() -> None:
    asked = {"call": Quantity(ONE), "minute": Quantity(parse_millionths("3.2"))}

    calculation = rate(CALL, asked, Carry(0))

    assert calculation.cost == Credits(260)
    assert calculation.carry_after == 0
    assert calculation.quantities() == asked
    assert [line.exact for line in calculation.lines] == [100 * HUNDREDTH, 160 * HUNDREDTH]
    assert calculation.price_version == "default#vapi_call@0"


@given(priced_usage())
@tried(300)
def test_a_cost_is_exact_rounded_down_and_carries_the_rest(
    usage: tuple[Price, Mapping[str, Quantity], Carry],
) -> None:
    price, asked, carry = usage

    calculation = rate(price, asked, carry)

    exact = exactly(price, asked) + Fraction(carry, HUNDREDTH)
    assert calculation.cost == Credits(floor(exact))
    assert Fraction(calculation.carry_after, HUNDREDTH) == exact - floor(exact)
    assert 0 <= calculation.carry_after < HUNDREDTH
    assert calculation.cost >= ZERO


@given(rates, st.lists(small, min_size=1, max_size=50))
@tried(200)
def test_many_small_usages_cost_what_one_large_one_does(rate_: Rate, used: list[Quantity]) -> None:
    price = one_price(UnitPrice(unit="call", rate=rate_))
    whole = rate(price, Quantity(sum(used)), Carry(0))

    cost, carry = ZERO, Carry(0)
    for each in used:
        calculation = rate(price, each, carry)
        cost, carry = cost + calculation.cost, calculation.carry_after

    assert (cost, carry) == (whole.cost, whole.carry_after)


@given(priced_usage(), quantities)
@tried(100)
def test_more_usage_never_costs_less(
    usage: tuple[Price, Mapping[str, Quantity], Carry], more: Quantity
) -> None:
    price, asked, carry = usage
    unit = price.units[0].unit
    greater = {**asked, unit: Quantity(asked.get(unit, 0) + more)}

    assert rate(price, greater, carry).cost >= rate(price, asked, carry).cost


@given(increments, minimums, quantities)
@tried(200)
def test_what_is_billed_is_the_least_step_that_covers_use_and_minimum(
    increment: Quantity, minimum: Quantity, used: Quantity
) -> None:
    unit = UnitPrice(unit="call", rate=Rate(1), increment=increment, minimum=minimum)

    billed = unit.billed(used)

    least = max(used, minimum) if used else 0
    assert billed >= least
    assert billed - least < max(increment, 1)
    assert billed % max(increment, 1) == 0


@pytest.mark.parametrize(
    ("used", "billed"), [("0", "0"), ("0.1", "0.5"), ("0.5", "0.5"), ("0.51", "0.6"), ("1", "1")]
)
def test_a_minimum_of_thirty_seconds_and_steps_of_six(used: str, billed: str) -> None:
    unit = UnitPrice(
        unit="minute",
        rate=Rate(ONE),
        increment=Quantity(parse_millionths("0.1")),
        minimum=Quantity(parse_millionths("0.5")),
    )

    assert format_millionths(unit.billed(Quantity(parse_millionths(used)))) == billed


@given(priced_usage(), st.integers(-500, 10_000_000).map(Credits))
@tried(300)
def test_the_most_affordable_is_affordable_and_one_step_more_is_not(
    usage: tuple[Price, Mapping[str, Quantity], Carry], available: Credits
) -> None:
    price, asked, carry = usage
    assume(rate(price, asked, carry).cost <= available)

    most = most_affordable(price, asked, carry, available)

    for unit in price.units:
        step = unit.increment or 1
        found = most[unit.unit]
        more = Quantity(found + step)
        assert found == 0 or cost_with(price, asked, carry, unit.unit, found) <= available
        beyond = cost_with(price, asked, carry, unit.unit, more) > available
        assert beyond or found == MAX_QUANTITY


@given(priced_usage(), st.integers(-500, 500).map(Credits))
@tried(200)
def test_what_is_not_affordable_even_at_none_of_a_unit_affords_none(
    usage: tuple[Price, Mapping[str, Quantity], Carry], available: Credits
) -> None:
    price, asked, carry = usage
    unit = price.units[0].unit
    others = cost_with(price, asked, carry, unit, Quantity(0))
    within = min(available, others - Credits(1)) if others else available

    most = most_affordable(price, asked, carry, within)[unit]

    assert most == 0 or not others


def cost_with(
    price: Price, asked: Mapping[str, Quantity], carry: Carry, unit: str, quantity: Quantity
) -> Credits:
    return rate(price, {**asked, unit: quantity}, carry).cost


@pytest.mark.parametrize(("hundredths", "most"), [(199, 0), (200, 2), (249, 2), (250, 2), (300, 3)])
def test_less_than_the_least_that_is_billed_is_not_affordable(hundredths: int, most: int) -> None:
    unit = UnitPrice(
        unit="call", rate=Rate(ONE), increment=Quantity(ONE), minimum=Quantity(2 * ONE)
    )

    found = most_affordable(one_price(unit), {}, Carry(0), Credits(hundredths))

    assert found == {"call": most * ONE}


def test_what_costs_nothing_is_affordable_without_end() -> None:
    free = one_price(UnitPrice(unit="call", rate=Rate(0)))

    assert most_affordable(free, {}, Carry(0), ZERO) == {"call": MAX_QUANTITY}
    assert most_affordable(free, {}, Carry(0), Credits(-1)) == {"call": MAX_QUANTITY}


def test_what_is_affordable_of_a_dear_unit_takes_the_cheap_one_as_asked() -> None:
    asked = {"call": Quantity(ONE), "minute": Quantity(0)}

    most = most_affordable(CALL, asked, Carry(0), Credits(260))

    assert most["minute"] == parse_millionths("3.219999")
    assert seconds_affordable(most) == 193


@pytest.mark.parametrize(
    ("most", "seconds"),
    [
        ({"message": 5 * ONE}, None),
        ({"second": 90 * ONE + 999_999}, 90),
        ({"hour": ONE // 2, "call": 0}, 1800),
        ({"minute": ONE, "second": 30 * ONE}, 30),
    ],
)
def test_units_of_time_say_how_many_whole_seconds(
    most: dict[str, int], seconds: int | None
) -> None:
    assert seconds_affordable({unit: Quantity(each) for unit, each in most.items()}) == seconds


@given(st.lists(st.integers(0, 20), max_size=6, unique=True), st.integers(0, 20))
@tried(200)
def test_in_force_is_the_latest_version_that_has_begun(starts: list[int], at: int) -> None:
    versions = [one_price(UnitPrice(unit="call", rate=Rate(1)), since=each) for each in starts]

    found = in_force(versions, Instant(at))

    begun = [each for each in starts if each <= at]
    assert (found.effective_from if found else None) == max(begun, default=None)


def test_a_bare_quantity_means_the_only_unit_and_nothing_where_there_are_two() -> None:
    message = one_price(UnitPrice(unit="message", rate=Rate(ONE)))

    assert rate(message, Quantity(2 * ONE), Carry(0)).quantities() == {"message": 2 * ONE}
    with pytest.raises(InvalidRequest) as raised:
        rate(CALL, Quantity(ONE), Carry(0))
    assert raised.value.pointer == "/quantity"


def test_a_foreign_unit_is_refused_by_name() -> None:
    with pytest.raises(InvalidRequest, match="call, minute, not by mb") as raised:
        rate(CALL, {"call": Quantity(ONE), "mb": Quantity(1)}, Carry(0))

    assert raised.value.pointer == "/quantities/mb"


def test_a_cost_beyond_any_balance_is_refused_and_the_largest_is_not() -> None:
    dear = one_price(UnitPrice(unit="call", rate=Rate(10_000 * ONE)))
    most = most_affordable(dear, {}, Carry(0), Credits(MAX_HUNDREDTHS))["call"]

    assert rate(dear, most, Carry(0)).cost == Credits(MAX_HUNDREDTHS)
    with pytest.raises(InvalidRequest, match="beyond any balance"):
        rate(dear, Quantity(most + 1), Carry(0))


@given(st.integers(0, MAX_QUANTITY))
@tried(200)
def test_millionths_read_back_as_they_were_written(millionths: int) -> None:
    assert parse_millionths(format_millionths(millionths)) == millionths


@pytest.mark.parametrize("text", ["", "-1", "1.0000001", "1e3", "1_0", "１", "1" * 13])
def test_other_quantities_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="six places"):
        parse_millionths(text)


@given(
    st.integers(1, 5 * ONE),
    st.sampled_from([0, 300_000, ONE, 7 * ONE]),
    st.sampled_from([0, 2_500_000]),
    st.integers(-100, 100_000),
)
def test_the_most_of_a_counted_unit_is_whole_and_can_be_paid(
    rate_: int, increment: int, minimum: int, hundredths: int
) -> None:
    unit = UnitPrice(
        unit="message",
        rate=Rate(rate_),
        increment=Quantity(increment),
        minimum=Quantity(minimum),
        counted=True,
    )
    price = Price(plan="default", operation="x", effective_from=Instant(0), units=(unit,))

    most = most_affordable(price, Quantity(0), Carry(0), Credits(hundredths))["message"]

    assert most % ONE == 0
    paid = rate(price, {"message": most}, Carry(0)).cost
    assert paid <= max(Credits(hundredths), Credits(0))
    one_more = rate(price, {"message": Quantity(most + ONE)}, Carry(0)).cost
    assert one_more > max(Credits(hundredths), Credits(0)) or most == MAX_QUANTITY


def test_names_of_operations_cannot_be_mistaken_for_the_parts_of_a_version() -> None:
    def version(plan: str, operation: str) -> str:
        return Price(plan=plan, operation=operation, effective_from=Instant(0), units=()).version

    assert version("a", "b#c") != version("a#b", "c")
    assert version("a", "b%23c") != version("a", "b#c")
    assert version("default", "vapi_call") == "default#vapi_call@0"
