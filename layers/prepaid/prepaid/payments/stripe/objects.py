"""Stripe's objects, read into facts about payments: strictly, and only the fields that we use.

Field names as in the pinned API version: https://docs.stripe.com/api
"""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from prepaid.domain.credits import Instant
from prepaid.payments.disputes import Disputed, Movement
from prepaid.payments.payment import Fact, Paid, PaymentStatus, Progress
from prepaid.payments.receipts import Card, Receipt
from prepaid.payments.refund_facts import ChargeRefunded, Refunded, RefundStatus
from prepaid.payments.stripe import words

MARK = "prepaid_payment_id"
"""Our mark: the name, ours alone, under which our payment's id stands in an object's metadata."""
OLD_MARK = "payment_id"
"""The name that intents had before: other systems use it too, so it proves nothing by itself."""
REQUEST = "prepaid_refund_request"
"""The name under which the key of an admin's request stands in a refund's metadata."""
MAX_MOVEMENTS = 100
Amount = Annotated[int, Field(ge=0, le=99_999_999_999)]
SignedAmount = Annotated[int, Field(ge=-99_999_999_999, le=99_999_999_999)]
Currency = Annotated[str, Field(pattern="^[a-z]{3}$")]
Id = Annotated[str, Field(pattern="^[!-~]{1,255}$")]
Time = Annotated[int, Field(ge=0, le=99_999_999_999)]
_ID = re.compile("[!-~]{1,255}")
_CARD = re.compile("[a-z_]{1,32} [0-9]{4}")
_RECEIPT = re.compile("https?://[!-~]{1,2000}")


def _without_half_pairs(text: str) -> str:
    """Refuse half a surrogate pair, which nothing can store. Raises `ValueError`."""
    text.encode()
    return text


Text = Annotated[str, AfterValidator(_without_half_pairs)]


class Wire(BaseModel):
    """What Stripe sends: exact types, unknown fields ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class PaymentError(Wire):
    """Why an attempt to pay failed; `message` is written for the customer."""

    code: Text | None = None
    decline_code: Text | None = None
    message: Text | None = None


class Expanded(Wire):
    """An object in the place of its id."""

    id: Id


class IntentObject(Wire):
    """A PaymentIntent."""

    id: Id
    status: Text
    amount_received: Amount = 0
    currency: Currency
    latest_charge: Id | Expanded | None = None
    last_payment_error: PaymentError | None = None
    cancellation_reason: Text | None = None


class ChargeObject(Wire):
    """A Charge."""

    amount_refunded: Amount
    currency: Currency


class RefundObject(Wire):
    """A Refund."""

    id: Id
    amount: Amount
    currency: Currency
    status: Text | None = None
    metadata: Mapping[str, object] | None = None


class BalanceTransactionObject(Wire):
    """A movement of our balance at Stripe."""

    id: Id
    amount: SignedAmount
    currency: Currency
    created: Time
    reporting_category: Text | None = None


class DisputeObject(Wire):
    """A Dispute."""

    id: Id
    amount: Amount
    currency: Currency
    status: Text
    balance_transactions: Annotated[
        list[BalanceTransactionObject], Field(max_length=MAX_MOVEMENTS)
    ] = []


def id_in(value: object) -> str:
    """Return the id that *value*, an id or an expanded object, holds; empty when there is none."""
    if isinstance(value, Mapping):
        value = value.get("id")
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def marks_in(metadata: object) -> tuple[str | None, str | None]:
    """Return the payment's id under our mark, and under the name that may be another system's.

    A mark whose text cannot be an id of ours is shown in ASCII, and leads to no payment.
    """
    if not isinstance(metadata, Mapping):
        return None, None
    mark = metadata.get(MARK)
    payment_id = None if mark is None else id_in(mark) or ascii(mark)[:64]
    return payment_id, id_in(metadata.get(OLD_MARK)) or None


def facts_of_intent(intent: IntentObject, at: Instant) -> list[Fact]:
    """Return what an intent itself says at *at*: that it is paid, or how far it is.

    One that waits for another attempt says how the last one failed.
    """
    if intent.status == "succeeded":
        return [paid(intent, at)]
    if intent.status == "processing":
        return [processing(intent, at)]
    if intent.status == "canceled":
        return [canceled(intent, at)]
    if intent.last_payment_error is not None:
        return [failed(intent, at)]
    return []


def paid(intent: IntentObject, at: Instant) -> Paid:
    """Turn an intent that succeeded into a fact."""
    charge = intent.latest_charge
    return Paid(
        amount=intent.amount_received,
        currency=intent.currency,
        charge_id=charge.id if isinstance(charge, Expanded) else charge,
        at=at,
    )


def processing(_: IntentObject, at: Instant) -> Progress:
    """Turn an intent that waits for a bank into a fact."""
    return Progress(status=PaymentStatus.PROCESSING, at=at)


def canceled(intent: IntentObject, at: Instant) -> Progress:
    """Turn a canceled intent into a fact."""
    why = words.cancellation(intent.cancellation_reason)
    return Progress(status=PaymentStatus.CANCELED, at=at, cancellation=why)


def failed(intent: IntentObject, at: Instant) -> Progress:
    """Turn a failed attempt to pay into a fact."""
    error = intent.last_payment_error or PaymentError()
    reason = error.message or error.decline_code or error.code or "The payment failed."
    return Progress(status=PaymentStatus.FAILED, at=at, reason=reason[:300])


def receipt_fact(charge: Mapping[str, object], at: Instant) -> Receipt:
    """Turn what a Charge says to its payer into a fact; what we cannot show is left out."""
    url = charge.get("receipt_url")
    details = charge.get("payment_method_details")
    return Receipt(
        at=at,
        url=url if isinstance(url, str) and _RECEIPT.fullmatch(url) else None,
        card=_card(details.get("card")) if isinstance(details, Mapping) else None,
    )


def _card(shown: object) -> Card | None:
    if not isinstance(shown, Mapping):
        return None
    brand, last4 = shown.get("brand"), shown.get("last4")
    if isinstance(brand, str) and isinstance(last4, str) and _CARD.fullmatch(f"{brand} {last4}"):
        return Card(brand=brand, last4=last4)
    return None


def charge_fact(charge: ChargeObject, at: Instant) -> ChargeRefunded:
    """Turn what a Charge says of its refunds into a fact."""
    return ChargeRefunded(amount=charge.amount_refunded, at=at, currency=charge.currency)


def refund_fact(refund: RefundObject, at: Instant) -> Refunded:
    """Turn a Refund, as it was at *at*, into a fact."""
    status = words.refund_status(refund.status)
    return Refunded(
        refund_id=refund.id,
        amount=refund.amount,
        status=status,
        at=at,
        currency=refund.currency,
        request=_request(refund.metadata or {}),
        word=(refund.status or "") if status is RefundStatus.UNKNOWN else "",
    )


def refund_facts(refunds: Iterable[RefundObject], at: Instant) -> list[Fact]:
    """Turn all refunds of a charge, as they were at *at*, into facts, with their sum.

    The sum stands before the refunds that failed: they had failed when it was made.
    """
    each_listed = [refund_fact(refund, at) for refund in refunds]
    live = [each for each in each_listed if each.live]
    back = [each for each in each_listed if not each.live]
    if not each_listed:
        return []
    amount = sum(each.amount for each in live)
    total = ChargeRefunded(amount=amount, at=at, currency=each_listed[0].currency)
    return [*live, total, *back]


def dispute_fact(
    dispute: DisputeObject, at: Instant, *, withdrawn: bool = False, reinstated: bool = False
) -> Disputed:
    """Turn a Dispute, as it was at *at*, into a fact; an event may say that its funds moved."""
    return Disputed(
        dispute_id=dispute.id,
        amount=dispute.amount,
        status=words.dispute_status(dispute.status),
        withdrawn=withdrawn,
        reinstated=reinstated,
        at=at,
        currency=dispute.currency,
        movements={
            each.id: Movement(
                kind=words.movement_kind(each.reporting_category, each.amount),
                amount=each.amount,
                currency=each.currency,
                created=Instant(each.created),
            )
            for each in dispute.balance_transactions
        },
    )


def _request(metadata: Mapping[str, object]) -> str:
    key = metadata.get(REQUEST)
    return key if isinstance(key, str) and key.isascii() and key.isprintable() else ""
