"""Spending limits as answers show them."""

from typing import Self

from pydantic import Field

from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.thresholds import LimitStanding
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp


class LimitOut(WireOut):
    """A spending limit, and how it stands."""

    operation: str | None = Field(description="Null for all operations.")
    window: Window = Field(description="Hours are UTC's; days and months are the account's.")
    set_by: LimitOwner
    amount: CreditsOut
    used: CreditsOut = Field(description="What usage has cost in the window.")
    held: CreditsOut = Field(description="What open holds set aside; it counts.")
    left: CreditsOut = Field(description="What may still be spent or held.")
    resets_at: TimestampOut = Field(description="When the window ends.")

    @classmethod
    def of(cls, limit: LimitStanding) -> Self:
        """Show *limit*."""
        return cls(
            operation=limit.operation,
            window=limit.window,
            set_by=limit.by,
            amount=str(limit.amount),
            used=str(limit.used),
            held=str(limit.held),
            left=str(limit.left),
            resets_at=timestamp(limit.resets_at),
        )
