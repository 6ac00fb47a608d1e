"""What admins did, newest first."""

from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import Field

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import Instant
from prepaid.inbox.ports import AuditPlace
from prepaid.ledger.web import ids
from prepaid.web.models import WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.paging import Paged, Position
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer


class AuditQuery(PageQuery):
    """How much of the log to answer."""

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        return {"list": "audit"}


class AuditRowOut(WireOut):
    """One act of an admin."""

    at: TimestampOut
    actor: str
    action: str
    subject: str = Field(description="What it was done to: an account, or what the action names.")
    account_id: str | None
    reason: str | None
    note: str | None
    before: Mapping[str, object]
    after: Mapping[str, object]
    entry_id: str | None = Field(description="The entry that it made; null where it made none.")
    request_id: str

    @classmethod
    def of(cls, row: AuditRow) -> Self:
        """Show *row*."""
        return cls(
            at=timestamp(row.at),
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            account_id=row.account_id,
            reason=row.reason,
            note=row.note,
            before=row.before,
            after=row.after,
            entry_id=None if row.entry_key is None else ids.entry_id(row.entry_key),
            request_id=row.request_id,
        )


class AuditOut(WireOut):
    """A page of what admins did, newest first."""

    items: list[AuditRowOut]
    next_cursor: str | None


type Listing = Paged[AuditQuery]


def place_in(listing: Listing) -> AuditPlace | None:
    """Return where the page begins. Raises `CursorInvalid`."""
    last = listing.after()
    return None if last is None else AuditPlace(Instant(int(last["at"])), str(last["sort"]))


def page(listing: Listing, found: Sequence[tuple[AuditPlace, AuditRow]]) -> Answer:
    """Answer one page; *found* has one row more where more follow."""
    limit = listing.request.query.limit
    items = [AuditRowOut.of(row) for _, row in found[:limit]]
    position: Position | None = None
    if len(found) > limit:
        place, _ = found[limit - 1]
        position = {"at": int(place.at), "sort": place.sort}
    return listing.page(AuditOut, items, position)
