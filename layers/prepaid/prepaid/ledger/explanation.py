"""Entries explained: one plain sentence for each, in which no id of ours stands."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import (
    ONE,
    Calculation,
    Line,
    decimal_text,
    format_millionths,
    rate_text,
)

_WORD = re.compile(r"[a-z]{3,}", re.ASCII)

CARRY_PLACES = 12


type Sources = Mapping[int, Entry]
"""The entries that gave credits, by the number of their grants."""


def explain(entry: Entry, sources: Sources | None = None) -> str:
    """Say in one sentence what *entry* did to the account, and why.

    Credits whose entry is not among *sources* are called earlier ones.
    """
    sentence = ", ".join(part for part in _parts(entry, sources or {}) if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def cost_text(line: Line) -> str:
    """Write the exact cost of a line in credits, before any rounding."""
    return decimal_text(line.exact, CARRY_PLACES)


def unit_text(unit: str, quantity: int) -> str:
    """Write the name of a unit after a quantity in millionths: ``"minute"``, ``"minutes"``.

    Only an English word in small letters has a plural; other names, ``mb`` among them, stay.
    """
    if quantity == ONE or _WORD.fullmatch(unit) is None:
        return unit
    if unit.endswith(("s", "x", "z", "ch", "sh")):
        return f"{unit}es"
    if unit.endswith("y") and unit[-2] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}s"


def _parts(entry: Entry, sources: Sources) -> Iterable[str]:
    match entry.kind:
        case EntryKind.USAGE | EntryKind.CAPTURE:
            return _usage(entry, sources)
        case EntryKind.HOLD:
            return _hold(entry)
        case EntryKind.RELEASE:
            return [_release(entry)]
        case EntryKind.EXPIRY:
            return [_expiry(entry, sources)]
        case EntryKind.STATUS:
            return [_status(entry), _reason(entry)]
        case _:
            return _movement(entry, sources)


def _usage(entry: Entry, sources: Sources) -> Iterable[str]:
    waived = f"waived {entry.waived} credits for {entry.operation} as the account is unlimited"
    took = f"took {-entry.amount} credits for {entry.operation}"
    yield (waived if entry.waived else took) + _calculated(entry.calculation)
    yield _burned(entry, sources)
    if entry.shortfall:
        yield f"absorbed {entry.shortfall} credits that the account could not pay"
    if entry.is_part:
        yield f"and left the hold open with {-entry.held_change} credits less"
    elif entry.kind is EntryKind.CAPTURE:
        yield f"and ended the hold of {-entry.held_change} credits"


def _calculated(calculation: Calculation | None) -> str:
    if calculation is None or not calculation.lines:
        return ""
    text = f": {' and '.join(_line(line) for line in calculation.lines)}"
    if calculation.carry_before:
        text += f", adding {decimal_text(calculation.carry_before, CARRY_PLACES)} carried over"
    if calculation.carry_after:
        text += f", carrying on {decimal_text(calculation.carry_after, CARRY_PLACES)} rounded off"
    return text


def _line(line: Line) -> str:
    used = f"{format_millionths(line.quantity)} {unit_text(line.unit, line.quantity)}"
    if line.billed != line.quantity:
        used += f" billed as {format_millionths(line.billed)}"
    return f"{used} × {rate_text(line.rate)} = {cost_text(line)}"


def _burned(entry: Entry, sources: Sources) -> str:
    if not entry.burned:
        return ""
    amounts: dict[str, Credits] = {}
    for each in entry.burned:
        name = _source(sources.get(each.grant_id), entry)
        amounts[name] = amounts.get(name, ZERO) + each.amount
    parts = [f"{amount} from {name}" for name, amount in amounts.items()]
    debt = -entry.amount.hundredths - sum(each.amount.hundredths for each in entry.burned)
    if debt > 0:
        parts.append(f"{debt // 100}.{debt % 100:02d} as debt")
    return f"taking {' and '.join(parts)}"


def _source(given: Entry | None, entry: Entry) -> str:
    """Name the credits that an entry gave by its kind and day, with the year where it differs."""
    if given is None:
        return "earlier credits"
    day = datetime.fromtimestamp(given.posted_at, tz=UTC)
    year = "" if day.year == datetime.fromtimestamp(entry.posted_at, tz=UTC).year else " %Y"
    names = {EntryKind.PURCHASE: "your purchase of", EntryKind.BONUS: "your bonus of"}
    name = names.get(given.kind, "the credits given on")
    return f"{name} {day.day} {day.strftime('%B' + year)}"


def _expiry(entry: Entry, sources: Sources) -> str:
    given = None if entry.grant_id is None else sources.get(entry.grant_id)
    name = f" of {_source(given, entry)}" if given else ""
    return f"{-entry.amount} credits{name} expired unused"


def _hold(entry: Entry) -> Iterable[str]:
    if entry.extends:
        yield from _extension(entry)
    elif entry.waived:
        yield f"opened a hold for {entry.operation} without setting credits aside"
        yield f"because the account is unlimited{_calculated(entry.calculation)}"
    else:
        aside = f"set {entry.held_change} credits aside for {entry.operation}"
        yield aside + _calculated(entry.calculation)


def _extension(entry: Entry) -> Iterable[str]:
    added = f"set {entry.held_change} credits more aside for {entry.operation}"
    yield added if entry.held_change else f"extended the hold for {entry.operation}"
    if entry.waived:
        yield "without setting credits aside because the account is unlimited"
    if entry.hold_expires_at is not None:
        ends = datetime.fromtimestamp(entry.hold_expires_at, tz=UTC)
        yield f"and the hold now ends on {ends.day} {ends.strftime('%B %Y at %H:%M:%S UTC')}"


def _release(entry: Entry) -> str:
    how = "expired" if entry.actor == "system" else "was voided"
    return f"the hold for {entry.operation} {how} and released {-entry.held_change} credits"


def _status(entry: Entry) -> str:
    words = {True: "unlimited", False: "limited"}
    changed = [words[v] if isinstance(v, bool) else str(v) for v in entry.changed.values()]
    return f"the account became {' and '.join(changed)}"


def _movement(entry: Entry, sources: Sources) -> Iterable[str]:
    added = entry.amount.hundredths > 0
    amount = entry.amount if added else -entry.amount
    yield f"{entry.kind} {'added' if added else 'took'} {amount} credits"
    yield _burned(entry, sources)
    if entry.debt_paid:
        yield f"of which {entry.debt_paid} paid debt"
    yield _reason(entry)


def _reason(entry: Entry) -> str:
    return f"because: {entry.reason}" if entry.reason else ""
