"""What no user may see is in no answer that a user can get, by any road through its schema.

Who can get an answer is what the functions declare; nothing here lists endpoints.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from prepaid.web.identity import Role

from tests.calls.test_call_functions import admit, bind, report
from tests.support.stage import USER, Stage
from tests.support.template import TEMPLATE
from tests.support.vapi_messages import CALL_ID
from tools.openapi.document import Route, read_template, routes_in, text_of
from tools.openapi.document import document as document_of

ROUTES = routes_in(read_template(TEMPLATE))
DOCUMENT: dict[str, Any] = json.loads(text_of(document_of(ROUTES)))
USERS = [each for each in ROUTES if each.spec.access.public or Role.USER in each.spec.access.roles]
HIDDEN = re.compile(
    r"(^|_)(providers?|wholesale|upstream|vendors?)_|(^|_)(basis|margins?|markup|profit|notes?|internal)(_|$)"
)
"""Provider cost, cost basis, margin and internal notes, in whatever name they might get."""
OPEN = frozenset({"metadata", "problem"})
"""Objects of any content: what a caller has put there comes back; an event's refusal."""
NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
LISTED = ("anyOf", "oneOf", "allOf", "prefixItems")
SINGLE = (
    *("items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems"),
    *("contains", "propertyNames", "not", "if", "then", "else"),
)


def parts(
    schema: Any, path: tuple[str, ...], document: Any
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Go through a schema and all that is in it, each with its path; a circle is walked once."""
    if not isinstance(schema, Mapping):
        return
    yield path, schema
    reference = schema.get("$ref")
    if reference is not None and f"→{reference}" not in path:
        yield from parts(resolved(reference, document), (*path, f"→{reference}"), document)
    for keyword in NAMED:
        for name, each in schema.get(keyword, {}).items():
            yield from parts(each, (*path, name), document)
    for keyword in LISTED:
        for each in schema.get(keyword, ()):
            yield from parts(each, path, document)
    for keyword in SINGLE:
        yield from parts(schema.get(keyword), (*path, "*"), document)


def resolved(reference: str, document: Any) -> Any:
    found = document
    for name in reference.removeprefix("#/").split("/"):
        found = found[name.replace("~1", "/").replace("~0", "~")]
    return found


def answers(route: Route, document: Any) -> Iterator[tuple[str, Any]]:
    """Go through the schemas of all answers of a route, refusals too, and of their headers."""
    responses = document["paths"][route.path][route.method.lower()]["responses"]
    for status, given in responses.items():
        response = resolved(given["$ref"], document) if "$ref" in given else given
        for media_type, content in response.get("content", {}).items():
            yield f"{status} {media_type}", content.get("schema")
        for name, header in response.get("headers", {}).items():
            yield f"{status} {name}", {"properties": {name: header}}


def hidden_in(schema: Any, document: Any) -> set[str]:
    """Return the names in a schema that no user may see."""
    return {
        name
        for path, each in parts(schema, (), document)
        for name in [*path[-1:], *each.get("required", ())]
        if HIDDEN.search(name)
    }


def open_in(schema: Any, document: Any) -> set[str]:
    """Return what in a schema may have any content, by the last name that leads there."""
    return {
        next((name for name in reversed(path) if name != "*" and name[0] != "→"), "")
        for path, each in parts(schema, (), document)
        if each.get("additionalProperties") is True
        or (each.get("type") == "object" and not (each.keys() & {*NAMED, *LISTED, *SINGLE, "$ref"}))
    }


def test_users_can_get_most_of_what_there_is() -> None:
    assert {"get_balance", "get_transaction", "admit_call", "list_pricing"} <= {
        each.function for each in USERS
    }
    assert "adjust_credits" not in {each.function for each in USERS}


@pytest.mark.fault(
    "G65", "An answer gets a field with what a provider costs us", "No answer for a user has one"
)
@pytest.mark.parametrize("route", USERS, ids=lambda route: route.function)
def test_no_answer_for_a_user_has_what_no_user_may_see(route: Route) -> None:
    schemas = dict(answers(route, DOCUMENT))

    assert schemas
    assert {where: hidden_in(each, DOCUMENT) for where, each in schemas.items()} == {
        where: set() for where in schemas
    }


@pytest.mark.fault("G65")
@pytest.mark.parametrize("route", USERS, ids=lambda route: route.function)
def test_no_answer_for_a_user_has_room_for_anything_that_nobody_named(route: Route) -> None:
    if route.function == "get_openapi":
        return
    found = {name for _, each in answers(route, DOCUMENT) for name in open_in(each, DOCUMENT)}

    assert found <= OPEN


@pytest.mark.parametrize(
    "name",
    [
        *(
            "provider_cost",
            "cost_basis",
            "basis",
            "margin",
            "gross_margin",
            "note",
            "internal_note",
        ),
        *("notes", "provider_fee", "internal", "wholesale_price", "markup_percent"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        lambda each: {"properties": {"items": {"type": "array", "items": each}}},
        lambda each: {"additionalProperties": {"oneOf": [{"type": "null"}, each]}},
        lambda each: {"anyOf": [{"allOf": [each]}]},
        lambda each: {"prefixItems": [each]},
        lambda _: {"properties": {"deep": {"$ref": "#/components/schemas/Planted"}}},
        lambda each: {"if": {}, "then": each},
    ],
)
def test_what_is_hidden_is_found_wherever_it_stands(name: str, place: Any) -> None:
    planted = {
        "properties": {name: {"type": "string"}, "next": {"$ref": "#/components/schemas/Planted"}}
    }
    document = {"components": {"schemas": {"Planted": planted}}}

    assert hidden_in(place(planted), document) == {name}


@pytest.mark.parametrize("name", ["cost", "denoted", "noted_at", "provided", "marginal", "price"])
def test_what_only_sounds_alike_is_not_hidden(name: str) -> None:
    assert hidden_in({"properties": {name: {}}}, {}) == set()


@pytest.mark.fault("G65")
@pytest.mark.parametrize("function", ["list_transactions", "get_balance", "get_transaction"])
@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_a_users_answers_do_not_tell_what_the_provider_takes(
    stage: Stage, function: str, accept: str
) -> None:
    stage.fund("100.00")
    hold_id = admit(stage).json["hold_id"]
    bind(stage, hold_id)
    assert report(stage, cost=0.318577).status == 200
    [capture] = [e for e in stage.store.all_entries(USER) if e.provider_cost is not None]
    assert capture.provider_cost == 318_577

    path = {"entry_id": entry_id(stage)} if function == "get_transaction" else None
    reply = stage.call(function, path=path, headers={"accept": accept})

    assert reply.status == 200
    assert CALL_ID in reply.text or function == "get_balance"
    assert "318577" not in reply.text
    assert HIDDEN.search(reply.text) is None


def entry_id(stage: Stage) -> str:
    """Return the id of the newest entry."""
    return str(stage.call("list_transactions").json["items"][0]["entry_id"])
