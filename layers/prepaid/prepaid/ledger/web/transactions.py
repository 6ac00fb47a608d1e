"""Lists of entries: pages with cursors, or all pages as one table."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import Field

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.ledger.ports import HistoryQuery, LedgerStore
from prepaid.ledger.web.entries import EntryOut, facts
from prepaid.web.csv import lines, safe, sent_bytes, table
from prepaid.web.fields import OperationName, Reference
from prepaid.web.models import WireOut
from prepaid.web.paging import Paged, Position
from prepaid.web.queries import RangeQuery
from prepaid.web.request import Answer
from prepaid.web.tables import MAX_SENT_BYTES, Format

AT = "at"
CSV_PAGE = 500
MAX_ROWS = 10_000
COLUMNS = (
    "posted_at",
    "occurred_at",
    "kind",
    "operation",
    "quantities",
    "amount",
    "held_change",
    "balance_after",
    "available_after",
    "waived",
    "shortfall",
    "reference",
    "reason",
    "actor",
    "metadata",
    "entry_id",
    "hold_amount",
)


class TransactionsQuery(RangeQuery):
    """Which entries to list, and as what."""

    kind: Annotated[EntryKind, Field(strict=False)] | None = None
    operation: OperationName | None = None
    reference: Reference | None = Field(
        default=None, description="Entries with exactly this reference only."
    )
    format: Format | None = Field(default=None, description="`csv` answers all pages as one table.")

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        return {
            "kind": self.kind,
            "operation": self.operation,
            "reference": self.reference,
            "from": self.from_,
            "to": self.to,
        }

    def history(self, account_id: AccountId, *, limit: int, after: str | None) -> HistoryQuery:
        """Return what to ask the ledger for; `to` itself is outside the range."""
        return HistoryQuery(
            account_id=account_id,
            limit=limit,
            kind=self.kind,
            operation=self.operation,
            reference=self.reference,
            since=self.from_,
            until=None if self.to is None else Instant(self.to - 1),
            after=after,
        )


class EntriesOut(WireOut):
    """A page of entries, newest first."""

    items: list[EntryOut]
    next_cursor: str | None


type Listing = Paged[TransactionsQuery]


def page(listing: Listing, store: LedgerStore) -> Answer:
    """Answer one page, newest first. Raises `CursorInvalid`, `Unavailable`."""
    request = listing.request
    asked = request.query.history(
        request.account_id, limit=request.query.limit, after=_after(listing)
    )
    found = store.history(asked)
    items = [EntryOut.of(entry) for entry in found.entries]
    return listing.page(EntriesOut, items, _position(found.next_position))


def export(listing: Listing, store: LedgerStore, *, time_is_up: Callable[[], bool]) -> Answer:
    """Answer all pages as CSV; where that is too much at once, `Link` leads to the rest.

    At least one row is answered, if there is one, so that following the links ends.
    Raises `CursorInvalid`, `Unavailable`.
    """
    text, position = _all_pages(listing, store, _after(listing), time_is_up)
    headers = listing.link(_position(position))
    return Answer.csv(text, filename="transactions.csv", headers=headers)


def _all_pages(
    listing: Listing, store: LedgerStore, position: str | None, time_is_up: Callable[[], bool]
) -> tuple[str, str | None]:
    """Return a table of what comes after *position*, and where it stopped, or `None`.

    A page that does not fit is left to the next answer; of a first one, half is asked for.
    """
    request = listing.request
    text = table(COLUMNS, [])
    bytes_left = MAX_SENT_BYTES - sent_bytes(text)
    rows, limit = 0, CSV_PAGE
    while True:
        asked = request.query.history(request.account_id, limit=limit, after=position)
        found = store.history(asked)
        page = lines([safe(cell) for cell in _row(entry)] for entry in found.entries)
        bytes_left -= (size := sent_bytes(page))
        if bytes_left < 0 and rows:
            return text, position
        if bytes_left < 0 and limit > 1:
            bytes_left, limit = bytes_left + size, limit // 2
            continue
        text, rows, position = text + page, rows + len(found.entries), found.next_position
        if position is None or rows >= MAX_ROWS or time_is_up():
            return text, position


def _after(listing: Listing) -> str | None:
    last = listing.after()
    return None if last is None else str(last[AT])


def _position(at: str | None) -> Position | None:
    return None if at is None else {AT: at}


def _row(entry: Entry) -> list[str]:
    shown = facts(entry)
    used = "; ".join(f"{quantity} {unit}" for unit, quantity in shown["quantities"].items())
    metadata = json.dumps(dict(entry.metadata), ensure_ascii=False) if entry.metadata else ""
    cells = {**shown, "quantities": used, "metadata": metadata}
    return ["" if cells[name] is None else str(cells[name]) for name in COLUMNS]
