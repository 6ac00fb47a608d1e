"""Entries explained: one plain sentence for each, made of nothing but the entry itself."""

from collections.abc import Iterable

from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import Calculation, Line, format_millionths

RATE_PLACES = 6
CARRY_PLACES = 12


def explain(entry: Entry) -> str:
    """Say in one sentence what *entry* did to the account, and why."""
    sentence = ", ".join(part for part in _parts(entry) if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def rate_text(rate: int) -> str:
    """Write a rate in millionths of a credit with two to six places: ``"0.50"``."""
    return decimal_text(rate, RATE_PLACES)


def decimal_text(number: int, places: int) -> str:
    """Write *number* units of 10⁻ᵖˡᵃᶜᵉˢ exactly, with at least two places."""
    whole, rest = divmod(number, 10**places)
    digits = f"{rest:0{places}d}"
    return f"{whole}.{digits[:2]}{digits[2:].rstrip('0')}"


def _parts(entry: Entry) -> Iterable[str]:
    match entry.kind:
        case EntryKind.USAGE | EntryKind.CAPTURE:
            return _usage(entry)
        case EntryKind.HOLD:
            return _hold(entry)
        case EntryKind.RELEASE:
            return [_release(entry)]
        case EntryKind.EXPIRY:
            return [f"{-entry.amount} credits of grant g{entry.grant_id} expired unused"]
        case EntryKind.STATUS:
            return [_status(entry), _reason(entry)]
        case _:
            return _movement(entry)


def _usage(entry: Entry) -> Iterable[str]:
    waived = f"waived {entry.waived} credits for {entry.operation} as the account is unlimited"
    took = f"took {-entry.amount} credits for {entry.operation}"
    yield waived if entry.waived else took
    if entry.calculation:
        yield _calculated(entry.calculation)
    yield _burned(entry)
    if entry.shortfall:
        yield f"absorbed {entry.shortfall} credits that the account could not pay"
    if entry.kind is EntryKind.CAPTURE:
        yield f"and ended hold {entry.hold_id} of {-entry.held_change} credits"


def _calculated(calculation: Calculation) -> str:
    lines = " and ".join(_line(line) for line in calculation.lines)
    text = f"priced by {calculation.price_version} at {lines}"
    if calculation.carry_before:
        text += f", adding {decimal_text(calculation.carry_before, CARRY_PLACES)} carried over"
    if calculation.carry_after:
        text += f", carrying on {decimal_text(calculation.carry_after, CARRY_PLACES)} rounded off"
    return text


def _line(line: Line) -> str:
    used = f"{format_millionths(line.quantity)} {line.unit}"
    if line.billed != line.quantity:
        used += f" billed as {format_millionths(line.billed)}"
    return f"{used} × {rate_text(line.rate)}"


def _burned(entry: Entry) -> str:
    if not entry.burned:
        return ""
    parts = [f"{each.amount} from grant g{each.grant_id}" for each in entry.burned]
    debt = -entry.amount.hundredths - sum(each.amount.hundredths for each in entry.burned)
    if debt > 0:
        parts.append(f"{debt // 100}.{debt % 100:02d} as debt")
    return f"taking {' and '.join(parts)}"


def _hold(entry: Entry) -> Iterable[str]:
    if entry.waived:
        yield f"opened hold {entry.hold_id} for {entry.operation} without setting credits aside"
        yield "because the account is unlimited"
    else:
        yield f"set {entry.held_change} credits aside for {entry.operation} in hold {entry.hold_id}"
    if entry.calculation:
        yield _calculated(entry.calculation)


def _release(entry: Entry) -> str:
    how = "expired" if entry.actor == "system" else "was voided"
    return (
        f"hold {entry.hold_id} for {entry.operation} {how} and released "
        f"{-entry.held_change} credits"
    )


def _status(entry: Entry) -> str:
    words = {True: "unlimited", False: "limited"}
    changed = [words[v] if isinstance(v, bool) else str(v) for v in entry.changed.values()]
    return f"the account became {' and '.join(changed)}"


def _movement(entry: Entry) -> Iterable[str]:
    added = entry.amount.hundredths > 0
    amount = entry.amount if added else -entry.amount
    yield f"{entry.kind} {'added' if added else 'took'} {amount} credits"
    if entry.grant_id is not None:
        yield f"as grant g{entry.grant_id}"
    yield _burned(entry)
    if entry.debt_paid:
        yield f"of which {entry.debt_paid} paid debt"
    yield _reason(entry)


def _reason(entry: Entry) -> str:
    return f"because: {entry.reason}" if entry.reason else ""
