"""Where burned credits came from: the entries that gave them, found by their numbers."""

from collections.abc import Mapping, Sequence

from prepaid.domain.credits import Instant
from prepaid.domain.entries import Entry
from prepaid.ledger.ports import HistoryQuery, LedgerStore

MAX_READS = 24
"""The most pages that are read for one entry; what is not found by then stays without a name."""
_PAGE = 25
_FIRST_STEP = 3600
_FASTER = 4


def origins(store: LedgerStore, entry: Entry) -> Mapping[int, Entry]:
    """Return, by its number, each entry that gave credits which *entry* took away.

    Numbers and times of entries rise together, so a number is found by time: steps back that grow,
    then halves. Raises `Unavailable`.
    """
    wanted = [each.grant_id for each in entry.burned]
    if entry.grant_id is not None and entry.grant_id != entry.seq:
        wanted.append(entry.grant_id)
    found: dict[int, Entry] = {}
    reads = MAX_READS
    for number in dict.fromkeys(wanted):
        reads = _find(store, entry, number, found, reads)
    return {number: found[number] for number in wanted if number in found}


def numbered(store: LedgerStore, entry: Entry, number: int) -> Entry | None:
    """Return the entry with a *number* in the account of *entry*, which is not before it.

    `None` where it is not found within `MAX_READS` pages. Raises `Unavailable`.
    """
    found = {entry.seq: entry}
    _find(store, entry, number, found, MAX_READS)
    return found.get(number)


def _find(
    store: LedgerStore, entry: Entry, number: int, found: dict[int, Entry], reads: int
) -> int:
    """Add the entry of a *number* to *found*, with its neighbours; return the reads left."""
    early, late, step = 0, int(entry.posted_at), _FIRST_STEP
    guess = late
    while number not in found and reads > 0 and early <= late:
        reads -= 1
        page = _page(store, entry, guess)
        found |= {each.seq: each for each in page}
        if not page or page[0].seq < number:
            early = guess + 1
        else:
            oldest = int(page[-1].posted_at)
            late = oldest if oldest < guess else guess - 1
        if early:
            guess = (early + late) // 2
        else:
            guess, step = max(late - step, 1), step * _FASTER
    return reads


def _page(store: LedgerStore, entry: Entry, until: int) -> Sequence[Entry]:
    asked = HistoryQuery(account_id=entry.account_id, limit=_PAGE, until=Instant(until))
    return store.history(asked).entries
