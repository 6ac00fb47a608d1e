"""Usage: one event, or many at once with an answer for each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self, cast, override

from pydantic import (
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import CoreSchema

from prepaid.domain import keys
from prepaid.domain.commands import Actor, Spend
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import Forbidden
from prepaid.domain.keys import Writer
from prepaid.ledger.posting import Posting
from prepaid.ledger.web.entries import EntryOut
from prepaid.metering.web.quantities import Measured
from prepaid.web.errors import InvalidFields
from prepaid.web.fields import AccountIdIn, Metadata, OperationName, Reference, Text, TimestampIn
from prepaid.web.models import WireIn, WireOut
from prepaid.web.parsing import invalid

MAX_EVENTS = 500
_KEY = r"[!-~]+"
_LONGEST_KEY = 255
KeyText = Annotated[str, Text(_LONGEST_KEY, _KEY)]
"""An idempotency key inside a body."""


class CheckIn(Measured):
    """An operation that might be used."""

    operation: OperationName
    account_id: AccountIdIn | None = None

    def command(self, actor: Actor, key: str) -> Spend:
        """Return what would pay for the use."""
        return Spend(
            key=keys.usage(actor.writer, key),
            actor=actor.name,
            request_id=actor.request_id,
            rounded=self.rounded,
            operation=self.operation,
            quantities=self.asked,
            unlimited=actor.unlimited,
        )


class SingleUsageIn(CheckIn):
    """One use of an operation."""

    reference: Reference | None = None
    metadata: Metadata | None = None
    occurred_at: TimestampIn | None = Field(
        default=None,
        description="Chooses the price version; from services only, within 35 days.",
    )

    @override
    def command(self, actor: Actor, key: str) -> Spend:
        """Return what pays for the use. Raises `Forbidden` for a user who says when it occurred."""
        if self.occurred_at is not None and actor.writer is not Writer.SERVICE:
            raise Forbidden("Only a service may say when usage occurred.")
        return replace(
            super().command(actor, key),
            reference=self.reference,
            metadata=self.metadata or {},
            occurred_at=self.occurred_at,
        )


class EventIn(SingleUsageIn):
    """One use among many, with its own key."""

    key: KeyText = Field(description="As an Idempotency-Key, for this event.")


@dataclass(frozen=True, slots=True)
class UnreadableEvent:
    """An event that cannot be meant, with its key if that can be read."""

    key: str | None
    error: InvalidFields


def _for_itself(value: object, read: ValidatorFunctionWrapHandler) -> EventIn | UnreadableEvent:
    """Read one event; what is wrong with it is its own answer and no other event's."""
    try:
        return cast("EventIn", read(value))
    except ValidationError as exc:
        key = value.get("key") if isinstance(value, Mapping) else None
        sound = isinstance(key, str) and len(key) <= _LONGEST_KEY and re.fullmatch(_KEY, key)
        return UnreadableEvent(cast("str", key) if sound else None, invalid(exc, where="body"))


class ManyUsagesIn(WireIn):
    """Many uses, each answered for itself."""

    events: Annotated[
        list[Annotated[EventIn, WrapValidator(_for_itself)]],
        Field(min_length=1, max_length=MAX_EVENTS),
    ]

    @property
    def each(self) -> Sequence[EventIn | UnreadableEvent]:
        """The events in their order, those among them that cannot be meant."""
        return self.events


class UsageIn(WireIn):
    """One use of an operation, or many uses under `events`."""

    root: SingleUsageIn | ManyUsagesIn  # no RootModel: importing that builds validators at once

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: Mapping[str, Any]) -> Mapping[str, WireIn]:
        """Choose by `events`, so that what is wrong is said of the form that was meant."""
        form: type[SingleUsageIn | ManyUsagesIn]
        form = ManyUsagesIn if "events" in data else SingleUsageIn
        return {"root": form.model_validate(data)}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Publish the forms without our name for them."""
        published = handler.resolve_ref_schema(handler(schema))
        named = {name: published[name] for name in ("title", "description")}
        return {**named, "anyOf": published["properties"]["root"]["anyOf"]}

    @property
    def carries_keys(self) -> bool:
        """Whether each event has its own key, so that the request needs none."""
        return isinstance(self.root, ManyUsagesIn)

    @property
    def account_id(self) -> AccountId | None:
        """The account that the whole request names."""
        return self.root.account_id if isinstance(self.root, SingleUsageIn) else None


class EventOut(WireOut):
    """What became of one event: `status` is what it would have been answered alone."""

    key: str | None = Field(description="The event's own; null where it has none to be read.")
    status: int
    replayed: bool
    entry: EntryOut | None
    problem: Mapping[str, object] | None = Field(description="An RFC 9457 problem.")

    @classmethod
    def posted(cls, key: str | None, posted: Posting) -> Self:
        """Show an event that has its entry."""
        status = 200 if posted.replayed else 201
        entry = EntryOut.of(posted.entry)
        return cls(key=key, status=status, replayed=posted.replayed, entry=entry, problem=None)

    @classmethod
    def refused(cls, key: str | None, status: int, problem: Mapping[str, object]) -> Self:
        """Show an event that was refused."""
        return cls(key=key, status=status, replayed=False, entry=None, problem=problem)


class EventsOut(WireOut):
    """An answer for each event, in their order."""

    items: list[EventOut]
