"""The stream of an account's entries in order, never all of them in memory."""

from collections.abc import Iterator
from dataclasses import dataclass

from prepaid.domain.account import Account
from prepaid.domain.credits import Instant
from prepaid.domain.entries import Entry
from prepaid.domain.errors import Unavailable
from prepaid.ledger.ports import LedgerAudit

MAX_MISSING = 1_000
"""The most entries that are looked for in the table itself when the index lacks them."""
BEHIND = "The index of entries lags too far behind."

type Place = tuple[Instant, int]
"""When an entry was posted, and its number: entries in order rise in both."""


@dataclass(slots=True)
class EntryStream:
    """Reads the entries of *account* after a place, up to the one that it was last written with.

    The index that is in order may lag, so what it lacks is looked for in the table itself, which is
    read through for it; what is not there either is missing, and then nothing is looked for again.
    """

    audit: LedgerAudit
    account: Account
    missing: bool = False

    def after(self, place: Place | None) -> Iterator[Entry]:
        """Go through the entries in order. Raises `Unavailable`."""
        expected = place[1] + 1 if place else 1
        for entry in self.audit.in_order(self.account.account_id, after=place):
            if entry.seq > self.account.seq:
                continue
            if entry.seq > expected:
                yield from self._between(expected, entry.seq - 1)
            yield entry
            expected = max(expected, entry.seq + 1)
        if expected <= self.account.seq:
            yield from self._between(expected, self.account.seq)

    def _between(self, first: int, last: int) -> Iterator[Entry]:
        """Go through those entries from *first* to *last* that the table has; wait for none."""
        if self.missing:
            return
        found = {
            entry.seq: entry
            for entry in self.audit.all_entries(self.account.account_id)
            if first <= entry.seq <= min(last, first + MAX_MISSING)
        }
        if len(found) > MAX_MISSING:
            raise Unavailable(BEHIND)
        self.missing = len(found) < last - first + 1
        yield from (found[seq] for seq in sorted(found))
