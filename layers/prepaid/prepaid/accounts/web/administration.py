"""What administrators do to accounts, besides correcting a balance."""

import re
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from prepaid.domain import keys
from prepaid.domain.account import Status
from prepaid.domain.commands import Give, SetStatus
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import NotFound
from prepaid.domain.grants import DEFAULT_PRIORITY, GrantKind
from prepaid.domain.hold_commands import Void
from prepaid.domain.keys import Writer
from prepaid.domain.voiding import VoidGrant
from prepaid.metering.web.quantities import given
from prepaid.web.amounts import CreditsIn
from prepaid.web.fields import AccountIdIn, Metadata, Note, Reason, TimestampIn, WholeNumber
from prepaid.web.models import Flag, WireIn
from prepaid.web.parsing import refuse

MAX_PRIORITY = 1_000
_GRANT_ID = re.compile(r"g([1-9]\d{0,11})", re.ASCII)


class AdminGrantIn(WireIn):
    """Credits to give, on which terms, and why."""

    account_id: AccountIdIn
    kind: Literal["promotional", "bonus", "adjustment"] | None = None
    amount: CreditsIn
    expires_at: TimestampIn | None = None
    priority: Annotated[int, WholeNumber(0, MAX_PRIORITY)] | None = None
    reason: Reason
    note: Note | None = None
    metadata: Metadata | None = None

    def command(self, *, key: str, actor: str, request_id: str, at_most: Credits | None) -> Give:
        """Return the grant that is meant, by somebody who may give *at_most* so much."""
        return Give(
            key=keys.grant(key),
            actor=actor,
            request_id=request_id,
            audit="grant",
            reason=self.reason,
            note=self.note,
            metadata=self.metadata or {},
            entry_kind=EntryKind.GRANT,
            grant_kind=GrantKind(self.kind or GrantKind.PROMOTIONAL),
            amount=self.amount,
            at_most=at_most,
            expires_at=None if self.expires_at is None else Instant(self.expires_at),
            priority=DEFAULT_PRIORITY if self.priority is None else self.priority,
        )


class WhyIn(WireIn):
    """Why something is done."""

    reason: Reason
    note: Note | None = None

    def void_of_hold(self, number: int, *, key: str, actor: str, request_id: str) -> Void:
        """Return the release of a hold, whoever made it."""
        return Void(
            actor=actor,
            request_id=request_id,
            audit="void_hold",
            reason=self.reason,
            note=self.note,
            hold_id=number,
            writer=Writer.ADMIN,
            client_key=key,
        )


class VoidGrantIn(WhyIn):
    """Why what is left of a grant is taken back; `force` does it though open holds need it."""

    force: Flag = False

    def command(self, number: int, *, key: str, actor: str, request_id: str) -> VoidGrant:
        """Return the void of a grant."""
        return VoidGrant(
            key=keys.void_of_grant(number),
            actor=actor,
            request_id=request_id,
            audit="void_grant",
            reason=self.reason,
            note=self.note,
            grant_id=number,
            client_key=key,
            force=self.force,
        )


class StatusIn(WhyIn):
    """What becomes of an account: its status, whether it is unlimited, or both."""

    model_config = ConfigDict(
        json_schema_extra={"if": {"anyOf": [given("status"), given("unlimited")]}, "else": False}
    )

    status: Annotated[Status, Field(strict=False)] | None = None
    unlimited: bool | None = Field(default=None, description="Only a super admin may set it.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.status is None and self.unlimited is None:
            refuse("missing", "Say `status`, `unlimited`, or both.", pointer="/status")
        return self

    def command(self, *, key: str, actor: str, request_id: str) -> SetStatus:
        """Return the change that is meant."""
        return SetStatus(
            key=keys.status(key),
            actor=actor,
            request_id=request_id,
            audit="status",
            reason=self.reason,
            note=self.note,
            status=self.status,
            unlimited=self.unlimited,
        )


def grant_in(grant_id: str) -> int:
    """Return the number in a grant's id; raise `NotFound` for text that is no id of ours."""
    match = _GRANT_ID.fullmatch(grant_id)
    if match is None:
        raise NotFound("There is no such grant.")
    return int(match[1])
