"""Phone numbers and campaigns, and whose calls they bring."""

from typing import Self

from pydantic import Field

from prepaid.calls.ports import CallSource, CallSources
from prepaid.calls.web.admission import LONGEST_ID, ProviderId
from prepaid.domain.credits import Instant
from prepaid.domain.errors import NotFound
from prepaid.web.fields import AccountIdIn, Reason
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.paging import Cursors, next_link
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

_FILTERS = {"list": "phone_numbers"}
_EVERYBODY = ""
_LAST = "phone_number_id"


class NumberIn(WireIn):
    """Whose calls come over a phone number, or out of a campaign."""

    account_id: AccountIdIn
    assistant_id: ProviderId | None = Field(
        default=None, description="Answers inbound calls; a campaign needs none."
    )
    reason: Reason | None = None

    def source(self, source_id: str, *, by: str, now: Instant) -> CallSource:
        """Return what is meant."""
        return CallSource(
            source_id=source_id,
            account_id=self.account_id,
            assistant_id=self.assistant_id,
            updated_at=now,
            updated_by=by,
        )


class NumberOut(WireOut):
    """A phone number or a campaign with its account."""

    phone_number_id: str
    account_id: str
    assistant_id: str | None
    updated_at: TimestampOut
    updated_by: str

    @classmethod
    def of(cls, source: CallSource) -> Self:
        """Show *source*."""
        return cls(
            phone_number_id=source.source_id,
            account_id=source.account_id,
            assistant_id=source.assistant_id,
            updated_at=timestamp(source.updated_at),
            updated_by=source.updated_by,
        )


class NumbersOut(WireOut):
    """A page of phone numbers and campaigns, by their ids."""

    items: list[NumberOut]
    next_cursor: str | None


class DeletedOut(WireOut):
    """A phone number or a campaign that belongs to nobody now."""

    phone_number_id: str
    deleted: bool = Field(default=True, description="True.")


def source_id_in(text: str) -> str:
    """Return the id in a path; raise `NotFound` for one that Vapi never gives."""
    if len(text) > LONGEST_ID:
        raise NotFound("There is no such phone number.")
    return text


def page(request: Request[None, PageQuery], sources: CallSources, cursors: Cursors) -> Answer:
    """Answer one page. Raises `CursorInvalid`, `Unavailable`."""
    query = request.query
    after: str | None = None
    if query.cursor is not None:
        after = str(cursors.read(query.cursor, account=_EVERYBODY, filters=_FILTERS)[_LAST])
    found = sources.sources(limit=query.limit + 1, after=after)
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit:
        last = {_LAST: shown[-1].source_id}
        cursor = cursors.write(last, account=_EVERYBODY, filters=_FILTERS)
    return Answer(
        NumbersOut(items=[NumberOut.of(each) for each in shown], next_cursor=cursor),
        headers=next_link(request.url, request.params, cursor),
    )
