"""What clients rely on, taken out of an OpenAPI document: no words, no examples."""

from collections.abc import Mapping
from typing import Any

PREFIX = "/api/credits/"
"""What stands before each path, and is left out where people read of it."""
LOWEST_REFUSAL = 400
_WORDS = {"description", "example", "examples", "title", "summary"}
_PROBLEM = "application/problem+json"


def contract(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the promises of a document: each operation under its method and path, and schemas."""
    parts = document["components"]
    operations = {
        f"{method.upper()} {path.removeprefix(PREFIX)}": _operation(said, parts)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    }
    schemas = {name: _bare(each) for name, each in parts["schemas"].items()}
    return {"operations": operations, "schemas": schemas}


def _operation(said: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [
        parts["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        for each in said.get("parameters", [])
    ]
    bodies = said.get("requestBody", {})
    return {
        "public": said.get("security") == [],
        "parameters": {
            f"{each['in']} {each['name']}": {
                "required": each.get("required", False),
                "schema": _bare(each["schema"]),
            }
            for each in parameters
        },
        "body_required": bodies.get("required", False),
        "body": _contents(bodies),
        "answers": {
            status: _contents(answer)
            for status, answer in said["responses"].items()
            if int(status) < LOWEST_REFUSAL
        },
        "codes": sorted(
            f"{status} {code}"
            for status, answer in said["responses"].items()
            for code in answer.get("content", {}).get(_PROBLEM, {}).get("examples", {})
        ),
    }


def _contents(said: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: _bare(each.get("schema", {})) for kind, each in said.get("content", {}).items()}


def _bare(schema: Any) -> Any:
    """Return a schema without its words; a property may have the name of one."""
    if isinstance(schema, list):
        return [_bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    named = {
        name: _bare(each) for name, each in schema.items() if name not in {*_WORDS, "properties"}
    }
    if "properties" in schema:
        named["properties"] = {name: _bare(each) for name, each in schema["properties"].items()}
    return named
