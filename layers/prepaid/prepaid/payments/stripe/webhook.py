"""Webhooks: who signed the raw bytes, whose money they are about, and only then what they say.

An answer of 2xx ends Stripe's retries, so whatever a retry cannot change is accepted and, where an
admin must look at it, reported. What is about another product's money is left alone.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prepaid.domain.credits import Instant
from prepaid.inbox.ports import Exceptions
from prepaid.payments.facts import FactOutcome, PaymentFacts
from prepaid.payments.stripe.events import EnvelopeInvalid, EventInvalid, StripeEvent, read_event
from prepaid.payments.stripe.signature import SignatureInvalid, verify

BAD_SIGNATURE = "bad_signature"
NO_EVENT = "no_event"
UNREADABLE = "unreadable_event"
IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was made of a webhook: `outcome` is one of the words above or a `FactOutcome`."""

    outcome: str
    event: StripeEvent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """Receives what Stripe sends.

    *secrets* receives whether a signature matched none of those that it gave last; *live* says
    whether real money moves here.
    """

    secrets: Callable[[bool], Sequence[str]]
    live: bool
    facts: PaymentFacts
    exceptions: Exceptions

    def receive(self, body: bytes, signature: str, *, request_id: str, now: Instant) -> Received:
        """Record what a webhook brings, with all that it does to its account.

        Raises `Unavailable` when the secrets cannot be read, or when it cannot be known what
        became of the fact: receiving it again is safe.
        """
        if not self._is_signed(body, signature, now):
            return Received(outcome=BAD_SIGNATURE)
        try:
            event = read_event(body)
        except EnvelopeInvalid as exc:
            subject = hashlib.sha256(body).hexdigest()
            self.exceptions.report("unreadable_event", subject, str(exc), now=now)
            return Received(outcome=UNREADABLE)
        except EventInvalid:
            return Received(outcome=NO_EVENT)
        if event is None or event.payment_event is None:
            return Received(outcome=IGNORED, event=event)
        foreign = self._foreign(event)
        if foreign is None:
            outcome = self.facts.record_fact(event.payment_event, request_id=request_id, now=now)
        elif self.facts.ours(event.payment_event):
            self.exceptions.report("foreign_event", event.event_id, foreign, now=now)
            outcome = FactOutcome.CONTRADICTED
        else:
            outcome = FactOutcome.FOREIGN
        return Received(outcome=outcome, event=event)

    def _is_signed(self, body: bytes, signature: str, now: Instant) -> bool:
        """Verify with the secrets that we know, or with newer ones when there are any."""
        current = self.secrets(False)
        if _verified(body, signature, current, now):
            return True
        newer = self.secrets(True)
        return newer != current and _verified(body, signature, newer, now)

    def _foreign(self, event: StripeEvent) -> str | None:
        """Say why an event, though it is signed, is not about money that moves here."""
        if event.account is not None:
            return f"{event.type} of the connected account {event.account}"
        if event.live != self.live:
            return f"{event.type} in {'live' if event.live else 'test'} mode"
        return None


def _verified(body: bytes, signature: str, secrets: Sequence[str], now: Instant) -> bool:
    try:
        verify(body, signature, secrets, now)
    except SignatureInvalid:
        return False
    return True
