"""Every call of Stripe's API that the stand-in answers."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from local.stripe import intents, methods, refunds, setups
from local.stripe.errors import InvalidParams, Json
from local.stripe.forms import Params
from local.stripe.listing import PAGING, equals, page
from local.stripe.state import Unit

type Run = Callable[[Unit, Params, list[str]], Json]


@dataclass(frozen=True, slots=True)
class Call:
    """A method and a path, whose `{}` are the ids that *run* gets in order."""

    method: str
    path: str
    run: Run


def _create(path: str, run: Callable[[Unit, Params], Json]) -> Call:
    return Call("POST", path, lambda unit, params, _: run(unit, params))


def _act(path: str, run: Callable[[Unit, Params, str], Json]) -> Call:
    return Call("POST", path, lambda unit, params, ids: run(unit, params, ids[0]))


def _retrieve(path: str, kind: str) -> Call:
    def run(unit: Unit, params: Params, ids: list[str]) -> Json:
        params.only({"expand", "client_secret"})
        return unit.get(kind, ids[0])

    return Call("GET", f"{path}/{{}}", run)


def _list(path: str, kind: str, *filters: str) -> Call:
    def run(unit: Unit, params: Params, _: list[str]) -> Json:
        params.only({*PAGING, *filters})
        return page(unit, params, kind, url=path, keep=equals(params, *filters))

    return Call("GET", path, run)


def _list_own_methods(unit: Unit, params: Params, ids: list[str]) -> Json:
    params.only({*PAGING, "type"})
    unit.get("customer", ids[0], param="customer")
    same_type = equals(params, "type")
    return page(
        unit,
        params,
        "payment_method",
        url=f"/v1/customers/{ids[0]}/payment_methods",
        keep=lambda row: row["customer"] == ids[0] and same_type(row),
    )


def _list_events(unit: Unit, params: Params, _: list[str]) -> Json:
    params.only({*PAGING, "type", "types", "delivery_success"})
    kind, kinds = params.text("type"), params.texts("types")
    if kind is not None and kinds:
        raise InvalidParams("You may pass either type or types, but not both.", param="types")
    success = params.boolean("delivery_success")
    patterns = [kind] if kind is not None else kinds

    def keep(row: Json) -> bool:
        fits = not patterns or any(fnmatchcase(row["type"], each) for each in patterns)
        return fits and success in {None, is_delivered(unit, row["id"])}

    found = page(unit, params, "event", url="/v1/events", keep=keep)
    return found | {"data": [_event_now(unit, row) for row in found["data"]]}


def _retrieve_event(unit: Unit, params: Params, ids: list[str]) -> Json:
    params.only({"expand"})
    return _event_now(unit, unit.get("event", ids[0]))


def _event_now(unit: Unit, event: Json) -> Json:
    return event | {"pending_webhooks": 0 if is_delivered(unit, event["id"]) else 1}


def is_delivered(unit: Unit, event_id: str) -> bool:
    """Every endpoint answered 2xx; true as well when there was no endpoint."""
    delivery = unit.find("delivery", event_id)
    return delivery is not None and delivery["state"] in {"delivered", "no_endpoint"}


PAYMENTS, SETUPS, METHODS = "/v1/payment_intents", "/v1/setup_intents", "/v1/payment_methods"

CALLS = (
    _create("/v1/customers", methods.create_customer),
    _retrieve("/v1/customers", "customer"),
    Call("GET", "/v1/customers/{}/payment_methods", _list_own_methods),
    Call(
        "GET",
        "/v1/customers/{}/payment_methods/{}",
        lambda unit, params, ids: methods.own_method(unit, params, *ids),
    ),
    _create(PAYMENTS, intents.create_intent),
    _list(PAYMENTS, "payment_intent", "customer"),
    _retrieve(PAYMENTS, "payment_intent"),
    _act(f"{PAYMENTS}/{{}}/confirm", intents.confirm_intent),
    _act(f"{PAYMENTS}/{{}}/cancel", intents.cancel_intent),
    _create("/v1/refunds", refunds.create_refund),
    _list("/v1/refunds", "refund", "charge", "payment_intent"),
    _retrieve("/v1/refunds", "refund"),
    _list("/v1/disputes", "dispute", "charge", "payment_intent"),
    _retrieve("/v1/disputes", "dispute"),
    _list("/v1/charges", "charge", "customer", "payment_intent"),
    _retrieve("/v1/charges", "charge"),
    _list(METHODS, "payment_method", "customer", "type"),
    Call(
        "GET",
        f"{METHODS}/{{}}",
        lambda unit, params, ids: methods.retrieve_method(unit, params, ids[0]),
    ),
    _act(f"{METHODS}/{{}}/attach", methods.attach_method),
    _act(f"{METHODS}/{{}}/detach", methods.detach_method),
    _create(SETUPS, setups.create_setup),
    _retrieve(SETUPS, "setup_intent"),
    _act(f"{SETUPS}/{{}}/confirm", setups.confirm_setup),
    Call("GET", "/v1/events", _list_events),
    Call("GET", "/v1/events/{}", _retrieve_event),
)


def find_call(method: str, path: str) -> tuple[Call, list[str]] | None:
    """The call and its ids, None when there is none."""
    steps = path.rstrip("/").split("/")
    for call in CALLS:
        pattern = call.path.split("/")
        pairs = list(zip(pattern, steps, strict=False))
        if call.method != method or len(pattern) != len(steps):
            continue
        if all(wanted in {"{}", step} for wanted, step in pairs):
            return call, [step for wanted, step in pairs if wanted == "{}"]
    return None
