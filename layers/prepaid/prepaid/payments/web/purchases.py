"""Purchases on the wire: what is bought, how it is paid, what came of it, what is sent back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Literal, Self

from pydantic import Field

from prepaid.domain.credits import Instant
from prepaid.payments.payment import Cancellation, Payment, PaymentStatus
from prepaid.payments.ports import PaymentPosition, RefundReceipt
from prepaid.payments.purchases import Purchases, Started
from prepaid.payments.receipts import Card
from prepaid.payments.refunds import RefundOrder
from prepaid.web.fields import Reason, Text, WholeNumber
from prepaid.web.models import Flag, WireIn, WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.paging import Paged
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

LARGEST_AMOUNT = 99_999_999_999
_CANCELED = {
    Cancellation.ABANDONED: "The payment was not completed in time.",
    Cancellation.DUPLICATE: "The payment was canceled because it was made twice.",
    Cancellation.FRAUDULENT: "The payment was canceled.",
    Cancellation.REQUESTED: "The payment was canceled on request.",
    Cancellation.OTHER: "The payment was canceled.",
}
_OTHER_AMOUNT = (
    "The amount that was received is not the price of this purchase, so no credits were given. "
    "Support has been told, and will either give the credits or send the money back."
)
_MoneyOut = Annotated[int, Field(description="In the currency's smallest unit.")]


class PurchaseIn(WireIn):
    """Which package to buy."""

    package_id: Annotated[str, Text(64)]
    save_card: Flag = Field(
        default=False,
        description="The payer agrees that the card is kept and charged later without them.",
    )


class StartedOut(WireOut):
    """A purchase that can be paid with `client_secret` in Stripe's payment element."""

    payment_id: str
    client_secret: str
    publishable_key: str
    amount: _MoneyOut
    currency: str
    credits: CreditsOut
    bonus: CreditsOut
    status: PaymentStatus

    @classmethod
    def of(cls, started: Started, *, publishable_key: str) -> Self:
        """Show a purchase to whoever pays it."""
        payment = started.payment
        return cls(
            payment_id=payment.payment_id,
            client_secret=started.client_secret,
            publishable_key=publishable_key,
            amount=payment.price,
            currency=payment.currency,
            credits=str(payment.credits),
            bonus=str(payment.bonus),
            status=payment.status,
        )


class CardOut(WireOut):
    """The card that a purchase was paid with."""

    brand: str = Field(description="The card's network, in lower case.")
    last4: str = Field(description="Its last four digits.")

    @classmethod
    def of(cls, card: Card) -> Self:
        """Show *card*."""
        return cls(brand=card.brand, last4=card.last4)


class PurchaseOut(WireOut):
    """A purchase: its terms as bought, and what became of its money and of its credits."""

    payment_id: str
    account_id: str
    package_id: str
    credits: CreditsOut
    bonus: CreditsOut
    amount: _MoneyOut
    currency: str
    status: PaymentStatus
    credited: bool = Field(description="The credits and the bonus are in the account.")
    failure_reason: str | None = Field(
        description="Why it is not paid or not credited, and what happens next, for a person."
    )
    problem: Literal["other_amount_paid"] | None = Field(
        description="Why money was received and no credits were given, for a program."
    )
    amount_refunded: _MoneyOut
    credits_taken_back: CreditsOut = Field(description="After refunds and disputes.")
    created_at: TimestampOut
    paid_at: TimestampOut | None
    receipt_url: str | None = Field(
        description="The provider's page with the receipt; null until it has told of one."
    )
    card: CardOut | None = Field(description="Null where it was not paid by card, or not yet.")

    @classmethod
    def of(cls, payment: Payment) -> Self:
        """Show *payment*."""
        return cls(
            payment_id=payment.payment_id,
            account_id=payment.account_id,
            package_id=payment.package_id,
            credits=str(payment.credits),
            bonus=str(payment.bonus),
            amount=payment.price,
            currency=payment.currency,
            status=payment.status,
            credited=payment.granted,
            failure_reason=_failure(payment),
            problem="other_amount_paid" if payment.status is PaymentStatus.UNDER_REVIEW else None,
            amount_refunded=payment.money_refunded,
            credits_taken_back=str(payment.taken_back),
            created_at=timestamp(payment.created_at),
            paid_at=timestamp(payment.paid.at) if payment.paid else None,
            receipt_url=payment.receipt.url,
            card=CardOut.of(payment.receipt.card) if payment.receipt.card else None,
        )


class PurchasesQuery(PageQuery):
    """How much of the list of purchases to answer."""

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        return {"list": "purchases"}


class PurchasesOut(WireOut):
    """A page of purchases, newest first."""

    items: list[PurchaseOut]
    next_cursor: str | None


class RefundIn(WireIn):
    """Money to send back: an amount, or all that is left; and why."""

    payment_id: Annotated[str, Text(64, "[A-Za-z0-9_-]+")]
    amount: Annotated[int, WholeNumber(1, LARGEST_AMOUNT)] | None = Field(
        default=None, description="In the currency's smallest unit; all that is left without it."
    )
    reason: Reason

    def order(self, *, actor: str, key: str, request_id: str) -> RefundOrder:
        """Return the refund that is meant."""
        return RefundOrder(
            payment_id=self.payment_id,
            amount=self.amount,
            reason=self.reason,
            actor=actor,
            key=key,
            request_id=request_id,
        )


class RefundOut(WireOut):
    """A refund that Stripe took on; the credits follow when Stripe tells of it."""

    refund_id: str
    payment_id: str
    amount: _MoneyOut
    currency: str
    status: str = Field(description="Stripe's: pending, requires_action, succeeded, failed, …")

    @classmethod
    def of(cls, receipt: RefundReceipt, *, payment_id: str) -> Self:
        """Show a refund."""
        return cls(
            refund_id=receipt.refund_id,
            payment_id=payment_id,
            amount=receipt.amount,
            currency=receipt.currency,
            status=receipt.status,
        )


class ReceivedOut(WireOut):
    """What a webhook is answered."""

    received: bool = True


def _failure(payment: Payment) -> str | None:
    progress = payment.progress
    if payment.status is PaymentStatus.UNDER_REVIEW:
        return _OTHER_AMOUNT
    if payment.status is PaymentStatus.CANCELED:
        return _CANCELED[progress.cancellation]
    return progress.reason if payment.status is PaymentStatus.FAILED else None


type Listing = Paged[PurchasesQuery]


def page(listing: Listing, purchases: Purchases) -> Answer:
    """Answer one page, newest first. Raises `CursorInvalid`, `Unavailable`."""
    request = listing.request
    found, last = purchases.page(
        request.account_id, limit=request.query.limit, after=_after(listing)
    )
    items = [PurchaseOut.of(each) for each in found]
    return listing.page(PurchasesOut, items, asdict(last) if last else None)


def has_none(request: Request[None, PurchasesQuery], answer: Answer) -> bool:
    """Say whether a list's first page is empty."""
    items = isinstance(answer.body, PurchasesOut) and answer.body.items
    return not items and request.query.cursor is None


def _after(listing: Listing) -> PaymentPosition | None:
    last = listing.after()
    if last is None:
        return None
    return PaymentPosition(
        created_at=Instant(int(last["created_at"])), payment_id=str(last["payment_id"])
    )
