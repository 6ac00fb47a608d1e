"""What breaks a client is found, what does not is let through."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tools.openapi.breaks import breaks
from tools.openapi.contract import contract

ROWS = {"type": "array", "items": {"$ref": "#/components/schemas/Row"}, "maxItems": 9}
IN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["amount"],
    "properties": {
        "amount": {
            "anyOf": [
                {"type": "string", "pattern": "^[0-9]+$"},
                {"type": "number", "minimum": 0, "maximum": 10},
            ]
        },
        "note": {"type": ["string", "null"], "maxLength": 9, "description": "A note."},
        "kind": {"enum": ["a", "b"], "type": "string"},
        "sizes": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
        "description": {"type": "string"},
    },
}
OUT = {
    "type": "object",
    "required": ["id", "rows", "level"],
    "properties": {
        "id": {"type": "string", "maxLength": 9},
        "rows": ROWS,
        "level": {"enum": ["low", "high"], "type": "string"},
        "note": {"type": "string"},
    },
}
ROW = {"type": "object", "required": ["at"], "properties": {"at": {"type": "integer"}}}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/api/credits/things": {
            "post": {
                "parameters": [
                    {"$ref": "#/components/parameters/Limit"},
                    {"name": "Key", "in": "header", "schema": {"type": "string"}},
                ],
                "security": [],
                "requestBody": {
                    "required": False,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/In"}}
                    },
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Out"}},
                            "text/csv": {"schema": {"type": "string"}},
                        }
                    },
                    "304": {},
                    "409": {
                        "content": {
                            "application/problem+json": {"examples": {"taken": {}, "gone": {}}}
                        }
                    },
                },
            }
        }
    },
    "components": {
        "parameters": {
            "Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 9}}
        },
        "schemas": {"In": IN, "Out": OUT, "Row": ROW},
    },
}
BEFORE = contract(DOCUMENT)
type Change = Callable[[dict[str, Any], dict[str, Any]], object]
"""Changes the operation or the schemas of a contract."""


def now(change: Change) -> dict[str, Any]:
    made = deepcopy(BEFORE)
    change(made["operations"]["POST things"], made["schemas"])
    return made


def taken(schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas["In"]["properties"]
    return found


def given(schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schemas["Out"]["properties"]
    return found


BREAKING: dict[str, tuple[Change, str]] = {
    "a token": (lambda at, _: at.update(public=False), "needs a token"),
    "a required body": (lambda at, _: at.update(body_required=True), "needs a body"),
    "another media type": (
        lambda at, _: at.update(body={}),
        "body is never application/json",
    ),
    "a parameter less": (lambda at, _: at["parameters"].pop("query limit"), "query limit is gone"),
    "a required parameter": (
        lambda at, _: at["parameters"]["header Key"].update(required=True),
        "header Key is required",
    ),
    "a new required parameter": (
        lambda at, _: at["parameters"].update({"query x": {"required": True, "schema": {}}}),
        "query x is required",
    ),
    "a lower maximum": (
        lambda at, _: at["parameters"]["query limit"]["schema"].update(maximum=8),
        "query limit has another maximum",
    ),
    "a maximum that does not count": (
        lambda _, at: taken(at)["amount"]["anyOf"][1].update(exclusiveMaximum=10),
        "body.amount has another maximum",
    ),
    "a higher minimum": (
        lambda _, at: taken(at)["amount"]["anyOf"][1].update(minimum=1),
        "body.amount has another minimum",
    ),
    "a shorter text": (
        lambda _, at: taken(at)["note"].update(maxLength=8),
        "body.note has another maxLength",
    ),
    "a new bound": (
        lambda _, at: taken(at)["note"].update(minLength=1),
        "body.note has another minLength",
    ),
    "another pattern": (
        lambda _, at: taken(at)["amount"]["anyOf"][0].update(pattern="^[1-9]+$"),
        "body.amount has another pattern",
    ),
    "a type less": (lambda _, at: taken(at)["amount"]["anyOf"].pop(), "no longer taken as number"),
    "a null less": (
        lambda _, at: taken(at)["note"].update(type="string"),
        "no longer taken as null",
    ),
    "a value less": (lambda _, at: taken(at)["kind"]["enum"].pop(), "body.kind: b is no longer"),
    "a list of values": (
        lambda _, at: taken(at)["note"].update(enum=["x"]),
        "body.note is one of a list",
    ),
    "a tighter map": (
        lambda _, at: taken(at)["sizes"]["additionalProperties"].update(minimum=2),
        "body.sizes[] has another minimum",
    ),
    "a field that has the name of a word": (
        lambda _, at: taken(at).pop("description"),
        "body.description is gone",
    ),
    "a required field": (
        lambda _, at: at["In"]["required"].append("note"),
        "body.note is required",
    ),
    "a status less": (lambda at, _: at["answers"].pop("304"), "no longer answers 304"),
    "a table less": (
        lambda at, _: at["answers"]["200"].pop("text/csv"),
        "answer is never text/csv",
    ),
    "a code less": (
        lambda at, _: at["codes"].remove("409 gone"),
        "no longer refuses with 409 gone",
    ),
    "an answer's field less": (lambda _, at: given(at).pop("note"), "answer.note is gone"),
    "an answer's field that may be missing": (
        lambda _, at: at["Out"]["required"].remove("id"),
        "answer.id may be missing",
    ),
    "an answer's field within a list": (
        lambda _, at: at["Row"]["properties"].pop("at"),
        "answer.rows[].at is gone",
    ),
    "an answer that may be null": (
        lambda _, at: given(at)["id"].update(type=["string", "null"]),
        "answer.id may be null",
    ),
    "an answer of another type": (
        lambda _, at: given(at)["id"].update(type="integer"),
        "answer.id is never string",
    ),
    "an answer's value less": (
        lambda _, at: given(at)["level"]["enum"].remove("low"),
        "answer.level: low is never answered any more",
    ),
    "an answer without a list": (
        lambda _, at: given(at)["level"].pop("enum"),
        "answer.level is no longer one of a list",
    ),
    "a longer answer": (
        lambda _, at: given(at)["id"].update(maxLength=10),
        "answer.id has another maxLength",
    ),
    "more rows": (
        lambda _, at: given(at)["rows"].pop("maxItems"),
        "answer.rows has another maxItems",
    ),
}
HARMLESS: dict[str, Change] = {
    "nothing": lambda *_: None,
    "a public operation": lambda at, _: at.update(public=True),
    "a parameter more": lambda at, _: at["parameters"].update(
        {"query x": {"required": False, "schema": {"type": "string"}}}
    ),
    "a higher maximum": lambda at, _: at["parameters"]["query limit"]["schema"].update(maximum=10),
    "a bound less": lambda _, at: taken(at)["note"].pop("maxLength"),
    "a value more": lambda _, at: taken(at)["kind"]["enum"].append("c"),
    "a field that may be left out": lambda _, at: taken(at).update(more={"type": "string"}),
    "a field that need not be there": lambda _, at: at["In"]["required"].remove("amount"),
    "a form more": lambda _, at: taken(at)["sizes"].update(type=["object", "boolean"]),
    "an answer's field more": lambda _, at: given(at).update(more={"type": "string"}),
    "an answer's value more": lambda _, at: given(at)["level"]["enum"].append("empty"),
    "a field that is always there": lambda _, at: at["Out"]["required"].append("note"),
    "a shorter answer": lambda _, at: given(at)["id"].update(maxLength=8),
    "a code more": lambda at, _: at["codes"].append("409 other"),
    "a form of answer more": lambda _, at: at.update(
        Out={"anyOf": [at["Out"], {"type": "object", "properties": {"preview": {}}}]}
    ),
    "another name of a schema": lambda at, schemas: (
        schemas.update(Thing=schemas.pop("Out")),
        at["answers"]["200"]["application/json"].update({"$ref": "#/components/schemas/Thing"}),
    ),
}


@pytest.mark.fault("G50.2")
@pytest.mark.parametrize(("change", "what"), BREAKING.values(), ids=BREAKING)
def test_what_breaks_a_client_is_found(change: Change, what: str) -> None:
    found = breaks(BEFORE, now(change))

    assert found
    assert any(what in str(each) for each in found), found


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_what_breaks_no_client_is_let_through(change: Change) -> None:
    assert breaks(BEFORE, now(change)) == []


def test_an_operation_that_is_gone_breaks_its_clients() -> None:
    gone = {**BEFORE, "operations": {}}

    assert [str(each) for each in breaks(BEFORE, gone)] == ["POST things: is gone (`POST things`)"]
