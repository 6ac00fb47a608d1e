"""Usage counters inside items: one row for each operation, its name and its units written once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from prepaid.domain.credits import Credits
from prepaid.domain.pricing import Carry, Quantity
from prepaid.domain.usage import Counter, Portions

type Row = list[Any]  # int, str, None and list, as `values` reads them

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Count days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(int(number) + _EPOCH)


def operations_to_rows(
    carry: Mapping[str, Carry], usage: Portions, day: date, held: Sequence[str]
) -> list[Row]:
    """Write ``[[operation, carry, count, credits, waived, reversed, unit, quantity, …], …]``.

    Whatever has a carry, was used on *day*, or is *held*: a hold names its operation by its place
    in this list. What has not been used ends after its carry, what has none after its name.
    """
    counted = _by_operation(usage)
    rows: list[Row] = []
    for name in dict.fromkeys([*carry, *counted, *held]):
        left = carry.get(name, 0)
        if name in counted:
            rows.append([name, left, *_of_usage(counted[name], day)])
        else:
            rows.append([name, left] if left else [name])
    return rows


def operations_from_rows(rows: Sequence[Row], day: date) -> tuple[dict[str, Carry], Portions]:
    """Read carries, and the counters of *day* by the UTC days that it touches."""
    carry: dict[str, Carry] = {}
    usage: dict[date, dict[str, Counter]] = {}
    for name, left, *used in ([*row, 0][: max(len(row), 2)] for row in rows):
        if left:
            carry[name] = Carry(int(left))
        if used:
            _read(usage, name, used, day)
    return carry, usage


def portions_to_rows(portions: Portions, day: date) -> list[Row]:
    """Write a closed day as ``[[operation, count, credits, waived, reversed, …], …]``."""
    counted = _by_operation(portions)
    return [[name, *_of_usage(used, day)] for name, used in counted.items()]


def portions_from_rows(rows: Sequence[Row], day: date) -> Portions:
    """Read a closed day's counters."""
    usage: dict[date, dict[str, Counter]] = {}
    for name, *used in rows:
        _read(usage, name, used, day)
    return usage


def first_operations(rows: Mapping[str, Row]) -> tuple[dict[str, Carry], Portions]:
    """Read what the first release wrote: ``{operation: [carry, month, UTC day, counter, …]}``.

    The month's counter is passed over: a month is the sum of its days.
    """
    carry: dict[str, Carry] = {}
    usage: dict[date, dict[str, Counter]] = {}
    for name, (left, _month, *used) in rows.items():
        if left:
            carry[name] = Carry(int(left))
        for number, row in zip(used[::2], used[1::2], strict=True):
            usage.setdefault(day_of(number), {})[name] = _first_counter(row)
    return carry, usage


def first_portions(rows: Mapping[str, Mapping[str, Row]]) -> Portions:
    """Read a closed day of the first release: ``{UTC day: {operation: counter}}``."""
    return {
        day_of(int(number)): {name: _first_counter(row) for name, row in portion.items()}
        for number, portion in rows.items()
    }


def _first_counter(row: Row) -> Counter:
    count, taken, waived, *units = row
    pairs = zip(units[::2], units[1::2], strict=True)
    return _counter([count, taken, waived, 0], dict(pairs))


def _by_operation(portions: Portions) -> dict[str, dict[date, Counter]]:
    counted: dict[str, dict[date, Counter]] = {}
    for day, portion in portions.items():
        for name, counter in portion.items():
            counted.setdefault(name, {})[day] = counter
    return counted


def _of_usage(counted: Mapping[date, Counter], day: date) -> Row:
    """Write a UTC day's counter with its units, then the other days' without.

    The first one belongs to the UTC day that has the date of *day*, unless a number follows that
    says how many days away it is; a second number is its provider cost. Each other one is
    ``[days away, count, …, quantity, …, provider cost]``. A provider cost of 0 is left out; without
    one a portion leaves out what was waived and reversed too, where both are 0.
    """
    first, *others = sorted(counted, key=lambda each: (each != day, each))
    units = list(dict.fromkeys(unit for each in counted.values() for unit in each.units))
    row = _amounts(counted[first])
    for unit in units:
        row += [unit, counted[first].units.get(unit)]
    cost = _cost(counted[first])
    if first != day or cost:
        row += [(first - day).days, *cost]
    for each in others:
        quantities = [counted[each].units.get(unit) for unit in units]
        cost = _cost(counted[each])
        amounts = _amounts(counted[each])
        if not (cost or any(amounts[2:])):
            amounts = amounts[:2]
        row.append([(each - day).days, *amounts, *quantities, *cost])
    return row


def _cost(counter: Counter) -> Row:
    return [counter.provider_cost] if counter.provider_cost else []


def _read(usage: dict[date, dict[str, Counter]], name: str, row: Row, day: date) -> None:
    amounts, rest = row[:4], row[4:]
    names: list[str] = []
    quantities: Row = []
    while rest and isinstance(rest[0], str):
        unit, quantity, *rest = rest
        names.append(unit)
        quantities.append(quantity)
    numbers = [each for each in rest if isinstance(each, int)]
    portions = [[*(numbers[:1] or [0]), *amounts, *quantities, *numbers[1:]], *rest[len(numbers) :]]
    for away, *each in portions:
        if len(each) == 2 + len(names):
            each[2:2] = [0, 0]
        last = 4 + len(names)
        units = dict(zip(names, each[4:last], strict=True))
        counter = _counter(each[:4], units, *each[last:])
        usage.setdefault(day + timedelta(int(away)), {})[name] = counter


def _amounts(counter: Counter) -> Row:
    taken, waived, back = counter.credits, counter.waived, counter.reversed
    return [counter.count, taken.hundredths, waived.hundredths, back.hundredths]


def _counter(amounts: Row, units: Mapping[str, int | None], provider_cost: int = 0) -> Counter:
    count, taken, waived, back = amounts
    return Counter(
        count=int(count),
        credits=Credits(int(taken)),
        waived=Credits(int(waived)),
        reversed=Credits(int(back)),
        units={unit: Quantity(int(used)) for unit, used in units.items() if used is not None},
        provider_cost=int(provider_cost),
    )
