"""Verification of holds: what each sets aside, that it ends once, and what its parts have used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.pricing import Quantity

_ENDS = frozenset({EntryKind.CAPTURE, EntryKind.RELEASE})


@dataclass(slots=True)
class HoldSums:
    """What entries say of each hold that is open, or that ended with something left.

    A hold that ended with nothing left is forgotten, so that this stays as small as what is open.
    """

    held: dict[int, int] = field(default_factory=dict)
    parts: dict[int, int] = field(default_factory=dict)
    used: dict[int, dict[str, int]] = field(default_factory=dict)

    def uses(self, entry: Entry) -> int:
        """Say how many uses an entry adds: the parts of a hold and its last one are one."""
        again = entry.kind is EntryKind.CAPTURE and entry.hold_id in self.parts
        return 0 if again or entry.kind is EntryKind.RELEASE else 1

    def add(self, entry: Entry) -> Iterator[str]:
        """Add the next entry; go through what is wrong with the ends of holds.

        An end stands under the hold's own key, a part under a key of its own.
        """
        hold_id = entry.hold_id
        if hold_id is None:
            return
        open_now = hold_id in self.held
        self.held[hold_id] = self.held.get(hold_id, 0) + entry.held_change.hundredths
        if entry.is_part:
            self._add_part(hold_id, entry)
        if entry.kind not in _ENDS:
            return
        under_its_key = entry.key == keys.hold_end(hold_id)
        if under_its_key == entry.is_part:
            yield f"entry {entry.seq} of hold {hold_id} stands under {entry.key}"
        if not entry.is_part:
            if not open_now:
                yield f"entry {entry.seq} ends hold {hold_id}, which is not open"
            self._end(hold_id)

    def _add_part(self, hold_id: int, entry: Entry) -> None:
        self.parts[hold_id] = self.parts.get(hold_id, 0) + 1
        units = self.used.setdefault(hold_id, {})
        for unit, quantity in _quantities(entry).items():
            units[unit] = units.get(unit, 0) + quantity

    def _end(self, hold_id: int) -> None:
        if not self.held[hold_id]:
            del self.held[hold_id]
        self.parts.pop(hold_id, None)
        self.used.pop(hold_id, None)

    def not_held(self, account: Account) -> Iterator[str]:
        """Hold what each hold was given, less what was taken from it, to the account's holds."""
        opened = {hold.number: hold.amount.hundredths for hold in account.holds}
        for hold_id in sorted(self.held.keys() | opened.keys()):
            by_entries, by_account = self.held.get(hold_id, 0), opened.get(hold_id, 0)
            if by_entries != by_account:
                added_up = f"its entries add up to {Credits(by_entries)}"
                yield f"hold {hold_id} holds {Credits(by_account)}, {added_up}"

    def not_counted(self, account: Account) -> Iterator[str]:
        """Hold what an open hold says of its parts to their entries."""
        for hold in account.holds:
            by_entries = self.parts.get(hold.number, 0), self.used.get(hold.number, {})
            if (hold.parts, hold.used) != by_entries:
                yield f"hold {hold.number} counts {hold.parts} parts, its entries {by_entries[0]}"


def _quantities(entry: Entry) -> Mapping[str, Quantity]:
    return entry.calculation.quantities() if entry.calculation else {}
