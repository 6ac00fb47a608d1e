"""Inbound calls and campaigns: whose they are, and whether they may begin.

The provider waits seconds for an answer, so there is always one: without a decision of the ledger
in that time the call is refused. A hold that lands too late expires by itself, and the call's
report releases it before.
"""

from dataclasses import dataclass, replace

from prepaid.calls.admission import Admitted, CallAdmission, CallRequest
from prepaid.calls.call import Binding, BoundBy
from prepaid.calls.facts import CallEvent
from prepaid.calls.ports import CallSource, CallSources
from prepaid.calls.settlement import ACTOR
from prepaid.calls.tracking import CallTracking
from prepaid.domain.commands import Actor
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Refusal, Unavailable
from prepaid.domain.keys import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An inbound call that may begin, with the assistant that answers it."""

    assistant_id: str
    admitted: Admitted


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundCalls:
    """Decides on calls that come in, and on those that campaigns are about to make."""

    sources: CallSources
    admission: CallAdmission
    tracking: CallTracking

    def answer(self, call_event: CallEvent, *, request_id: str, now: Instant) -> Answered | str:
        """Admit a call, or return a word for why it is refused."""
        try:
            return self._answered(call_event, request_id, now)
        except Unavailable as unavailable:
            return unavailable.code
        except Refusal as refusal:
            return refusal.code

    def eligible(self, campaign_id: str | None, now: Instant) -> bool:
        """Say whether a campaign may dial: it is mapped, and its account can pay a call."""
        try:
            source = self.sources.source(campaign_id) if campaign_id else None
            return source is not None and self.admission.affords(source.account_id, now)
        except Unavailable:
            return False

    def _answered(self, call_event: CallEvent, request_id: str, now: Instant) -> Answered | str:
        source = (
            self.sources.source(call_event.phone_number_id) if call_event.phone_number_id else None
        )
        if source is None or source.assistant_id is None:
            number = call_event.phone_number_id or "that Vapi does not name"
            self.tracking.refused(
                call_event, f"inbound, refused: the number {number} is not mapped", now
            )
            return "unmapped_number"
        actor = Actor(writer=Writer.SERVICE, name=ACTOR, request_id=request_id)
        request = CallRequest(
            account_id=source.account_id, key=call_event.call_id, assistant_id=source.assistant_id
        )
        decided = self.admission.admit_inbound(call_event.call_id, request, actor, now)
        if not isinstance(decided, Admitted):
            return decided.reason
        self._bind(call_event, source, decided, now)
        return Answered(assistant_id=source.assistant_id, admitted=decided)

    def _bind(
        self, call_event: CallEvent, source: CallSource, admitted: Admitted, now: Instant
    ) -> None:
        """Bind the call to its hold. The signed reference says the same, should this be lost."""
        binding = Binding(
            account_id=source.account_id, hold_id=admitted.entry.hold_id, by=BoundBy.INBOUND
        )
        try:
            self.tracking.admitted(replace(call_event, references=()), binding, now)
        except Unavailable:
            return
