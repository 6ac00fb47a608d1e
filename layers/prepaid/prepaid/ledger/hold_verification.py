"""Verification of holds: what each sets aside, that it ends once, and what its parts have used."""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping, Sequence

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import Quantity

_ENDS = frozenset({EntryKind.CAPTURE, EntryKind.RELEASE})


def held(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    """Add up what each hold was given and what was taken from it; an ended one has nothing left."""
    sums: dict[int, Credits] = {}
    for entry in entries:
        if entry.hold_id is not None:
            sums[entry.hold_id] = sums.get(entry.hold_id, ZERO) + entry.held_change
    open_holds = {hold.number: hold.amount for hold in account.holds}
    for hold_id in sums.keys() | open_holds.keys():
        by_entries, by_account = sums.get(hold_id, ZERO), open_holds.get(hold_id, ZERO)
        if by_entries != by_account:
            yield f"hold {hold_id} holds {by_account}, its entries add up to {by_entries}"


def hold_ends(entries: Sequence[Entry]) -> Iterator[str]:
    """Count the ends of each hold: captures and releases, but for captures of parts.

    An end stands under the hold's own key, a part under a key of its own.
    """
    ends: Tally[int] = Tally()
    for entry in entries:
        if entry.hold_id is not None and entry.kind in _ENDS:
            under_its_key = entry.key == keys.hold_end(entry.hold_id)
            ends[entry.hold_id] += not entry.is_part
            if under_its_key == entry.is_part:
                yield f"entry {entry.seq} of hold {entry.hold_id} stands under {entry.key}"
    for hold_id, times in ends.items():
        if times > 1:
            yield f"hold {hold_id} ended {times} times"


def parts(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    """Hold what an open hold says of its parts to their entries."""
    part_counts: Tally[int] = Tally()
    used: dict[int, dict[str, Quantity]] = {}
    for entry in entries:
        if entry.is_part and entry.hold_id is not None:
            part_counts[entry.hold_id] += 1
            units = used.setdefault(entry.hold_id, {})
            for unit, quantity in _quantities(entry).items():
                units[unit] = Quantity(units.get(unit, 0) + quantity)
    for hold in account.holds:
        by_entries = part_counts[hold.number], used.get(hold.number, {})
        if (hold.parts, hold.used) != by_entries:
            yield f"hold {hold.number} counts {hold.parts} parts, its entries {by_entries[0]}"


def uses(entries: Sequence[Entry]) -> Iterator[int]:
    """Say for each entry how many uses it adds: the parts of a hold and its last one are one."""
    begun: set[int | None] = set()
    for entry in entries:
        yield 0 if entry.kind is EntryKind.CAPTURE and entry.hold_id in begun else 1
        if entry.is_part:
            begun.add(entry.hold_id)


def _quantities(entry: Entry) -> Mapping[str, Quantity]:
    return entry.calculation.quantities() if entry.calculation else {}
