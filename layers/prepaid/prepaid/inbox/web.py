"""What an admin must look at, over HTTP."""

from typing import Self

from prepaid.domain.credits import Instant
from prepaid.domain.errors import NotFound
from prepaid.inbox.ports import ExceptionCase, Inbox
from prepaid.inbox.resolving import Handled
from prepaid.web import opaque
from prepaid.web.fields import AccountIdIn, Note, Reason
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.paging import Cursors, Position, next_link
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

_FILTERS = {"list": "exceptions"}
_EVERYBODY = ""


class AssignIn(WireIn):
    """The account that a case belongs to."""

    account_id: AccountIdIn
    reason: Reason | None = None


class ResolveIn(WireIn):
    """Why nothing more is to be done about a case."""

    reason: Reason
    note: Note | None = None


class RetryIn(WireIn):
    """Why a case is tried again."""

    reason: Reason | None = None


class ExceptionOut(WireOut):
    """One case; who resolved it and how is null while it is open."""

    exception_id: str
    kind: str
    subject: str
    detail: str
    created_at: TimestampOut
    account_id: str | None
    resolved_at: TimestampOut | None
    resolved_by: str | None
    reason: str | None

    @classmethod
    def of(cls, case: ExceptionCase) -> Self:
        """Show *case*."""
        done = case.resolution
        return cls(
            exception_id=opaque.written(f"{case.kind}#{case.subject}"),
            kind=case.kind,
            subject=case.subject,
            detail=case.detail,
            created_at=timestamp(case.created_at),
            account_id=done.account_id if done else None,
            resolved_at=timestamp(done.at) if done else None,
            resolved_by=done.by if done else None,
            reason=done.reason if done else None,
        )


class RetriedOut(ExceptionOut):
    """A case that was tried again: resolved, or open with what is still wrong."""

    still: str | None

    @classmethod
    def after(cls, handled: Handled) -> Self:
        """Show what a retry left."""
        return cls(**ExceptionOut.of(handled.case).model_dump(), still=handled.still)


class ExceptionsOut(WireOut):
    """A page of open cases, newest first."""

    items: list[ExceptionOut]
    next_cursor: str | None


def case_in(exception_id: str, inbox: Inbox) -> ExceptionCase:
    """Return the case that an id names; raise `NotFound` where there is none."""
    kind, _, subject = (opaque.read(exception_id) or "").partition("#")
    case = inbox.case(kind, subject) if kind and subject else None
    if case is None:
        raise NotFound("There is no such exception.")
    return case


def page(request: Request[None, PageQuery], inbox: Inbox, cursors: Cursors) -> Answer:
    """Answer one page. Raises `CursorInvalid`, `Unavailable`."""
    query = request.query
    after: ExceptionCase | None = None
    if query.cursor is not None:
        after = _position(cursors, query.cursor)
    found = inbox.open_cases(limit=query.limit + 1, after=after)
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit:
        last = shown[-1]
        position: Position = {
            "kind": last.kind,
            "subject": last.subject,
            "at": int(last.created_at),
        }
        cursor = cursors.write(position, account=_EVERYBODY, filters=_FILTERS)
    return Answer(
        ExceptionsOut(items=[ExceptionOut.of(each) for each in shown], next_cursor=cursor),
        headers=next_link(request.url, request.params, cursor),
    )


def _position(cursors: Cursors, cursor: str) -> ExceptionCase:
    last = cursors.read(cursor, account=_EVERYBODY, filters=_FILTERS)
    return ExceptionCase(
        kind=str(last["kind"]),
        subject=str(last["subject"]),
        detail="",
        created_at=Instant(int(last["at"])),
    )
