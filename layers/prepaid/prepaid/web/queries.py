"""Models that several endpoints share."""

from typing import Self

from pydantic import Field, model_validator

from prepaid.domain.credits import Instant
from prepaid.web.fields import CursorIn, FromIn, LimitIn, ToIn
from prepaid.web.models import WireIn
from prepaid.web.parsing import refuse

DEFAULT_LIMIT = 50
MAX_RANGE_SECONDS = 366 * 86_400


class Nothing(WireIn):
    """A body without fields: ``{}``, or none at all."""


class PageQuery(WireIn):
    """How much of a list to answer, and from where on."""

    limit: LimitIn = DEFAULT_LIMIT
    cursor: CursorIn | None = Field(default=None, description="`next_cursor` of the page before.")


class RangeQuery(PageQuery):
    """A page of what happened at or after `from` and before `to`."""

    from_: FromIn | None = Field(default=None, alias="from")
    to: ToIn | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        check_range(self.from_, self.to)
        return self


def check_range(start: Instant | None, end: Instant | None) -> None:
    """Refuse a range that holds no moment or spans more than 366 days."""
    if start is None or end is None:
        return
    if end <= start:
        refuse("range", "`to` is not after `from`.", pointer="/to")
    if end - start > MAX_RANGE_SECONDS:
        refuse("range", "The range spans more than 366 days.", pointer="/to")
