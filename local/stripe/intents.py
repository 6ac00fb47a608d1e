"""Payment intents: created, confirmed, canceled."""

from local.stripe import attempts, methods, shapes
from local.stripe.currencies import read_price
from local.stripe.errors import InvalidParams, Json, WrongState
from local.stripe.forms import Params
from local.stripe.state import Unit, visible

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELABLE = (*CONFIRMABLE, "requires_capture")
REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")
USAGES = ("off_session", "on_session")
KINDS = ("card", "us_bank_account")

_BOTH = {
    "error_on_requires_action",
    "expand",
    "mandate_data",
    "off_session",
    "payment_method",
    "payment_method_data",
    "payment_method_options",
    "receipt_email",
    "return_url",
    "setup_future_usage",
    "use_stripe_sdk",
}
CONFIRM_PARAMS = _BOTH | {"client_secret"}
CREATE_PARAMS = _BOTH | {
    "allowed_payment_method_types",
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "confirmation_method",
    "currency",
    "customer",
    "description",
    "excluded_payment_method_types",
    "metadata",
    "statement_descriptor",
    "statement_descriptor_suffix",
}
ONLY_CONFIRMING = ("off_session", "error_on_requires_action", "return_url", "mandate_data")


def create_intent(unit: Unit, params: Params) -> Json:
    """POST /v1/payment_intents."""
    refuse_types(params)
    params.only(CREATE_PARAMS)
    confirming = params.boolean("confirm") or False
    if not confirming:
        _refuse_confirming_params(params)
    amount, currency = read_price(params)
    intent = shapes.payment_intent(
        unit, amount=amount, currency=currency, metadata=params.metadata()
    ) | _options(unit, params)
    method = methods.read_method(unit, params)
    if method is not None:
        methods.check_usable(method, intent["customer"])
        intent |= {"payment_method": method["id"], "status": "requires_confirmation"}
    unit.put(intent)
    unit.emit("payment_intent.created", intent)
    return _confirm(unit, intent, params) if confirming else intent


def _refuse_confirming_params(params: Params) -> None:
    for name in ONLY_CONFIRMING:
        if name in params.form:
            raise InvalidParams(
                f"You cannot provide `{name}` without also setting `confirm` to `true`.",
                param=name,
            )


def _options(unit: Unit, params: Params) -> Json:
    """The members that the client chose, all but the money and the payment method."""
    params.choice("capture_method", ("automatic", "automatic_async"))
    params.choice("confirmation_method", ("automatic",))
    customer = params.text("customer")
    if customer is not None:
        unit.get("customer", customer, param="customer")
    return read_types(params) | {
        "capture_method": params.text("capture_method") or "automatic_async",
        "customer": customer,
        "description": params.text("description"),
        "receipt_email": params.text("receipt_email"),
        "setup_future_usage": params.choice("setup_future_usage", USAGES),
        "statement_descriptor": params.text("statement_descriptor"),
        "statement_descriptor_suffix": params.text("statement_descriptor_suffix"),
        "_return_url": params.text("return_url"),
    }


def refuse_types(params: Params) -> None:
    """Refuse the list of types that older versions of the API took."""
    if "payment_method_types" in params.form:
        raise InvalidParams(
            "`payment_method_types` is no longer supported in this API version. Use dynamic "
            "payment methods, or `allowed_payment_method_types`.",
            code="payment_method_types_no_longer_supported",
            param="payment_method_types",
        )


def read_types(params: Params) -> Json:
    """The members that say which payment methods may be used, for payments and for setups."""
    allowed = params.texts("allowed_payment_method_types")
    excluded = params.texts("excluded_payment_method_types")
    automatic = _automatic(params)
    if allowed and (excluded or automatic):
        raise InvalidParams(
            "You may only specify one of these parameters: allowed_payment_method_types, "
            "automatic_payment_methods, excluded_payment_method_types.",
            param="allowed_payment_method_types",
        )
    if not allowed and automatic is None:
        automatic = {"allow_redirects": "always", "enabled": True}
    return {
        "automatic_payment_methods": automatic,
        "excluded_payment_method_types": excluded or None,
        "payment_method_types": [
            kind for kind in KINDS if kind in (allowed or KINDS) and kind not in excluded
        ],
    }


def _automatic(params: Params) -> Json | None:
    wish = params.inner("automatic_payment_methods")
    if wish is None:
        return None
    wish.only({"enabled", "allow_redirects"})
    wish.required("enabled")
    redirects = wish.choice("allow_redirects", ("always", "never")) or "always"
    return {"allow_redirects": redirects, "enabled": True} if wish.boolean("enabled") else None


def confirm_intent(unit: Unit, params: Params, intent_id: str) -> Json:
    """POST /v1/payment_intents/{id}/confirm."""
    refuse_types(params)
    params.only(CONFIRM_PARAMS)
    intent = unit.get("payment_intent", intent_id)
    if intent["status"] not in CONFIRMABLE:
        raise _unexpected(
            intent,
            "You cannot confirm this PaymentIntent because it has already succeeded after being "
            "previously confirmed."
            if intent["status"] == "succeeded"
            else f"You cannot confirm this PaymentIntent because it has a status of "
            f"{intent['status']}.",
        )
    method = methods.read_method(unit, params)
    if method is not None:
        methods.check_usable(method, intent["customer"])
        intent = unit.change(intent, payment_method=method["id"], status="requires_confirmation")
    chosen = {
        "setup_future_usage": params.choice("setup_future_usage", USAGES),
        "receipt_email": params.text("receipt_email"),
        "_return_url": params.text("return_url"),
    }
    changes = {name: value for name, value in chosen.items() if value is not None}
    return _confirm(unit, unit.change(intent, **changes), params)


def _confirm(unit: Unit, intent: Json, params: Params) -> Json:
    if intent["payment_method"] is None:
        raise _unexpected(
            intent,
            "You cannot confirm this PaymentIntent because it's missing a payment method. You "
            "can either update the PaymentIntent with a payment method and then confirm it "
            "again, or confirm it again directly with a payment method or ConfirmationToken.",
        )
    off_session = params.boolean("off_session") or False
    _check_return_url(intent, off_session=off_session)
    kind = unit.get("payment_method", intent["payment_method"])["type"]
    if kind not in intent["payment_method_types"]:
        raise WrongState(
            f"The PaymentMethod provided ({kind}) is not allowed for this PaymentIntent.",
            param="payment_method",
        )
    refuse = params.boolean("error_on_requires_action") or False
    return attempts.attempt(unit, intent, off_session=off_session, refuse_action=refuse)


def _check_return_url(intent: Json, *, off_session: bool) -> None:
    automatic = intent["automatic_payment_methods"] or {"allow_redirects": "never"}
    if automatic["allow_redirects"] == "never" or intent["_return_url"] or off_session:
        return
    raise InvalidParams(
        "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. "
        "Because some of these payment methods might redirect your customer off of your page, you "
        "must provide a `return_url`. If you don't want to accept redirect-based payment methods, "
        "set `automatic_payment_methods[enabled]` to `true` and "
        "`automatic_payment_methods[allow_redirects]` to `never`.",
        param="return_url",
    )


def authenticated(unit: Unit, intent: Json) -> Json:
    """The holder agreed (3-D Secure passed): go on as the card decides."""
    return attempts.proceed(unit, intent)


def cancel_intent(unit: Unit, params: Params, intent_id: str) -> Json:
    """POST /v1/payment_intents/{id}/cancel."""
    params.only({"cancellation_reason", "expand"})
    reason = params.choice("cancellation_reason", REASONS)
    return cancel(unit, unit.get("payment_intent", intent_id), reason)


def cancel(unit: Unit, intent: Json, reason: str | None) -> Json:
    """Close *intent* unpaid; refused once the money moves."""
    if intent["status"] not in CANCELABLE:
        raise _unexpected(
            intent,
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}. "
            "Only a PaymentIntent with one of the following statuses may be canceled: "
            f"{', '.join(CANCELABLE)}.",
        )
    canceled = unit.change(
        intent,
        status="canceled",
        canceled_at=unit.now,
        cancellation_reason=reason,
        next_action=None,
    )
    unit.emit("payment_intent.canceled", canceled)
    return canceled


def _unexpected(intent: Json, message: str) -> WrongState:
    return WrongState(
        message, code="payment_intent_unexpected_state", payment_intent=visible(intent)
    )
