"""Stripe's events: what each is about, and the fact in it.

What an event is about is read apart from its fields, so that an object of another product's is
known for what it is whatever its fields look like: https://docs.stripe.com/api/events/types
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from prepaid.domain.credits import Instant
from prepaid.payments.payment import Fact
from prepaid.payments.ports import PaymentEvent, Unreadable
from prepaid.payments.stripe import objects
from prepaid.payments.stripe.objects import (
    ChargeObject,
    DisputeObject,
    Id,
    IntentObject,
    RefundObject,
    Time,
    Wire,
    id_in,
    marks_in,
)

LONGEST_NUMBER = 20


class EventInvalid(Exception):
    """The body is no JSON object."""


class EnvelopeInvalid(EventInvalid):
    """The body is a JSON object, but no event that we can read."""


class _Data(Wire):
    object: Mapping[str, object]


class _Envelope(Wire):
    id: Id
    object: Literal["event"]
    type: Annotated[str, Field(pattern="^[!-~]{1,255}$")]
    created: Time
    livemode: bool
    account: Id | None = None
    data: _Data


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeEvent:
    """An event: what it is and, if we know its type, the payment event in it.

    `account` names the connected account that it comes from; our own events carry none.
    """

    event_id: str
    type: str
    live: bool
    account: str | None
    payment_event: PaymentEvent | None


def read_event(body: bytes) -> StripeEvent | None:
    """Read an event; `None` for a thin one, which carries nothing.

    Raises `EventInvalid` for what is no JSON object, `EnvelopeInvalid` for what is no event. An
    event whose object is not what its type promises carries a payment event that is `Unreadable`.
    """
    parsed = _json(body)
    if parsed.get("object") == "v2.core.event":
        return None
    try:
        envelope = _Envelope.model_validate(parsed)
    except ValidationError as exc:
        raise EnvelopeInvalid(_faults(exc)) from exc
    reader = _READERS.get(envelope.type)
    return StripeEvent(
        event_id=envelope.id,
        type=envelope.type,
        live=envelope.livemode,
        account=envelope.account,
        payment_event=_payment_event(envelope, reader) if reader else None,
    )


def _json(body: bytes) -> Mapping[str, object]:
    try:
        parsed = json.loads(body.decode(), parse_int=_bounded)
    except (ValueError, RecursionError) as exc:
        raise EventInvalid("The body is no JSON.") from exc
    if not isinstance(parsed, dict):
        raise EventInvalid("The body is no object.")
    return parsed


def _bounded(digits: str) -> int | str:
    """Read a whole number; one that is longer than any of Stripe's stays text."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


@dataclass(frozen=True, slots=True)
class _Reader:
    """How an event of one type is read: where its intent and charge stand, and its fact."""

    intent: str
    charge: str
    fact: Callable[[Mapping[str, object], Instant], Fact]


def _payment_event(envelope: _Envelope, reader: _Reader) -> PaymentEvent:
    about = envelope.data.object
    payment_id, hint = marks_in(about.get("metadata"))
    charge = about.get(reader.charge)
    fact: Fact | Unreadable
    try:
        fact = reader.fact(about, Instant(envelope.created))
    except ValidationError as exc:
        fact = Unreadable(subject=envelope.id, detail=f"{envelope.type}: {_faults(exc)}")
    intent_id = id_in(about.get(reader.intent))
    if not intent_id and isinstance(charge, Mapping):
        intent_id = id_in(charge.get("payment_intent"))
    return PaymentEvent(
        intent_id=intent_id,
        charge_id=id_in(charge) or None,
        payment_id=payment_id,
        hint=hint,
        fact=fact,
    )


def _faults(invalid: ValidationError) -> str:
    """Name the fields that are wrong, without what stands in them."""
    faults = invalid.errors(include_input=False, include_url=False, include_context=False)
    named = [f"{'.'.join(map(str, each['loc']))} ({each['type']})" for each in faults[:5]]
    return ascii(", ".join(named))[1:-1]


def _of_intent(fact: Callable[[IntentObject, Instant], Fact]) -> _Reader:
    def read(about: Mapping[str, object], at: Instant) -> Fact:
        return fact(IntentObject.model_validate(about), at)

    return _Reader("id", "latest_charge", read)


def _of_charge() -> _Reader:
    def read(about: Mapping[str, object], at: Instant) -> Fact:
        return objects.charge_fact(ChargeObject.model_validate(about), at)

    return _Reader("payment_intent", "id", read)


def _of_receipt() -> _Reader:
    return _Reader("payment_intent", "id", objects.receipt_fact)


def _of_refund() -> _Reader:
    def read(about: Mapping[str, object], at: Instant) -> Fact:
        return objects.refund_fact(RefundObject.model_validate(about), at)

    return _Reader("payment_intent", "charge", read)


def _of_dispute(*, withdrawn: bool = False, reinstated: bool = False) -> _Reader:
    def read(about: Mapping[str, object], at: Instant) -> Fact:
        dispute = DisputeObject.model_validate(about)
        return objects.dispute_fact(dispute, at, withdrawn=withdrawn, reinstated=reinstated)

    return _Reader("payment_intent", "charge", read)


_READERS: Mapping[str, _Reader] = {
    "payment_intent.succeeded": _of_intent(objects.paid),
    "payment_intent.processing": _of_intent(objects.processing),
    "payment_intent.payment_failed": _of_intent(objects.failed),
    "payment_intent.canceled": _of_intent(objects.canceled),
    "charge.succeeded": _of_receipt(),
    "charge.updated": _of_receipt(),
    "charge.refunded": _of_charge(),
    "refund.created": _of_refund(),
    "refund.updated": _of_refund(),
    "refund.failed": _of_refund(),
    "charge.dispute.created": _of_dispute(),
    "charge.dispute.updated": _of_dispute(),
    "charge.dispute.funds_withdrawn": _of_dispute(withdrawn=True),
    "charge.dispute.funds_reinstated": _of_dispute(reinstated=True),
    "charge.dispute.closed": _of_dispute(),
}
KNOWN_TYPES = tuple(_READERS)
"""The events to subscribe to: https://docs.stripe.com/webhooks."""
