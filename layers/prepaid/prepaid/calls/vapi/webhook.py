"""Webhooks of Vapi's: who sent the message, then what it asks or tells.

Nothing is made of a body before its sender is known. Vapi does not try again by default, so what
cannot be settled now is asked for later; what a repeat would not change is accepted and reported.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from prepaid.calls.inbound import Answered, InboundCalls
from prepaid.calls.tracking import CallTracking
from prepaid.calls.vapi.authentication import NotVapi, PlansInvalid, Received, read_plans, verify
from prepaid.calls.vapi.messages import (
    AssistantRequest,
    Message,
    MessageInvalid,
    Predial,
    StateOfCall,
    read_message,
)
from prepaid.domain.credits import Instant
from prepaid.inbox.ports import Exceptions
from prepaid.web.errors import MalformedRequest

NOT_AUTHENTIC = "not_authentic"
UNREADABLE = "unreadable_call_message"
IGNORED = "ignored"
ADMITTED = "admitted"
ELIGIBLE = "eligible"
NOT_ELIGIBLE = "not_eligible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was made of a message: a word, the call, and what an inbound call is answered.

    `refused` says that an inbound call waits for a refusal; the word is its reason.
    """

    word: str
    call_id: str | None = None
    answered: Answered | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VapiWebhooks:
    """Receives what Vapi sends. *secret* is told whether what it gave last proved nothing.

    *inbound* begins the short time in which somebody waits for an answer.
    """

    secret: Callable[[bool], str]
    inbound: Callable[[], InboundCalls]
    tracking: CallTracking
    exceptions: Exceptions

    def receive(self, received: Received, *, request_id: str, now: Instant) -> Outcome:
        """Answer what a message asks, learn what it tells.

        Raises `Unavailable` when the secret cannot be read, or when it cannot be known what
        became of the news: receiving it again is safe.
        """
        if not self._is_vapis(received, now):
            return Outcome(word=NOT_AUTHENTIC)
        try:
            message = read_message(received.body)
        except (MalformedRequest, MessageInvalid):
            subject = hashlib.sha256(received.body).hexdigest()
            self.exceptions.report(UNREADABLE, subject, f"{len(received.body)} bytes", now=now)
            return Outcome(word=UNREADABLE)
        return self._taken(message, request_id, now)

    def _taken(self, message: Message, request_id: str, now: Instant) -> Outcome:
        match message:
            case AssistantRequest(call_event=call_event):
                decided = self.inbound().answer(call_event, request_id=request_id, now=now)
                if isinstance(decided, Answered):
                    return Outcome(word=ADMITTED, call_id=call_event.call_id, answered=decided)
                return Outcome(word=decided, call_id=call_event.call_id, refused=True)
            case Predial(campaign_id=campaign_id):
                eligible = self.inbound().eligible(campaign_id, now)
                return Outcome(word=ELIGIBLE if eligible else NOT_ELIGIBLE)
            case StateOfCall(call_event=call_event):
                outcome = self.tracking.record_event(call_event, request_id=request_id, now=now)
                return Outcome(word=str(outcome), call_id=call_event.call_id)
        return Outcome(word=IGNORED)

    def _is_vapis(self, received: Received, now: Instant) -> bool:
        """Verify by the secret that we know, or by a newer one when there is one."""
        secret = self.secret(False)
        if _verified(received, secret, now):
            return True
        newer = self.secret(True)
        return newer != secret and _verified(received, newer, now)


def _verified(received: Received, secret: str, now: Instant) -> bool:
    try:
        verify(received, read_plans(secret), now)
    except (NotVapi, PlansInvalid):
        return False
    return True
