"""Whether a call may start, and who pays for one that does."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from prepaid.calls.admission import Admitted, CallRequest, NotAdmitted
from prepaid.calls.call import Call
from prepaid.calls.pricing import LEAST_SECONDS, LONGEST_SECONDS
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import NotFound
from prepaid.ledger.web import ids
from prepaid.web.fields import AccountIdIn, Text, WholeNumber
from prepaid.web.models import WireIn, WireOut
from prepaid.web.outputs import CreditsOut

LONGEST_ID = 128
ProviderId = Annotated[str, Text(LONGEST_ID)]
"""An id that the provider gave."""


class CallIn(WireIn):
    """A call that is about to be made."""

    account_id: AccountIdIn | None = None
    assistant_id: ProviderId | None = None
    max_duration_seconds: Annotated[int, WholeNumber(LEAST_SECONDS, LONGEST_SECONDS)] | None = (
        Field(default=None, description="At most this long; the configured longest if left out.")
    )

    def request(self, account_id: AccountId, key: str) -> CallRequest:
        """Return the call that is meant."""
        return CallRequest(
            account_id=account_id,
            key=key,
            assistant_id=self.assistant_id,
            max_seconds=self.max_duration_seconds,
        )


class AdmittedOut(WireOut):
    """A call that may start. `metadata` goes unchanged into the call's `assistantOverrides`."""

    allowed: bool = Field(default=True, description="True.")
    hold_id: str
    max_duration_seconds: int = Field(description="What the credits set aside pay for.")
    warn_at_seconds: int | None = Field(
        description="When to warn the caller; null where no hook of Vapi's comes so late."
    )
    metadata: Mapping[str, str]

    @classmethod
    def of(cls, admitted: Admitted) -> Self:
        """Show an admitted call."""
        entry = admitted.entry
        assert entry.hold_id is not None
        return cls(
            hold_id=ids.hold_id(entry.account_id, entry.hold_id),
            max_duration_seconds=admitted.max_duration_seconds,
            warn_at_seconds=admitted.warn_at_seconds,
            metadata=admitted.metadata,
        )


class NotAdmittedOut(WireOut):
    """A call that may not start; nothing was written."""

    allowed: bool = Field(default=False, description="False.")
    reason: str = Field(description="The code of the refusal.")
    required: CreditsOut = Field(description="What the shortest call needs.")
    available: CreditsOut

    @classmethod
    def of(cls, refused: NotAdmitted) -> Self:
        """Show a call that was not admitted."""
        return cls(
            reason=refused.reason,
            required=str(refused.required),
            available=str(refused.available),
        )


class BindIn(WireIn):
    """The hold that a call is paid out of; its id names the account."""

    hold_id: Annotated[str, Text(1024)]


class CallOut(WireOut):
    """A call as far as it is known."""

    call_id: str
    account_id: str | None
    hold_id: str | None
    status: str | None = Field(description="created, ringing, in_progress or ended.")
    duration_seconds: str | None = Field(description="With three places; null until it is known.")
    settled: str | None = Field(description="paid or not_billed; null until it is settled.")

    @classmethod
    def of(cls, call: Call) -> Self:
        """Show *call*, without what the provider takes for it."""
        bound = call.binding
        duration = call.end.duration if call.end else None
        hold_id = bound.hold_id if bound else None
        return cls(
            call_id=call.call_id,
            account_id=bound.account_id if bound else None,
            hold_id=ids.hold_id(bound.account_id, hold_id) if bound and hold_id else None,
            status=None if call.status is None else str(call.status),
            duration_seconds=None if duration is None else _seconds(duration.milliseconds),
            settled=call.settled,
        )


def call_id_in(text: str) -> str:
    """Return the id of a call in a path; raise `NotFound` for one that Vapi never gives."""
    if len(text) > LONGEST_ID:
        raise NotFound("There is no such call.")
    return text


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03d}"
