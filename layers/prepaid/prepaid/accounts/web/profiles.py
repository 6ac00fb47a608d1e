"""Profiles over HTTP."""

from typing import Annotated, Self

from pydantic import Field

from prepaid.accounts.profiles import Profile
from prepaid.web.email import EmailIn
from prepaid.web.fields import Reason, Text
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp

LONGEST_NAME = 200


class ProfileIn(WireIn):
    """Who an account's owner is; what is left out is removed."""

    name: Annotated[str, Text(LONGEST_NAME)] | None = None
    email: EmailIn | None = None
    reason: Reason | None = None


class ProfileOut(WireOut):
    """Who an account's owner is, as the host said last; null where it did not."""

    account_id: str
    name: str | None
    email: str | None = Field(description="In lower case.")
    updated_at: TimestampOut | None
    updated_by: str | None

    @classmethod
    def of(cls, profile: Profile) -> Self:
        """Show *profile*."""
        return cls(
            account_id=profile.account_id,
            name=profile.name,
            email=profile.email,
            updated_at=None if profile.updated_at is None else timestamp(profile.updated_at),
            updated_by=profile.updated_by,
        )
