"""New payment intents, setup intents, customers and payment methods, as the API shows them."""

from local.stripe.cards import Method
from local.stripe.errors import Json
from local.stripe.state import Unit

_EMPTY_PAYMENT = (
    "application application_fee_amount automatic_payment_methods canceled_at "
    "cancellation_reason customer customer_account description excluded_payment_method_types "
    "last_payment_error latest_charge next_action on_behalf_of payment_method "
    "payment_method_configuration_details processing receipt_email review setup_future_usage "
    "shipping source statement_descriptor statement_descriptor_suffix transfer_data "
    "transfer_group"
)


def customer(unit: Unit, *, metadata: dict[str, str], **members: str | None) -> Json:
    """A customer; *members* are the texts that the client set."""
    return {
        "id": unit.new_id("customer"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": unit.now,
        "currency": None,
        "customer_account": None,
        "default_source": None,
        "delinquent": False,
        "description": members.get("description"),
        "discount": None,
        "email": members.get("email"),
        "invoice_prefix": unit.new_id("customer")[4:12].upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": metadata,
        "name": members.get("name"),
        "next_invoice_sequence": 1,
        "phone": members.get("phone"),
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def card_details(method: Method) -> Json:
    """The `card` or `us_bank_account` member, alike in payment methods and charges."""
    if method.kind != "card":
        return {
            "account_holder_type": "individual",
            "account_type": "checking",
            "bank_name": "STRIPE TEST BANK",
            "fingerprint": f"fp{method.number}",
            "last4": method.number[-4:],
            "routing_number": "110000000",
        }
    return {
        "brand": method.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "pass",
        },
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"fp{method.number}",
        "funding": "credit",
        "last4": method.number[-4:],
        "network": method.brand,
        "wallet": None,
    }


def payment_method(unit: Unit, method: Method) -> Json:
    """A fresh payment method that behaves like *method*, attached to nobody."""
    details = card_details(method)
    if method.kind == "card":
        brand = method.brand
        details = {name: value for name, value in details.items() if name != "network"} | {
            "display_brand": "american_express" if brand == "amex" else brand,
            "generated_from": None,
            "networks": {"available": [brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
        }
    return {
        "id": unit.new_id("payment_method"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(),
        method.kind: details,
        "created": unit.now,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": method.kind,
        "_number": method.number,
        "_prepared": method.prepared,
        "_spent": False,
    }


def billing_details() -> Json:
    """Nothing known about the payer."""
    lines = ("city", "country", "line1", "line2", "postal_code", "state")
    return {
        "address": dict.fromkeys(lines),
        "email": None,
        "name": None,
        "phone": None,
        "tax_id": None,
    }


def payment_intent(unit: Unit, *, amount: int, currency: str, metadata: dict[str, str]) -> Json:
    """An intent for *amount* in the currency's smallest unit, which nobody has paid yet."""
    intent_id = unit.new_id("payment_intent")
    return dict.fromkeys(_EMPTY_PAYMENT.split()) | {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "capture_method": "automatic_async",
        "client_secret": unit.secret_of(intent_id),
        "confirmation_method": "automatic",
        "created": unit.now,
        "currency": currency,
        "livemode": False,
        "metadata": metadata,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "status": "requires_payment_method",
    }


def setup_intent(unit: Unit, *, metadata: dict[str, str]) -> Json:
    """An intent to save a payment method for later."""
    intent_id = unit.new_id("setup_intent")
    return {
        "id": intent_id,
        "object": "setup_intent",
        "application": None,
        "automatic_payment_methods": None,
        "cancellation_reason": None,
        "client_secret": unit.secret_of(intent_id),
        "created": unit.now,
        "customer": None,
        "customer_account": None,
        "description": None,
        "excluded_payment_method_types": None,
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": metadata,
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": "off_session",
    }
