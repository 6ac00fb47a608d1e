"""What the published schemas allow is not refused for its form, and what they forbid is."""

import json
from collections.abc import Mapping
from decimal import Context, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import (  # type: ignore[import-untyped]  # it has no stubs
    Draft202012Validator,
    FormatChecker,
    validators,
)
from prepaid.metering.web.quantities import QuantityIn
from prepaid.metering.web.usage import KeyText, ManyUsagesIn
from prepaid.web.amounts import CreditsIn, CreditsOrZeroIn, SignedCreditsIn
from prepaid.web.errors import InvalidFields, MalformedRequest
from prepaid.web.fields import AccountIdIn, OperationName, Reference
from prepaid.web.json_body import parse
from prepaid.web.models import Flag, OptOut, WireIn
from prepaid.web.parsing import parsed
from pydantic import BaseModel, create_model

from tests.domain.laws import tried
from tools.openapi.document import read_template, routes_in

ROUTES = routes_in(read_template(Path("template.yaml")))
BODIES = {route.spec.body.__name__: route.spec.body for route in ROUTES if route.spec.body}
SCALARS = {
    name: create_model(name, __base__=WireIn, value=(each, ...))
    for name, each in {
        "QuantityIn": QuantityIn,
        "CreditsIn": CreditsIn,
        "SignedCreditsIn": SignedCreditsIn,
        "CreditsOrZeroIn": CreditsOrZeroIn,
        "OperationName": OperationName,
        "AccountIdIn": AccountIdIn,
        "Reference": Reference,
        "KeyText": KeyText,
    }.items()
}
digits = st.text("0123456789", min_size=1, max_size=12)
numbers = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "-"]),
    st.integers(0, 10**11) | st.integers(0, 3),
    st.just("") | digits.map(".{}".format),
    st.just("") | st.builds("{}{}".format, st.sampled_from(["e", "E+", "e-"]), st.integers(0, 20)),
)
texts = st.text(max_size=140) | digits | st.builds("{}.{}".format, digits, digits)
values = numbers | texts.map(json.dumps) | st.sampled_from(["true", "null", "[]", "{}", '"\\n"'])


def _whole(_: object, instance: object) -> bool:
    if isinstance(instance, Decimal):
        return instance == instance.to_integral_value()
    return isinstance(instance, int) and not isinstance(instance, bool)


Validator = validators.extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _whole),
)


FORMATS = FormatChecker(formats=())
FORMATS.checks("time-zone")(lambda name: not isinstance(name, str) or name in available_timezones())


@cache
def validator(model: type[BaseModel]) -> Any:
    """Return what judges by the schema of *model*; its numbers are exact."""
    schema = json.dumps(model.model_json_schema()).replace('$"', '\\\\Z"')
    return Validator(json.loads(schema, parse_float=Decimal), format_checker=FORMATS)


def allows(model: type[BaseModel], text: str) -> bool:
    """Say whether the schema of *model* allows a body; its numbers are read exactly."""
    with localcontext(Context(prec=80)):
        return bool(validator(model).is_valid(json.loads(text, parse_float=Decimal)))


def takes(model: type[BaseModel], text: str) -> bool:
    """Say whether a body is read as a *model*."""
    try:
        data = parse(text.encode("utf-8", "surrogatepass"))
        assert isinstance(data, dict)
        parsed(model, data, where="body")
    except (InvalidFields, MalformedRequest):
        return False
    return True


@pytest.mark.parametrize("name", SCALARS)
@given(values)
@tried(150)
def test_a_value_is_taken_exactly_when_its_schema_allows_it(name: str, value: str) -> None:
    body = f'{{"value": {value}}}'

    assert takes(SCALARS[name], body) == allows(SCALARS[name], body)


@pytest.mark.parametrize("name", ["QuantityIn", "CreditsIn", "SignedCreditsIn", "CreditsOrZeroIn"])
@pytest.mark.parametrize(
    "value",
    ["0", "-0", "0.0", "1E2", "2.5e-05", "0.445483333333333333", "1000000000", "1000000000.0",
     "1000000000.0000001", "9999999999999.99", "1e13", "-0.01", "-1e-9", '"0"', '"-0.0"', '"000"',
     '"1000000000.000"', '"1000000000.001"', '"0001.5"', '"-0.01"', '"1e2"', '"1.5\\n"', "0.01"],
)  # fmt: skip
def test_a_number_at_an_edge_is_taken_exactly_when_its_schema_allows_it(
    name: str, value: str
) -> None:
    body = f'{{"value": {value}}}'

    assert takes(SCALARS[name], body) == allows(SCALARS[name], body)


POOL = [
    "null", "0", "1", "1.50", '"1.50"', "60", "60.0", "1e2", "-1", "true", "false", '"message"',
    '"a b"', '"Europe/Berlin"', '""', '"2026-11-18T11:06:40Z"', "{}", '{"message": 1}',
    '{"message": null}', '{"message": "0.1234567"}', "[]",
]  # fmt: skip


def optional(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if not field.is_required()]


@pytest.mark.parametrize("name", BODIES)
@given(st.data())
@tried(100)
def test_a_body_is_taken_exactly_when_its_schema_allows_it(name: str, data: st.DataObject) -> None:
    model = BODIES[name]
    forms = [each for each in model.__subclasses__() if each] or [model]
    fields = {field for form in [model, *forms] for field in form.model_fields} - {"root"}
    if name == "UsageIn":
        fields = {"operation", "quantity", "quantities", "account_id", "reference", "metadata"}
    chosen = data.draw(st.lists(st.sampled_from(sorted(fields) or ["x"]), unique=True))
    given_ = [f'"{each}": {data.draw(st.sampled_from(POOL))}' for each in chosen]
    body = f"{{{', '.join(given_)}}}"

    assert takes(model, body) == allows(model, body)


PACKAGE = {"name": "S", "credits": "1", "price": 1, "currency": "usd", "position": 1}
UNITS = {"units": [{"unit": "message", "rate": "0.12"}]}
GOOD: Mapping[str, dict[str, Any]] = {
    "ProfileIn": {},
    "UsageIn": {"operation": "message", "quantity": 1},
    "CheckIn": {"operation": "message", "quantity": 1},
    "HoldIn": {"operation": "message", "quantity": 1, "expires_in": 60},
    "ExtendIn": {"amount": "1"},
    "CaptureIn": {"quantity": 1},
    "Nothing": {},
    "AssignIn": {"account_id": "a"},
    "ResolveIn": {"reason": "r"},
    "RetryIn": {},
    "NumberIn": {"account_id": "a"},
    "CallIn": {},
    "BindIn": {"hold_id": "h"},
    "AdjustIn": {"account_id": "a", "amount": "1", "reason": "r"},
    "PurchaseIn": {"package_id": "starter"},
    "RefundIn": {"payment_id": "p", "reason": "r"},
    "AdminGrantIn": {"account_id": "a", "amount": "1", "reason": "r"},
    "WhyIn": {"reason": "r"},
    "VoidGrantIn": {"reason": "r"},
    "StatusIn": {"reason": "r", "status": "frozen"},
    "NewPackageIn": {**PACKAGE, "package_id": "s"},
    "PackageChangeIn": {**PACKAGE, "version": 1},
    "SettingsIn": {},
    "TrialIn": {},
    "ConfirmationIn": {"email": "user@example.com"},
    "AdminSettingsIn": {},
    "NewPriceIn": {**UNITS, "operation": "message", "version": 0},
    "NewPriceDraftIn": {**UNITS, "operation": "message", "draft_id": "d"},
    "PriceDraftChangeIn": {**UNITS, "version": 1},
    "PublishIn": {"version": 1},
    "WebhookIn": {"url": "https://example.com/hook"},
    "WebhookChangeIn": {"url": "https://example.com/hook", "version": 1},
    "ReplayIn": {"since": "2026-11-17T00:00:00Z"},
}


@pytest.mark.fault("G46.3", "An optional field is null", "As if it were absent")
@pytest.mark.parametrize("name", BODIES)
def test_null_for_an_optional_field_is_as_if_absent(name: str) -> None:
    model, good = BODIES[name], GOOD[name]
    names = [each for each in optional(model) if each not in good]
    if name == "UsageIn":
        names = ["quantities", "account_id", "reference", "metadata", "occurred_at"]

    nulls = json.dumps({**good, **dict.fromkeys(names)})

    assert allows(model, nulls)
    data = parse(nulls.encode())
    bare = parse(json.dumps(good).encode())
    assert isinstance(data, dict)
    assert isinstance(bare, dict)
    assert parsed(model, data, where="body") == parsed(model, bare, where="body")


def test_null_for_a_required_field_is_refused() -> None:
    for body in ('{"operation": null, "quantity": 1}', '{"events": null}'):
        assert not takes(BODIES["UsageIn"], body)
        assert not allows(BODIES["UsageIn"], body)


def test_a_batch_is_read_though_an_event_of_it_is_not() -> None:
    assert takes(ManyUsagesIn, '{"events": [1]}')
    assert not takes(ManyUsagesIn, '{"events": []}')
    assert not allows(ManyUsagesIn, '{"events": [1]}')


@pytest.mark.parametrize(("flag", "default"), [(Flag, False), (OptOut, True)])
def test_a_flag_may_be_null(flag: Any, default: bool) -> None:
    model = create_model("Flagged", __base__=WireIn, value=(flag, default))

    assert allows(model, '{"value": null}')
    assert takes(model, '{"value": null}')
    assert not allows(model, '{"value": 1}')
    assert not takes(model, '{"value": 1}')
