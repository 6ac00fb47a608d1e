"""The published document explains itself: everything is described, and every example is true."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no stubs
from prepaid.domain.credits import Instant
from prepaid.web.openapi_document import openapi_text
from prepaid.webhooks.delivery import new_delivery
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.calls import test_call_functions as calling
from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import PATHS, USER, Stage
from tools.openapi.document import read_template, routes_in
from tools.openapi.wording import example_of, wording

DOCUMENT = json.loads(openapi_text())
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = {
    operation["operationId"]: operation
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
}


def resolved(value: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return dict(value)
    found: Any = DOCUMENT
    for part in value["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return resolved(found)


def walked(value: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object of the document, with where it stands."""
    if isinstance(value, Mapping):
        yield path, value
        for key, each in value.items():
            yield from walked(each, f"{path}/{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from walked(each, f"{path}/{index}")


def absolute(schema: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(schema).replace('"#/', '"urn:document#/'))


REGISTRY: Registry[Any] = Registry().with_resource(
    "urn:document", DRAFT202012.create_resource(absolute(DOCUMENT))
)


def wrong(schema: Mapping[str, Any], instance: Any) -> list[str]:
    """What of *instance* the schema does not allow."""
    validator = Draft202012Validator(absolute(schema), registry=REGISTRY)
    return [str(error.message) for error in validator.iter_errors(instance)]


PROPERTIES = {
    f"{name}.{prop}": schema
    for name, model in SCHEMAS.items()
    for prop, schema in model.get("properties", {}).items()
}
PARAMETERS = {
    f"{name} {parameter['name']}": parameter
    for name, operation in OPERATIONS.items()
    for parameter in map(resolved, operation["parameters"])
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_described_and_its_examples_are_what_it_allows(name: str) -> None:
    schema = SCHEMAS[name]

    assert schema["description"]
    assert [wrong(schema, each) for each in schema["examples"]] == [[]] * len(schema["examples"])
    assert schema["examples"]


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_is_described_and_its_example_is_what_it_allows(name: str) -> None:
    schema = PROPERTIES[name]

    assert schema["description"]
    for example in schema.get("examples") or [example_of(schema, SCHEMAS)]:
        assert wrong(schema, example) == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_is_described_and_its_example_is_what_it_allows(name: str) -> None:
    schema = PARAMETERS[name]["schema"]

    assert PARAMETERS[name]["description"]
    for example in schema.get("examples") or [example_of(schema, SCHEMAS)]:
        assert wrong(schema, example) == []


def test_every_header_is_described_with_an_example() -> None:
    headers = [
        resolved(each)
        for operation in OPERATIONS.values()
        for answer in operation["responses"].values()
        for each in answer.get("headers", {}).values()
    ]

    assert headers
    assert [each for each in headers if not each["description"]] == []
    assert [each for each in headers if not each["schema"]["examples"]] == []


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_says_what_it_does_and_where_it_belongs(name: str) -> None:
    operation = OPERATIONS[name]
    tags = {tag["name"] for tag in DOCUMENT["tags"]}

    assert operation["summary"][0].isupper()
    assert operation["description"] != f"{operation['summary']}."
    assert set(operation["tags"]) <= tags
    assert len(operation["tags"]) == 1


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_error_shows_a_problem_for_each_of_its_codes(name: str) -> None:
    for status, answer in OPERATIONS[name]["responses"].items():
        problem = answer.get("content", {}).get("application/problem+json")
        if problem is None:
            continue
        for code, reference in problem["examples"].items():
            example = resolved(reference)["value"]
            assert (example["status"], example["code"]) == (int(status), code)
            assert f"`{code}`" in answer["description"]
            assert wrong(problem["schema"], example) == []


def test_problems_stand_before_the_gateways_message() -> None:
    answers = OPERATIONS["get_balance"]["responses"]

    assert list(answers["403"]["content"]) == ["application/problem+json", "application/json"]


@pytest.mark.fault("G50")
def test_no_optional_field_of_a_body_has_a_default_that_makes_generators_require_it() -> None:
    bodies = json.dumps(
        [each["requestBody"] for each in OPERATIONS.values() if "requestBody" in each]
    )
    taken = {name for name in SCHEMAS if f'schemas/{name}"' in bodies} | {"Usage", "UsageEvent"}

    found = [
        path
        for path, value in walked(DOCUMENT)
        if value.get("default", ...) in (None, False)
        or ("default" in value and any(path.startswith(f"/components/schemas/{n}/") for n in taken))
    ]

    assert found == []


def test_a_batch_may_leave_out_the_key_header() -> None:
    keys = {
        name: parameter["required"]
        for name in OPERATIONS
        if (parameter := PARAMETERS.get(f"{name} Idempotency-Key"))
    }

    assert {name for name, required in keys.items() if not required} == {"record_usage"}


def test_the_document_has_a_license_and_servers() -> None:
    assert DOCUMENT["info"]["license"]["identifier"] == "Apache-2.0"
    assert [each["url"] for each in DOCUMENT["servers"]] == ["/", "http://localhost:5001"]
    assert all(each["description"] for each in DOCUMENT["servers"])


def test_everything_that_is_worded_is_in_the_document() -> None:
    words = wording()
    back = {published: model for model, published in words.names.items()}
    of_queries = {
        f"{route.spec.query.__name__}.{each.alias or name}"
        for route in routes_in(read_template(Path("template.yaml")))
        if route.spec.query is not None
        for name, each in route.spec.query.model_fields.items()
    }
    full = {f"{back.get(m, m)}.{p}" for m, _, p in (each.partition(".") for each in PROPERTIES)}
    known = {*full, *of_queries, *(each.partition(".")[2] for each in {*full, *of_queries})}

    assert set(words.properties) - known == set()
    assert set(words.names.values()) - set(SCHEMAS) == set()
    assert set(words.models) - set(SCHEMAS) == set()
    assert set(words.operations) == set(OPERATIONS)


ROLES = {
    "adjust_credits": "admin",
    "assign_exception": "admin",
    "put_phone_number": "admin",
    "put_profile": "service",
    "put_account_settings": "admin",
    "refund_payment": "super_admin",
    "bind_call": "service",
    "grant_credits": "admin",
    "void_grant": "admin",
    "release_hold": "admin",
    "create_package": "admin",
    "put_package": "admin",
    "set_account_status": "super_admin",
    "replay_delivery": "service",
    "replay_deliveries": "service",
    **dict.fromkeys(("resolve_exception", "retry_exception"), "admin"),
    **dict.fromkeys(("create_price", "create_price_draft"), "admin"),
    **dict.fromkeys(("put_price_draft", "publish_price_draft"), "admin"),
}


def exception_of_a_call(stage: Stage) -> str:
    """Let a call of nobody end; return the id of the case that it becomes."""
    calling.report(stage)
    return str(calling.cases(stage)[0]["exception_id"])


def webhook_with_a_delivery(stage: Stage) -> dict[str, str]:
    """Make a webhook, and a delivery to it; return their ids."""
    terms = {"url": "https://example.com/hook"}
    made = stage.call("create_webhook", terms, key="made", role="admin").json
    path = {"webhook_id": str(made["webhook_id"])}
    sent = stage.call("test_webhook", {}, key="sent", role="admin", path=path).json
    webhook_id, event, _ = stage.queue.new[0]
    stage.deliveries.add(new_delivery(event, webhook_id, Instant(stage.now)))
    return {**path, "delivery_id": str(sent["delivery_id"])}


def draft_of(stage: Stage) -> dict[str, str]:
    """Write a draft of a price; return the path that names it."""
    units = [{"unit": "message", "rate": "0.12"}]
    terms = {"draft_id": "spring", "operation": "message", "units": units}
    assert stage.call("create_price_draft", terms, role="admin").status == 201
    return {"draft_id": "spring"}


def bodies() -> Iterator[tuple[str, Any]]:
    for name, operation in OPERATIONS.items():
        if name in PATHS and "requestBody" in operation:
            schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"])
            yield from ((name, example) for example in schema["examples"])


@pytest.mark.parametrize(("name", "body"), list(bodies()))
def test_the_example_of_a_body_is_done_by_the_function(
    sales: Sales, funded: Stage, name: str, body: dict[str, Any]
) -> None:
    path = {
        **{"call_id": "call-1", "phone_number_id": "number-1", "account_id": USER},
        **{"package_id": "starter", "grant_id": "g1"},
    }
    headers = {"if-match": "*"} if name.endswith("_settings") else None
    if name == "bind_call":
        body = {**body, "hold_id": funded.hold().json["hold_id"]}
    if name == "put_package":
        body = {**body, "version": 0}
    if name == "retry_exception":
        funded.reports.report("ledger_drift", "day#user-1", "x", now=Instant(funded.now))
        path = {"exception_id": str(calling.cases(funded)[0]["exception_id"])}
    if name in {"put_price_draft", "publish_price_draft"}:
        path = draft_of(funded)
    if name in {"assign_exception", "resolve_exception"}:
        path = {"exception_id": exception_of_a_call(funded)}
    if "hold" in name and name != "create_hold":
        path = {"hold_id": funded.hold().json["hold_id"]}
    if name == "refund_payment":
        payment = sales.payment(sales.buy())
        sales.record_fact(payment, paid(payment))
        body = {**body, "payment_id": payment.payment_id}
    if "webhook" in name or name.startswith("replay"):
        path = webhook_with_a_delivery(funded)
    role = ROLES.get(name, "admin" if "webhook" in name else "user")

    reply = funded.call(name, body, key="example", role=role, path=path, headers=headers)

    assert reply.status in (200, 201), reply.text
