"""Lists of entries, and how to ask for them."""

from typing import Annotated, Literal

from pydantic import Field

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import EntryKind
from prepaid.ledger.ports import HistoryQuery
from prepaid.ledger.web.entries import EntryOut
from prepaid.web.fields import OperationName
from prepaid.web.models import WireOut
from prepaid.web.queries import RangeQuery


class TransactionsQuery(RangeQuery):
    """Which entries to list, and as what."""

    kind: Annotated[EntryKind, Field(strict=False)] | None = None
    operation: OperationName | None = None
    format: Literal["json", "csv"] | None = Field(
        default=None, description="`csv` answers all pages as one table."
    )

    def filters(self) -> dict[str, object]:
        """Return what a cursor of this list is bound to."""
        return {
            "kind": self.kind,
            "operation": self.operation,
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
            since=self.from_,
            until=None if self.to is None else Instant(self.to - 1),
            after=after,
        )


class EntriesOut(WireOut):
    """A page of entries, newest first."""

    items: list[EntryOut]
    next_cursor: str | None
