"""Stripe's events, read into facts about payments.

Field names as in the pinned API version: https://docs.stripe.com/api/events/types
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from prepaid.domain.credits import Instant
from prepaid.domain.payments import (
    ChargeRefunded,
    Disputed,
    Fact,
    Paid,
    PaymentStatus,
    Progress,
    Refunded,
)
from prepaid.usecases.payment_ports import News

PAYMENT_ID = "payment_id"
"""The name under which our payment's id stands in an intent's metadata."""
Amount = Annotated[int, Field(ge=0, le=99_999_999_999)]
Id = Annotated[str, Field(min_length=1, max_length=255)]


class EventInvalid(Exception):
    """The body is no Stripe event that we can read."""


class _Wire(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class PaymentError(_Wire):
    """Why an attempt to pay failed; `message` is written for the customer."""

    code: str | None = None
    decline_code: str | None = None
    message: str | None = None


class IntentObject(_Wire):
    """A PaymentIntent."""

    id: Id
    status: str
    amount_received: Amount = 0
    currency: str
    metadata: Mapping[str, str] = {}
    latest_charge: str | Mapping[str, object] | None = None
    last_payment_error: PaymentError | None = None
    cancellation_reason: str | None = None


class ChargeObject(_Wire):
    """A Charge."""

    payment_intent: str | None = None
    amount_refunded: Amount
    metadata: Mapping[str, str] = {}


class RefundObject(_Wire):
    """A Refund."""

    id: Id
    amount: Amount
    status: str | None = None
    payment_intent: str | None = None
    metadata: Mapping[str, str] | None = None


class DisputeObject(_Wire):
    """A Dispute; it names no customer, only the intent."""

    id: Id
    amount: Amount
    status: str
    payment_intent: str | None = None


class _Data(_Wire):
    object: Mapping[str, object]


class _Envelope(_Wire):
    id: Id
    object: Literal["event"]
    type: Id
    created: Annotated[int, Field(ge=0, le=99_999_999_999)]
    livemode: bool
    account: str | None = None
    data: _Data


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeEvent:
    """An event: what it is and, if we know its type and it is about a payment, its fact.

    `account` names the connected account that it comes from; our own events carry none.
    """

    event_id: str
    type: str
    live: bool
    account: str | None
    news: News | None


def read_event(body: bytes) -> StripeEvent | None:
    """Read an event; `None` for a thin one, which carries nothing. Raises `EventInvalid`."""
    try:
        parsed = json.loads(body.decode())
        if isinstance(parsed, dict) and parsed.get("object") == "v2.core.event":
            return None
        envelope = _Envelope.model_validate(parsed)
        read = _READERS.get(envelope.type)
        news = read(envelope) if read else None
    except (ValueError, RecursionError) as exc:
        raise EventInvalid("The body is no event.") from exc
    return StripeEvent(
        event_id=envelope.id,
        type=envelope.type,
        live=envelope.livemode,
        account=envelope.account,
        news=news,
    )


def facts_of_intent(intent: IntentObject, at: Instant) -> list[Fact]:
    """Return what an intent itself says at *at*: that it is paid, or how far it is.

    One that waits for another attempt says how the last one failed.
    """
    if intent.status == "succeeded":
        return [_paid(intent, at)]
    if intent.status == "processing":
        return [Progress(status=PaymentStatus.PROCESSING, at=at)]
    if intent.status == "canceled":
        return [_canceled(intent, at)]
    if intent.last_payment_error is not None:
        return [_failed(intent, at)]
    return []


def _paid(intent: IntentObject, at: Instant) -> Paid:
    charge = intent.latest_charge
    return Paid(
        amount=intent.amount_received,
        currency=intent.currency,
        charge_id=str(charge["id"]) if isinstance(charge, Mapping) else charge,
        at=at,
    )


def _canceled(intent: IntentObject, at: Instant) -> Progress:
    return Progress(status=PaymentStatus.CANCELED, at=at, reason=intent.cancellation_reason)


def _failed(intent: IntentObject, at: Instant) -> Progress:
    error = intent.last_payment_error or PaymentError()
    reason = error.message or error.decline_code or error.code or "The payment failed."
    return Progress(status=PaymentStatus.FAILED, at=at, reason=reason[:300])


def _processing(_: IntentObject, at: Instant) -> Progress:
    return Progress(status=PaymentStatus.PROCESSING, at=at)


type _Reader = Callable[[_Envelope], News | None]


def _of_intent(fact: Callable[[IntentObject, Instant], Fact]) -> _Reader:
    def read(envelope: _Envelope) -> News:
        intent = IntentObject.model_validate(envelope.data.object)
        return News(
            intent_id=intent.id,
            payment_id=intent.metadata.get(PAYMENT_ID),
            fact=fact(intent, Instant(envelope.created)),
        )

    return read


def _of_charge(envelope: _Envelope) -> News | None:
    charge = ChargeObject.model_validate(envelope.data.object)
    fact = ChargeRefunded(amount=charge.amount_refunded)
    return _about(charge.payment_intent, fact, charge.metadata)


def _of_refund(envelope: _Envelope) -> News | None:
    refund = RefundObject.model_validate(envelope.data.object)
    return _about(refund.payment_intent, refund_fact(refund), refund.metadata or {})


def refund_fact(refund: RefundObject) -> Refunded:
    """Turn a Refund into a fact; one without a status is pending."""
    return Refunded(refund_id=refund.id, amount=refund.amount, status=refund.status or "pending")


def _of_dispute(*, withdrawn: bool = False, reinstated: bool = False) -> _Reader:
    def read(envelope: _Envelope) -> News | None:
        dispute = DisputeObject.model_validate(envelope.data.object)
        fact = Disputed(
            dispute_id=dispute.id,
            amount=dispute.amount,
            status=dispute.status,
            withdrawn=withdrawn,
            reinstated=reinstated,
        )
        return _about(dispute.payment_intent, fact, {})

    return read


def _about(intent_id: str | None, fact: Fact, metadata: Mapping[str, str]) -> News | None:
    if not intent_id:
        return None
    return News(intent_id=intent_id, payment_id=metadata.get(PAYMENT_ID), fact=fact)


_READERS: Mapping[str, _Reader] = {
    "payment_intent.succeeded": _of_intent(_paid),
    "payment_intent.processing": _of_intent(_processing),
    "payment_intent.payment_failed": _of_intent(_failed),
    "payment_intent.canceled": _of_intent(_canceled),
    "charge.refunded": _of_charge,
    "refund.created": _of_refund,
    "refund.updated": _of_refund,
    "refund.failed": _of_refund,
    "charge.dispute.created": _of_dispute(),
    "charge.dispute.updated": _of_dispute(),
    "charge.dispute.funds_withdrawn": _of_dispute(withdrawn=True),
    "charge.dispute.funds_reinstated": _of_dispute(reinstated=True),
    "charge.dispute.closed": _of_dispute(),
}
KNOWN_TYPES = tuple(_READERS)
"""The events to subscribe to: https://docs.stripe.com/webhooks."""
