"""Customers and their payment methods."""

from local.stripe import shapes
from local.stripe.cards import BY_NAME, BY_NUMBER, GENERIC, Decline, Method, by_number
from local.stripe.errors import Declined, InvalidParams, Json, NotFound, WrongState
from local.stripe.forms import Params
from local.stripe.state import Unit

SPENT = (
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
    "attachment, or was detached from a Customer. It may not be used again. To use a "
    "PaymentMethod multiple times, you must attach it to a Customer first."
)


def create_customer(unit: Unit, params: Params) -> Json:
    """POST /v1/customers."""
    params.only({"description", "email", "expand", "metadata", "name", "phone"})
    texts = {name: params.text(name) for name in ("description", "email", "name", "phone")}
    created = unit.put(shapes.customer(unit, metadata=params.metadata(), **texts))
    unit.emit("customer.created", created)
    return created


def behaviour(method: Json) -> Method:
    """What the test card or account behind *method* does."""
    return BY_NUMBER[method["_number"]]


def fresh(unit: Unit, name: str) -> Json:
    """A new payment method that behaves like the test method *name*."""
    return unit.put(shapes.payment_method(unit, BY_NAME[name]))


def lookup(unit: Unit, method_id: str, *, param: str) -> Json:
    """The payment method, or a new one when *method_id* is the name of a test card."""
    if method_id in BY_NAME:
        return fresh(unit, method_id)
    return unit.get("payment_method", method_id, param=param)


def read_method(unit: Unit, params: Params) -> Json | None:
    """What `payment_method` or `payment_method_data` names; None when neither is there."""
    method_id = params.text("payment_method")
    if method_id is not None:
        return lookup(unit, method_id, param="payment_method")
    data = params.inner("payment_method_data")
    return None if data is None else _from_data(unit, data)


def _from_data(unit: Unit, data: Params) -> Json:
    data.only({"type", "card", "us_bank_account", "billing_details", "metadata", "allow_redisplay"})
    data.required("type")
    kind = data.choice("type", ("card", "us_bank_account")) or "card"
    number = "number" if kind == "card" else "account_number"
    details = data.inner(kind) or Params({}, at=data.name(kind))
    method = by_number(details.required(number), param=details.name(number))
    if method.kind != kind:
        raise InvalidParams("Your card number is incorrect.", code="incorrect_number")
    made = shapes.payment_method(unit, method) | {"metadata": data.metadata()}
    return unit.put(made)


def check_usable(method: Json, customer: str | None) -> None:
    """Refuse a method that was used up, or that belongs to another customer."""
    if method["_spent"]:
        raise WrongState(SPENT, param="payment_method")
    if method["customer"] not in {None, customer}:
        raise WrongState(
            "The provided PaymentMethod cannot be used: it belongs to another Customer than the "
            "one given, or to one and none was given.",
            param="payment_method",
        )


def attach_method(unit: Unit, params: Params, method_id: str) -> Json:
    """POST /v1/payment_methods/{id}/attach."""
    params.only({"customer", "expand"})
    customer = unit.get("customer", params.required("customer"), param="customer")
    method = lookup(unit, method_id, param="id")
    if method["customer"] is not None:
        raise WrongState(
            "The payment method you provided has already been attached to a customer.",
            code="payment_method_unexpected_state",
        )
    if method["_spent"]:
        raise WrongState(SPENT)
    card = behaviour(method)
    if not card.attachable:
        raise declined(card.decline or GENERIC)
    return keep_for(unit, method, customer["id"])


def keep_for(unit: Unit, method: Json, customer: str) -> Json:
    """Attach *method* to *customer* and send the event; nothing happens when it is already."""
    if method["customer"] == customer:
        return method
    attached = unit.change(method, customer=customer)
    unit.emit("payment_method.attached", attached)
    return attached


def detach_method(unit: Unit, params: Params, method_id: str) -> Json:
    """POST /v1/payment_methods/{id}/detach."""
    params.only({"expand"})
    method = unit.get("payment_method", method_id)
    if method["customer"] is None:
        raise WrongState(
            "The payment method you provided is not attached to a customer so detachment is "
            "impossible.",
            code="payment_method_unexpected_state",
        )
    detached = unit.change(method, customer=None, _spent=True)
    unit.emit("payment_method.detached", detached, before=method)
    return detached


def retrieve_method(unit: Unit, params: Params, method_id: str) -> Json:
    """GET /v1/payment_methods/{id}; the names of test cards can be read too."""
    params.only({"expand"})
    if method_id in BY_NAME:
        return shapes.payment_method(unit, BY_NAME[method_id]) | {"id": method_id}
    return unit.get("payment_method", method_id)


def own_method(unit: Unit, params: Params, customer: str, method_id: str) -> Json:
    """GET /v1/customers/{id}/payment_methods/{id}."""
    method = retrieve_method(unit, params, method_id)
    if method["customer"] != customer:
        raise NotFound("payment_method", method_id)
    return method


def declined(decline: Decline, **more: object) -> Declined:
    """The 402 that *decline* is answered with; *more* are further members of the error."""
    return Declined(
        decline.message,
        code=decline.code,
        param=None,
        decline_code=decline.decline_code or None,
        advice_code=decline.advice_code,
        network_decline_code=decline.network_decline_code,
        **more,
    )
