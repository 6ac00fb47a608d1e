"""Stripe's documented test payment methods and what each one does."""

from dataclasses import dataclass, field
from enum import StrEnum

from local.stripe.errors import InvalidParams


class Authentication(StrEnum):
    """When a card wants its holder (3-D Secure)."""

    NEVER = "never"
    ALWAYS = "always"
    UNLESS_PREPARED = "unless_prepared"
    """Off-session it passes once it was set up with its holder present; on-session it asks."""


@dataclass(frozen=True, slots=True)
class Decline:
    """How a payment fails: Stripe's code, decline code, sentence and advice."""

    code: str
    decline_code: str
    message: str
    advice_code: str = "try_again_later"
    network_decline_code: str = "01"


GENERIC = Decline("card_declined", "generic_decline", "Your card was declined.")
INSUFFICIENT = Decline("card_declined", "insufficient_funds", "Your card has insufficient funds.")
NEEDS_HOLDER = Decline(
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
    "confirm_card_data",
)
HOLDER_FAILED = Decline(
    "payment_intent_authentication_failure",
    "",
    "The provided PaymentMethod has failed authentication. You can provide payment_method_data "
    "or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
)


def _lost(kind: str) -> Decline:
    return Decline("card_declined", kind, "Your card was declined.", "do_not_try_again")


@dataclass(frozen=True, slots=True)
class Method:
    """One test payment method. *prepared*: as if it had been set up for later already."""

    name: str
    number: str
    brand: str = "visa"
    kind: str = "card"
    authentication: Authentication = Authentication.NEVER
    decline: Decline | None = None
    attachable: bool = True
    prepared: bool = False
    dispute: str | None = None
    refund_status: str = field(default="succeeded")


_CREATE, _AUTH = "pm_card_createDispute", "pm_card_authenticationRequired"
_DECLINED, _CHARGE = "pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"

METHODS = (
    Method("pm_card_visa", "4242424242424242"),
    Method("pm_card_mastercard", "5555555555554444", brand="mastercard"),
    Method("pm_card_amex", "378282246310005", brand="amex"),
    Method(_DECLINED, "4000000000000002", decline=GENERIC, attachable=False),
    Method(
        f"{_DECLINED}InsufficientFunds",
        "4000000000009995",
        decline=INSUFFICIENT,
        attachable=False,
    ),
    Method(
        f"{_DECLINED}LostCard", "4000000000009987", decline=_lost("lost_card"), attachable=False
    ),
    Method(
        f"{_DECLINED}StolenCard",
        "4000000000009979",
        decline=_lost("stolen_card"),
        attachable=False,
    ),
    Method(
        f"{_CHARGE}ExpiredCard",
        "4000000000000069",
        decline=Decline("expired_card", "expired_card", "Your card has expired."),
        attachable=False,
    ),
    Method(
        f"{_CHARGE}IncorrectCvc",
        "4000000000000127",
        decline=Decline(
            "incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."
        ),
        attachable=False,
    ),
    Method(
        f"{_CHARGE}ProcessingError",
        "4000000000000119",
        decline=Decline(
            "processing_error",
            "processing_error",
            "An error occurred while processing your card. Try again in a little bit.",
        ),
        attachable=False,
    ),
    Method("pm_card_chargeCustomerFail", "4000000000000341", decline=GENERIC),
    Method(_AUTH, "4000002760003184", authentication=Authentication.ALWAYS),
    Method(f"{_AUTH}OnSetup", "4000002500003155", authentication=Authentication.UNLESS_PREPARED),
    Method(
        f"{_AUTH}SetupForOffSession",
        "4000003800000446",
        authentication=Authentication.UNLESS_PREPARED,
        prepared=True,
    ),
    Method(
        f"{_AUTH}ChargeDeclinedInsufficientFunds",
        "4000008260003178",
        authentication=Authentication.UNLESS_PREPARED,
        decline=INSUFFICIENT,
    ),
    Method(
        "pm_card_threeDSecure2Required", "4000000000003220", authentication=Authentication.ALWAYS
    ),
    Method(
        "pm_card_threeDSecureRequiredChargeDeclined",
        "4000008400001629",
        authentication=Authentication.ALWAYS,
        decline=GENERIC,
    ),
    Method(_CREATE, "4000000000000259", dispute="fraudulent"),
    Method(f"{_CREATE}ProductNotReceived", "4000000000002685", dispute="product_not_received"),
    Method(f"{_CREATE}Inquiry", "4000000000001976", dispute="inquiry"),
    Method("pm_card_pendingRefund", "4000000000007726", refund_status="pending"),
    Method("pm_card_refundFail", "4000000000005126", refund_status="failed"),
    Method(
        "pm_usBankAccount_success",
        "000123456789",
        kind="us_bank_account",
        refund_status="pending",
    ),
    Method(
        "pm_usBankAccount_insufficientFunds",
        "000222222227",
        kind="us_bank_account",
        decline=Decline(
            "payment_method_customer_decline",
            "insufficient_funds",
            "The account is short of money.",
        ),
        refund_status="pending",
    ),
)

BY_NAME = {method.name: method for method in METHODS}
BY_NUMBER = {method.number: method for method in METHODS}


def by_number(number: str, *, param: str) -> Method:
    """The test card or account with *number*; spaces do not matter."""
    method = BY_NUMBER.get(number.replace(" ", ""))
    if method is None:
        raise InvalidParams(
            "The stand-in knows only Stripe's test cards; see local/stripe/README.md.",
            code="incorrect_number",
            param=param,
        )
    return method
