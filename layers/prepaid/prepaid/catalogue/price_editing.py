"""Editing prices: versions are announced ahead, never edited, and withdrawn before they begin.

A new version begins at least `LEAD_SECONDS` ahead, two lifetimes of the cache: every function has
read it by then, and from its first moment on all of them price by it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from prepaid.catalogue.ports import LIFETIME_SECONDS, PriceEditor
from prepaid.catalogue.versions import OperationPrices, PriceChange
from prepaid.domain.auditing import NOTHING, AdminAct, AuditRow
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, NotFound, PreconditionFailed
from prepaid.domain.pricing import Price, UnitPrice, format_millionths, rate_text, version_named

LEAD_SECONDS = 2 * LIFETIME_SECONDS
"""How far ahead of its announcement a version begins at least."""
MAX_VERSIONS = 500
"""The most versions of one operation's price: whatever prices it reads all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A version to announce, as soon as may be without a moment.

    `seen` is the version of the operation's prices that was read.
    """

    plan: str
    operation: str
    units: tuple[UnitPrice, ...]
    effective_from: Instant | None
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """One version of a price with all of its operation."""

    price: Price
    prices: OperationPrices


def announce_price(editor: PriceEditor, wanted: NewVersion, by: AdminAct) -> ShownVersion:
    """Write a new version of an operation's price.

    Raises `PreconditionFailed` where the prices are no longer as they were read, `InvalidRequest`
    for one that begins too early, or at the moment of another, and `Unavailable`.
    """
    read = editor.prices_of(wanted.plan, wanted.operation)
    if read.version != wanted.seen:
        raise PreconditionFailed
    price = new_version(read, wanted.units, wanted.effective_from, by.now)
    change = PriceChange(read=read, add=price)
    editor.change_prices(change, audit_of_price(price, by, "create_price", after=price))
    return ShownVersion(price=price, prices=changed(change))


def withdraw_price(editor: PriceEditor, version: str, by: AdminAct) -> ShownVersion:
    """Take back a version that is still to come, or end the one in force.

    What begins `LEAD_SECONDS` from now, or later, is deleted: nothing was priced by it. What is in
    force, or is about to be, is followed by a version that says the price has ended. What is past
    stays as it is, because entries name it. Raises `NotFound`, `PreconditionFailed`, `Unavailable`.
    """
    read, price = _found(editor, version)
    ends = Instant(by.now + LEAD_SECONDS)
    if price.effective_from >= ends:
        change = PriceChange(read=read, remove=price)
        editor.change_prices(change, audit_of_price(price, by, "delete_price", before=price))
        return ShownVersion(price=price, prices=changed(change))
    later = [each for each in read.versions if each.effective_from > price.effective_from]
    if price.ended or any(each.effective_from <= ends for each in later):
        return ShownVersion(price=price, prices=read)
    end = Price(
        plan=price.plan, operation=price.operation, effective_from=ends, units=(), ended=True
    )
    change = PriceChange(read=read, add=end)
    editor.change_prices(change, audit_of_price(price, by, "end_price", before=price, after=end))
    return ShownVersion(price=price, prices=changed(change))


def new_version(
    read: OperationPrices, units: Sequence[UnitPrice], begins: Instant | None, now: Instant
) -> Price:
    """Return the version that follows those that were *read*. Raises `InvalidRequest`."""
    earliest = Instant(now + LEAD_SECONDS)
    taken = {each.effective_from for each in read.versions}
    starts = _free(earliest, taken) if begins is None else begins
    if starts < earliest:
        raise InvalidRequest(
            f"A price begins at least {LEAD_SECONDS} seconds ahead; leave it out for the earliest.",
            pointer="/effective_from",
        )
    if starts in taken:
        raise InvalidRequest("Another version begins at that moment.", pointer="/effective_from")
    if len(read.versions) >= MAX_VERSIONS:
        raise InvalidRequest("The operation has too many versions.", pointer="/operation")
    return Price(
        plan=read.plan, operation=read.operation, effective_from=starts, units=tuple(units)
    )


def _free(earliest: Instant, taken: Collection[Instant]) -> Instant:
    """Return the first second from *earliest* on at which no version begins."""
    while earliest in taken:
        earliest = Instant(earliest + 1)
    return earliest


def changed(change: PriceChange) -> OperationPrices:
    """Return the prices as a change leaves them."""
    read = change.read
    versions = [each for each in (*read.versions, change.add) if each and each != change.remove]
    return OperationPrices(
        plan=read.plan,
        operation=read.operation,
        versions=tuple(sorted(versions, key=lambda each: each.effective_from)),
        version=read.version + 1,
    )


def audit_of_price(
    price: Price,
    by: AdminAct,
    action: str,
    *,
    before: Price | None = None,
    after: Price | None = None,
) -> AuditRow:
    """Return what an admin did to a version of a price."""
    return by.audit(
        action,
        price.version,
        before=_shown(before) if before else NOTHING,
        after=_shown(after) if after else NOTHING,
    )


def shown_units(units: Sequence[UnitPrice]) -> list[Mapping[str, object]]:
    """Return prices of units as an audit shows them."""
    return [
        {
            "unit": each.unit,
            "rate": rate_text(each.rate),
            "increment": format_millionths(each.increment),
            "minimum": format_millionths(each.minimum),
            "counted": each.counted,
        }
        for each in units
    ]


def _shown(price: Price) -> Mapping[str, object]:
    return {
        "plan": price.plan,
        "operation": price.operation,
        "effective_from": price.effective_from,
        "ended": price.ended,
        "units": shown_units(price.units),
    }


def _found(editor: PriceEditor, version: str) -> tuple[OperationPrices, Price]:
    named = version_named(version)
    if named is not None:
        plan, operation, effective_from = named
        read = editor.prices_of(plan, operation)
        for price in read.versions:
            if price.effective_from == effective_from:
                return read, price
    raise NotFound("There is no such version of a price.")
