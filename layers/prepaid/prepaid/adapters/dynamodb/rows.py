"""Rows inside items: positional lists of integers and short texts keep an account small."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from prepaid.domain.account import DEFAULT_THRESHOLDS, Limits, Threshold
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import Burn, Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import Calculation, Carry, Line, Quantity, Rate, UnitPrice
from prepaid.domain.usage import Counter, Counters, Portions

type Row = list[Any]  # int, str, None, list and dict, as `values` reads them

_GRANT_KINDS = {
    "p": GrantKind.PURCHASED,
    "b": GrantKind.BONUS,
    "m": GrantKind.PROMOTIONAL,
    "a": GrantKind.ADJUSTMENT,
    "r": GrantKind.RESTORED,
}
_GRANT_LETTERS = {kind: letter for letter, kind in _GRANT_KINDS.items()}
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Count days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(int(number) + _EPOCH)


def of_grant(grant: Grant) -> Row:
    """Write a grant as ``[id, kind, amount, remaining, expires_at or 0, priority, cost_basis]``."""
    return [
        grant.grant_id,
        _GRANT_LETTERS[grant.kind],
        grant.amount.hundredths,
        grant.remaining.hundredths,
        grant.expires_at or 0,
        grant.priority,
        grant.cost_basis,
    ]


def grant(row: Row) -> Grant:
    """Read a grant."""
    grant_id, kind, amount, remaining, expires_at, priority, cost_basis = row
    return Grant(
        grant_id=int(grant_id),
        kind=_GRANT_KINDS[kind],
        amount=Credits(int(amount)),
        remaining=Credits(int(remaining)),
        expires_at=Instant(int(expires_at)) if expires_at else None,
        priority=int(priority),
        cost_basis=int(cost_basis),
    )


def of_hold(hold: Hold) -> Row:
    """Write a hold as ``[id, amount, expires_at, operation, maker, price_from, plan]``."""
    return [
        hold.hold_id,
        hold.amount.hundredths,
        hold.expires_at,
        hold.operation,
        str(hold.maker),
        hold.price_from,
        hold.plan,
    ]


def hold(row: Row) -> Hold:
    """Read a hold."""
    hold_id, amount, expires_at, operation, maker, price_from, plan = row
    return Hold(
        hold_id=int(hold_id),
        amount=Credits(int(amount)),
        expires_at=Instant(int(expires_at)),
        operation=operation,
        maker=Writer(maker),
        plan=plan,
        price_from=Instant(int(price_from)),
    )


def of_thresholds(thresholds: tuple[Threshold, ...]) -> list[Row] | None:
    """Write thresholds as ``[[at, alerted_at], …]``, or nothing where nobody chose any yet."""
    if thresholds == DEFAULT_THRESHOLDS:
        return None
    return [[each.at.hundredths, each.alerted_at] for each in thresholds]


def thresholds(rows: list[Row] | None) -> tuple[Threshold, ...]:
    """Read thresholds."""
    if rows is None:
        return DEFAULT_THRESHOLDS
    return tuple(
        Threshold(at=Credits(int(at)), alerted_at=Instant(int(alerted_at)))
        for at, alerted_at in rows
    )


def of_limits(limits: Limits) -> Row:
    """Write limits as ``[daily, monthly]``, each an amount or null."""
    return [each if each is None else each.hundredths for each in (limits.daily, limits.monthly)]


def limits(row: Row) -> Limits:
    """Read limits."""
    daily, monthly = (each if each is None else Credits(int(each)) for each in row)
    return Limits(daily=daily, monthly=monthly)


def of_operations(carry: Mapping[str, Carry], month: Counters, today: Portions) -> dict[str, Row]:
    """Write ``{operation: [carry, month's counter, UTC day, its counter, …]}``.

    Each name is written once; what an operation has none of is null.
    """
    names = dict.fromkeys([*carry, *month, *(name for each in today.values() for name in each)])
    return {
        name: [
            carry.get(name),
            of_counter(month[name]) if name in month else None,
            *(
                part
                for day, portion in today.items()
                if name in portion
                for part in (day_number(day), of_counter(portion[name]))
            ),
        ]
        for name in names
    }


def operations(rows: Mapping[str, Row]) -> tuple[dict[str, Carry], Counters, Portions]:
    """Read carries, the month's counters, and the current day's by UTC day."""
    carry: dict[str, Carry] = {}
    month: dict[str, Counter] = {}
    today: dict[date, dict[str, Counter]] = {}
    for name, (left, in_month, *portions) in rows.items():
        if left is not None:
            carry[name] = Carry(int(left))
        if in_month is not None:
            month[name] = counter(in_month)
        for day, row in zip(portions[::2], portions[1::2], strict=True):
            today.setdefault(day_of(day), {})[name] = counter(row)
    return carry, month, today


def of_counter(counter: Counter) -> Row:
    """Write a counter as ``[count, credits, waived, unit, quantity, …]``."""
    return [
        counter.count,
        counter.credits.hundredths,
        counter.waived.hundredths,
        *(each for pair in counter.units.items() for each in pair),
    ]


def counter(row: Row) -> Counter:
    """Read a counter."""
    count, taken, waived, *units = row
    return Counter(
        count=int(count),
        credits=Credits(int(taken)),
        waived=Credits(int(waived)),
        units={
            unit: Quantity(int(quantity))
            for unit, quantity in zip(units[::2], units[1::2], strict=True)
        },
    )


def of_portions(portions: Portions) -> dict[str, dict[str, Row]]:
    """Write a closed day's counters by the number of the UTC day that they belong to."""
    return {
        str(day_number(day)): {name: of_counter(each) for name, each in portion.items()}
        for day, portion in portions.items()
    }


def portions(rows: Mapping[str, Mapping[str, Row]]) -> Portions:
    """Read a closed day's counters."""
    return {
        day_of(int(number)): {name: counter(row) for name, row in portion.items()}
        for number, portion in rows.items()
    }


def of_calculation(calculation: Calculation) -> Row:
    """Write ``[version, carry_before, carry_after, cost, [[unit, used, billed, rate], …]]``."""
    return [
        calculation.price_version,
        calculation.carry_before,
        calculation.carry_after,
        calculation.cost.hundredths,
        [[line.unit, line.quantity, line.billed, line.rate] for line in calculation.lines],
    ]


def calculation(row: Row) -> Calculation:
    """Read a calculation."""
    version, before, after, cost, lines = row
    return Calculation(
        price_version=version,
        carry_before=Carry(int(before)),
        carry_after=Carry(int(after)),
        cost=Credits(int(cost)),
        lines=tuple(
            Line(
                unit=unit,
                quantity=Quantity(int(used)),
                billed=Quantity(int(billed)),
                rate=Rate(int(rate)),
            )
            for unit, used, billed, rate in lines
        ),
    )


def of_burned(burned: Sequence[Burn]) -> list[Row]:
    """Write what was taken from each grant as ``[grant id, amount]``."""
    return [[each.grant_id, each.amount.hundredths] for each in burned]


def burned(rows: list[Row]) -> tuple[Burn, ...]:
    """Read what was taken from each grant."""
    return tuple(Burn(int(grant_id), Credits(int(amount))) for grant_id, amount in rows)


def of_unit_price(price: UnitPrice) -> Row:
    """Write ``[unit, rate, increment, minimum, description, counted?]``."""
    row = [price.unit, price.rate, price.increment, price.minimum, price.description]
    return [*row, True] if price.counted else row


def unit_price(row: Row) -> UnitPrice:
    """Read the price of a unit."""
    unit, rate, increment, minimum, description, *counted = row
    return UnitPrice(
        unit=unit,
        rate=Rate(int(rate)),
        increment=Quantity(int(increment)),
        minimum=Quantity(int(minimum)),
        description=description,
        counted=counted == [True],
    )
