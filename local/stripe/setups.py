"""Setup intents: a card is saved for later, without a payment."""

from local.stripe import methods, shapes
from local.stripe.attempts import next_action
from local.stripe.cards import GENERIC, HOLDER_FAILED, Authentication, Decline
from local.stripe.errors import Declined, InvalidParams, Json, WrongState
from local.stripe.forms import Params
from local.stripe.intents import USAGES, read_types, refuse_types
from local.stripe.state import Unit, visible

_BOTH = {
    "expand",
    "mandate_data",
    "payment_method",
    "payment_method_data",
    "payment_method_options",
    "return_url",
    "use_stripe_sdk",
}
CONFIRM_PARAMS = _BOTH | {"client_secret"}
CREATE_PARAMS = _BOTH | {
    "allowed_payment_method_types",
    "automatic_payment_methods",
    "confirm",
    "customer",
    "description",
    "excluded_payment_method_types",
    "metadata",
    "usage",
}
CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


def create_setup(unit: Unit, params: Params) -> Json:
    """POST /v1/setup_intents."""
    refuse_types(params)
    params.only(CREATE_PARAMS)
    confirming = params.boolean("confirm") or False
    customer = params.text("customer")
    if customer is not None:
        unit.get("customer", customer, param="customer")
    types = read_types(params)
    intent = shapes.setup_intent(unit, metadata=params.metadata())
    intent |= types | {
        "customer": customer,
        "description": params.text("description"),
        "usage": params.choice("usage", USAGES) or "off_session",
        "_return_url": params.text("return_url"),
    }
    unit.put(intent)
    unit.emit("setup_intent.created", intent)
    intent = _choose(unit, intent, params)
    return _confirm(unit, intent) if confirming else intent


def confirm_setup(unit: Unit, params: Params, intent_id: str) -> Json:
    """POST /v1/setup_intents/{id}/confirm."""
    params.only(CONFIRM_PARAMS)
    intent = unit.get("setup_intent", intent_id)
    if intent["status"] not in CONFIRMABLE:
        raise _unexpected(intent, f"it has a status of {intent['status']}")
    url = params.text("return_url")
    if url is not None:
        intent = unit.change(intent, _return_url=url)
    return _confirm(unit, _choose(unit, intent, params))


def _choose(unit: Unit, intent: Json, params: Params) -> Json:
    method = methods.read_method(unit, params)
    if method is None:
        return intent
    methods.check_usable(method, intent["customer"])
    return unit.change(intent, payment_method=method["id"], status="requires_confirmation")


def _confirm(unit: Unit, intent: Json) -> Json:
    if intent["payment_method"] is None:
        raise _unexpected(intent, "it's missing a payment method")
    automatic = intent["automatic_payment_methods"] or {"allow_redirects": "never"}
    if automatic["allow_redirects"] == "always" and not intent["_return_url"]:
        raise InvalidParams(
            "This SetupIntent may redirect your customer, so you must provide a `return_url`, or "
            "set `automatic_payment_methods[allow_redirects]` to `never`.",
            param="return_url",
        )
    card = methods.behaviour(unit.get("payment_method", intent["payment_method"]))
    if not card.attachable:
        raise fail(unit, intent, card.decline or GENERIC)
    if card.authentication is Authentication.NEVER or card.prepared:
        return save(unit, intent)
    waiting = unit.change(
        intent,
        status="requires_action",
        next_action=next_action(intent),
        last_setup_error=None,
    )
    unit.emit("setup_intent.requires_action", waiting)
    return waiting


def save(unit: Unit, intent: Json) -> Json:
    """The card is saved, and prepared for payments without its holder."""
    method = unit.get("payment_method", intent["payment_method"])
    if intent["customer"] is not None:
        method = methods.keep_for(unit, method, intent["customer"])
    if intent["usage"] == "off_session":
        unit.change(method, _prepared=True)
    done = unit.change(intent, status="succeeded", next_action=None, last_setup_error=None)
    unit.emit("setup_intent.succeeded", done)
    return done


def fail(unit: Unit, intent: Json, reason: Decline) -> Declined:
    """Record that the card was not saved; the error is for the caller to raise."""
    method = unit.get("payment_method", intent["payment_method"])
    failed = unit.change(
        intent,
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        last_setup_error={
            "code": reason.code,
            "decline_code": reason.decline_code or None,
            "message": reason.message,
            "payment_method": visible(method),
            "type": "card_error" if reason is not HOLDER_FAILED else "invalid_request_error",
        },
    )
    unit.emit("setup_intent.setup_failed", failed)
    return methods.declined(reason, setup_intent=visible(failed), payment_method=visible(method))


def cancel(unit: Unit, intent: Json) -> Json:
    """Close *intent* without a saved card."""
    if intent["status"] not in CONFIRMABLE:
        raise _unexpected(intent, f"it has a status of {intent['status']}", verb="cancel")
    canceled = unit.change(intent, status="canceled", next_action=None)
    unit.emit("setup_intent.canceled", canceled)
    return canceled


def _unexpected(intent: Json, why: str, *, verb: str = "confirm") -> WrongState:
    return WrongState(
        f"You cannot {verb} this SetupIntent because {why}.",
        code="setup_intent_unexpected_state",
        setup_intent=visible(intent),
    )
