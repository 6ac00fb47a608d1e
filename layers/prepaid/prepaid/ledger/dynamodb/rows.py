"""Rows inside items: positional lists of integers and short texts keep an account small."""

from collections.abc import Sequence

from prepaid.domain.account import DEFAULT_PLAN, Threshold
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import (
    DEFAULT_CURRENCY,
    DEFAULT_PRIORITY,
    Burn,
    Grant,
    GrantKind,
)
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.domain.limits import Limit, LimitOwner, Window
from prepaid.domain.pricing import Calculation, Carry, Line, Quantity, Rate
from prepaid.dynamodb.values import Row

_GRANT_KINDS = {
    "p": GrantKind.PURCHASED,
    "b": GrantKind.BONUS,
    "m": GrantKind.PROMOTIONAL,
    "a": GrantKind.ADJUSTMENT,
    "r": GrantKind.RESTORED,
}
_GRANT_LETTERS = {kind: letter for letter, kind in _GRANT_KINDS.items()}
_GRANT_DEFAULTS: Row = [0, DEFAULT_PRIORITY, 0, 0, "", DEFAULT_CURRENCY]
_BURN_DEFAULTS: Row = [0, DEFAULT_PRIORITY, 0, DEFAULT_CURRENCY]
_WINDOWS = {"h": Window.HOUR, "d": Window.DAY, "m": Window.MONTH}
_WINDOW_LETTERS = {window: letter for letter, window in _WINDOWS.items()}
_OWNERS = {"u": LimitOwner.USER, "a": LimitOwner.ADMIN, "d": LimitOwner.DEFAULT}
_OWNER_LETTERS = {owner: letter for letter, owner in _OWNERS.items()}
_LIMIT_DEFAULTS: Row = [0, 0, 0, "u"]
_HOLD_DEFAULTS: Row = [str(Writer.SERVICE), DEFAULT_PLAN, "", 0, []]


def _without_defaults(first: Row, rest: Row, defaults: Row) -> Row:
    """Return *first* and *rest* without those trailing elements of *rest* that are defaults."""
    while rest and rest[-1] == defaults[len(rest) - 1]:
        rest = rest[:-1]
    return [*first, *rest]


def grant_to_row(grant: Grant) -> Row:
    """Write a grant; trailing elements that have their default are left out.

    ``[id, kind, amount, remaining, expires_at or 0, priority, cost basis, origin or 0, schedule,
    currency]``
    """
    return _without_defaults(
        [
            grant.grant_id,
            _GRANT_LETTERS[grant.kind],
            grant.amount.hundredths,
            grant.remaining.hundredths,
        ],
        [
            grant.expires_at or 0,
            grant.priority,
            grant.cost_basis,
            grant.origin or 0,
            grant.schedule or "",
            grant.currency,
        ],
        _GRANT_DEFAULTS,
    )


def grant_from_row(row: Row) -> Grant:
    """Read a grant; the first release wrote the first seven elements."""
    grant_id, kind, amount, remaining, *rest = row
    expires_at, priority, cost_basis, origin, schedule, currency = _whole(rest, _GRANT_DEFAULTS)
    return Grant(
        grant_id=int(grant_id),
        kind=_GRANT_KINDS[kind],
        amount=Credits(int(amount)),
        remaining=Credits(int(remaining)),
        expires_at=Instant(int(expires_at)) if expires_at else None,
        priority=int(priority),
        cost_basis=int(cost_basis),
        origin=int(origin) or None,
        schedule=schedule or None,
        currency=currency,
    )


def _whole(rest: Row, defaults: Row) -> Row:
    """Return *rest* with the defaults that were left out."""
    return [*rest, *defaults[len(rest) :]]


def hold_to_row(hold: Hold, operations: Sequence[str]) -> Row:
    """Write a hold; trailing elements that have their default are left out.

    ``[id, amount, expires_at, index of its operation, seconds open, maker, plan, "", parts,
    [unit, used by the parts, …]]``; the seconds are those from when it was opened, and where an
    empty text stands there is room for the variant of a price.
    """
    used = [each for unit in hold.used.items() for each in unit]
    return _without_defaults(
        [
            hold.number,
            hold.amount.hundredths,
            hold.expires_at,
            operations.index(hold.operation),
            hold.expires_at - hold.opened_at,
        ],
        [str(hold.maker), hold.plan, "", hold.parts, used],
        _HOLD_DEFAULTS,
    )


def hold_from_row(row: Row, operations: Sequence[str]) -> Hold:
    """Read a hold.

    The first release wrote ``[id, amount, expires_at, operation, maker, price_from, plan]``. At
    *price_from* the same version of its price was in force as when it was opened.
    """
    hold_id, amount, expires_at, operation, *rest = row
    parts, used = 0, []
    if isinstance(operation, str):
        maker, opened_at, plan = rest
    else:
        operation = operations[operation]
        opened_at = expires_at - rest[0]
        maker, plan, _, parts, used = _whole(rest[1:], _HOLD_DEFAULTS)
    return Hold(
        number=int(hold_id),
        amount=Credits(int(amount)),
        expires_at=Instant(int(expires_at)),
        operation=operation,
        maker=Writer(maker),
        plan=plan,
        opened_at=Instant(int(opened_at)),
        parts=int(parts),
        used={
            unit: Quantity(int(quantity))
            for unit, quantity in zip(used[::2], used[1::2], strict=True)
        },
    )


def thresholds_to_rows(thresholds: Sequence[Threshold]) -> list[Row]:
    """Write thresholds as ``[[at, alerted_at], …]``; one whose announcement is open ends with 1."""
    return [
        [each.at.hundredths, each.alerted_at, *([1] if each.open else [])] for each in thresholds
    ]


def thresholds_from_rows(rows: Sequence[Row]) -> tuple[Threshold, ...]:
    """Read thresholds."""
    return tuple(
        Threshold(at=Credits(int(at)), alerted_at=Instant(int(alerted_at)), open=bool(opened))
        for at, alerted_at, *opened in rows
    )


def limits_to_rows(limits: Sequence[Limit], operations: Sequence[str]) -> list[Row]:
    """Write limits; trailing elements that have their default are left out.

    ``[index of its operation or "", window, amount, used, hour, level, by]``; a default limit
    has no amount of its own, and no row until it has counted something.
    """
    counting = [each for each in limits if each.by is not LimitOwner.DEFAULT or each.used]
    return [_limit_to_row(each, operations) for each in counting]


def _limit_to_row(limit: Limit, operations: Sequence[str]) -> Row:
    amount = 0 if limit.by is LimitOwner.DEFAULT else limit.amount.hundredths
    return _without_defaults(
        [
            "" if limit.operation is None else operations.index(limit.operation),
            _WINDOW_LETTERS[limit.window],
            amount,
        ],
        [limit.used.hundredths, limit.hour, limit.level, _OWNER_LETTERS[limit.by]],
        _LIMIT_DEFAULTS,
    )


def limits_from_rows(rows: Row, operations: Sequence[str]) -> tuple[Limit, ...]:
    """Read limits.

    Earlier releases wrote ``[daily, monthly]``, which nobody could set and nothing enforced: there
    is no limit in it.
    """
    return tuple(_limit(row, operations) for row in rows if isinstance(row, list))


def _limit(row: Row, operations: Sequence[str]) -> Limit:
    operation, window, amount, *rest = row
    used, hour, level, by = _whole(rest, _LIMIT_DEFAULTS)
    return Limit(
        operation=operations[operation] if isinstance(operation, int) else None,
        window=_WINDOWS[window],
        amount=Credits(int(amount)),
        used=Credits(int(used)),
        hour=int(hour),
        level=int(level),
        by=_OWNERS[by],
    )


def calculation_to_row(calculation: Calculation) -> Row:
    """Write ``[version, carry_before, carry_after, cost, [[unit, used, billed, rate], …]]``."""
    return [
        calculation.price_version,
        calculation.carry_before,
        calculation.carry_after,
        calculation.cost.hundredths,
        [[line.unit, line.quantity, line.billed, line.rate] for line in calculation.lines],
    ]


def calculation_from_row(row: Row) -> Calculation:
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


def burned_to_rows(burned: Sequence[Burn]) -> list[Row]:
    """Write what was taken from each grant, or returned to it, with the terms it had.

    ``[grant id, amount, basis, kind, ends or 0, priority, origin or 0, currency]``; trailing
    elements that have their default are left out.
    """
    return [_of_part(each) for each in burned]


def _of_part(part: Burn) -> Row:
    if part.kind is None:
        return [part.grant_id, part.amount.hundredths]
    return _without_defaults(
        [part.grant_id, part.amount.hundredths, part.basis, _GRANT_LETTERS[part.kind]],
        [part.ends or 0, part.priority, part.origin or 0, part.currency],
        _BURN_DEFAULTS,
    )


def burned_from_rows(rows: list[Row]) -> tuple[Burn, ...]:
    """Read what was taken from each grant; the first release wrote ``[grant id, amount]``."""
    return tuple(_part(row) for row in rows)


def _part(row: Row) -> Burn:
    grant_id, amount, *terms = row
    if not terms:
        return Burn(int(grant_id), Credits(int(amount)))
    basis, kind, *rest = terms
    ends, priority, origin, currency = _whole(rest, _BURN_DEFAULTS)
    return Burn(
        int(grant_id),
        Credits(int(amount)),
        basis=int(basis),
        kind=_GRANT_KINDS[kind],
        ends=Instant(int(ends)) if ends else None,
        priority=int(priority),
        origin=int(origin) or None,
        currency=currency,
    )
