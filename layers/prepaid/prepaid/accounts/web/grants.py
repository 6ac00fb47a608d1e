"""Grants on the wire, each with its state and a name for a person."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from prepaid.accounts.grants import GrantList, GrantState, GrantView, PackageNames, name_of
from prepaid.domain.grants import GrantKind
from prepaid.ledger.web import ids
from prepaid.web.fields import Text
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.paging import Paged, Position
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer

_PLACE = ("rank", "priority", "ends", "number")


class GrantsQuery(PageQuery):
    """Which grants to list."""

    state: Annotated[GrantState, Field(strict=False)] | None = None
    metadata: Annotated[str, Text(300, "[^:]{1,40}:.{1,250}")] | None = Field(
        default=None, description="Grants whose metadata has this key and value: `key:value`."
    )

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        return {"list": "grants", "state": self.state, "metadata": self.metadata}

    def wants(self, grant: GrantView) -> bool:
        """Say whether *grant* is asked for."""
        if self.state not in {None, grant.state}:
            return False
        if self.metadata is None:
            return True
        name, _, value = self.metadata.partition(":")
        known = grant.given.metadata if grant.given else {}
        return name in known and _text(known[name]) == value


class GrantRecordOut(WireOut):
    """Credits that were given, and what became of them."""

    grant_id: str
    name: str
    kind: GrantKind
    state: GrantState
    amount: CreditsOut
    remaining: CreditsOut
    protected: CreditsOut
    expired: CreditsOut = Field(description="How much of it expired unused.")
    voided: CreditsOut = Field(description="How much of it an admin took back.")
    expires_at: TimestampOut | None
    priority: int | None = Field(description="Lower burns first; null once it is gone.")
    given_at: TimestampOut | None = Field(description="Null for credits that came back.")
    entry_id: str | None = Field(description="The entry that gave it; null where that is unknown.")
    metadata: Mapping[str, str | bool]

    @classmethod
    def of(cls, grant: GrantView, packages: PackageNames) -> Self:
        """Show *grant*."""
        given = grant.given
        return cls(
            grant_id=ids.grant_id(grant.number),
            name=name_of(grant, packages),
            kind=grant.kind,
            state=grant.state,
            amount=str(grant.amount),
            remaining=str(grant.remaining),
            protected=str(grant.protected),
            expired=str(grant.expired),
            voided=str(grant.voided),
            expires_at=None if grant.expires_at is None else timestamp(grant.expires_at),
            priority=grant.priority,
            given_at=timestamp(given.posted_at) if given else None,
            entry_id=ids.entry_id(given.key) if given else None,
            metadata=given.metadata if given else {},  # type: ignore[arg-type]  # texts and flags
        )


class GrantsOut(WireOut):
    """A page of grants: first what can burn, in that order, then what is gone, newest first."""

    items: list[GrantRecordOut]
    next_cursor: str | None
    complete: bool = Field(
        description="False where an account has so many that the oldest were passed over."
    )


type Listing = Paged[GrantsQuery]


def page(listing: Listing, found: GrantList, packages: PackageNames) -> Answer:
    """Answer one page of *found*. Raises `CursorInvalid`, `Unavailable`."""
    query, after = listing.request.query, listing.after()
    start = None if after is None else tuple(int(after[name]) for name in _PLACE)
    wanted = [
        each
        for each in found.grants
        if query.wants(each) and (start is None or each.place() > start)
    ]
    shown = wanted[: query.limit]
    last: Position | None = None
    if len(wanted) > len(shown):
        last = dict(zip(_PLACE, shown[-1].place(), strict=True))
    items = [GrantRecordOut.of(each, packages) for each in shown]

    def whole(*, items: list[GrantRecordOut], next_cursor: str | None) -> GrantsOut:
        return GrantsOut(items=items, next_cursor=next_cursor, complete=found.complete)

    return listing.page(whole, items, last)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
