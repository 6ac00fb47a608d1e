"""What a declared endpoint looks like in OpenAPI 3.1: parameters, body, answers and problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

from prepaid.domain.errors import Forbidden, KeyReused, NotFound, PrepaidError, Unavailable
from prepaid.web.errors import (
    INTERNAL,
    PROBLEMS,
    InvalidFields,
    KeyInvalid,
    KeyMissing,
    MalformedRequest,
    TooLarge,
    UnsupportedMediaType,
)
from prepaid.web.identity import MAX_ACCOUNT_ID
from prepaid.web.request import MAX_PATH_BYTES, PATH_ID, Spec

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_GATEWAY = {"application/json": {"schema": {"$ref": "#/components/schemas/GatewayMessage"}}}
_GATEWAYS_OWN = {401: "No token", 403: "The token is refused", 429: "Too many requests"}
_STRING = {"type": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """The schemas of all models: references by model and mode, definitions by name."""

    references: Mapping[Any, Mapping[str, str]]
    definitions: Mapping[str, Any]

    def properties(self, model: "type[BaseModel]") -> tuple[dict[str, Any], list[str]]:
        """Return the schema of each field that a model reads, and which are required."""
        name = self.references[model, "validation"]["$ref"].rpartition("/")[2]
        schema = self.definitions[name]
        return schema.get("properties", {}), schema.get("required", [])


def operation(spec: Spec, models: Models, *, names: Sequence[str]) -> dict[str, Any]:
    """Return the operation of an endpoint; *names* are its path parameters."""
    found: dict[str, Any] = {
        "parameters": _parameters(spec, models, names),
        "responses": {**_answers(spec, models), **_refusals(spec, names)},
        "security": [] if spec.access.public else [{"bearer": []}],
        "x-roles": sorted(spec.access.roles),
        "x-roles-for-other-accounts": sorted(spec.access.others),
    }
    if spec.body is not None:
        required = any(each.is_required() for each in spec.body.model_fields.values())
        found["requestBody"] = {
            "required": required,
            "content": {"application/json": {"schema": models.references[spec.body, "validation"]}},
        }
    return found


def _parameters(spec: Spec, models: Models, names: Sequence[str]) -> list[dict[str, Any]]:
    bounded = {"type": "string", "maxLength": MAX_PATH_BYTES, "pattern": f"^{PATH_ID}$"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": bounded} for name in names
    ]
    if spec.keyed:
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if spec.tagged:
        found.append({"$ref": "#/components/parameters/IfNoneMatch"})
    if spec.body is None and spec.access.others:
        found.append({"$ref": "#/components/parameters/AccountId"})
    if spec.query is not None:
        properties, required = models.properties(spec.query)
        found.extend(
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in properties.items()
        )
    return found


def _answers(spec: Spec, models: Models) -> dict[str, Any]:
    refs = [models.references[model, "serialization"] for model in spec.answers]
    json_schema = refs[0] if len(refs) == 1 else {"anyOf": refs} if refs else {"type": "object"}
    content = {
        each: {"schema": json_schema if each == "application/json" else _STRING}
        for each in spec.media_types
    }
    headers: dict[str, Any] = {"x-request-id": {"schema": _STRING}}
    if spec.tagged:
        headers["etag"] = {"schema": _STRING, "description": "Send it as `If-None-Match`."}
        return {
            "200": {"description": "Done.", "headers": headers, "content": content},
            "304": {"description": "As it was under the tag sent: no body.", "headers": headers},
        }
    if not spec.keyed:
        return {"200": {"description": "Done.", "headers": headers, "content": content}}
    replayed = {"idempotency-replayed": {"schema": {"const": "true"}}}
    return {
        "200": {
            "description": "Done before under this key, or a batch with an answer for each item.",
            "headers": {**headers, **replayed},
            "content": content,
        },
        "201": {"description": "Done now.", "headers": headers, "content": content},
    }


def codes_of(spec: Spec, names: Sequence[str] = ()) -> list[str]:
    """Return every code that an endpoint can answer, in the order of the table."""
    errors: set[type[PrepaidError]] = {*spec.refuses, Unavailable, InvalidFields}
    if not spec.access.public:
        errors.add(Forbidden)
    if spec.body is not None:
        errors |= {MalformedRequest, TooLarge, UnsupportedMediaType}
    if spec.keyed:
        errors |= {KeyMissing, KeyInvalid, KeyReused}
    if names:
        errors.add(NotFound)
    codes = {error.code for error in errors} | {INTERNAL}
    return [code for code in PROBLEMS if code in codes]


def _refusals(spec: Spec, names: Sequence[str]) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code in codes_of(spec, names):
        by_status.setdefault(PROBLEMS[code].status, []).append(code)
    gateways = {} if spec.access.public else _GATEWAYS_OWN
    found = {}
    for status in sorted({*by_status, *gateways, 429}):
        codes = by_status.get(status, [])
        texts = [f"`{code}`: {PROBLEMS[code].title}." for code in codes]
        own = _GATEWAYS_OWN.get(status)
        content = {**(_PROBLEM if codes else {}), **(_GATEWAY if own else {})}
        description = "\n".join([*texts, *([f"{own} (the gateway's own answer)."] if own else [])])
        found[str(status)] = {"description": description, "content": content}
    return found


def shared_components() -> dict[str, Any]:
    """Return what all operations refer to, and the list of problems."""
    return {
        "components": {
            "schemas": {"Problem": _problem_schema(), "GatewayMessage": _GATEWAY_SCHEMA},
            "parameters": {
                "IdempotencyKey": _KEY,
                "IfNoneMatch": _IF_NONE_MATCH,
                "AccountId": _ACCOUNT,
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
        "x-problems": {
            code: {"status": each.status, "title": each.title, "description": _meaning(code)}
            for code, each in PROBLEMS.items()
        },
    }


def every_error() -> list[type[PrepaidError]]:
    """Return every error that has a code: the leaves of the tree, and branches that are raised."""
    found, branches = [], [PrepaidError]
    while branches:
        branch = branches.pop(0)
        branches.extend(branch.__subclasses__())
        if hasattr(branch, "code"):
            found.append(branch)
    return found


def _meaning(code: str) -> str:
    texts = [error.__doc__ or "" for error in every_error() if error.code == code]
    return texts[0].splitlines()[0] if texts else PROBLEMS[code].title + "."


def _problem_schema() -> dict[str, Any]:
    names = ("type", "title", "status", "detail", "instance", "code", "request_id")
    properties: dict[str, Any] = dict.fromkeys(names, _STRING)
    properties["status"] = {"type": "integer"}
    properties["code"] = {"type": "string", "enum": list(PROBLEMS)}
    properties["errors"] = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["pointer", "detail"],
            "properties": dict.fromkeys(("pointer", "code", "detail", "in"), _STRING),
        },
    }
    return {
        "type": "object",
        "description": "An RFC 9457 problem; some codes carry further members.",
        "required": list(names),
        "properties": properties,
    }


_GATEWAY_SCHEMA = {"type": "object", "properties": {"message": _STRING}}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Repeating a request under its key is safe and gets the first answer.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an answer that the client has: 304 while that still holds.",
    "schema": _STRING,
}
_ACCOUNT = {
    "name": "account_id",
    "in": "query",
    "description": "Another account than the caller's own, where the role allows it.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MAX_ACCOUNT_ID},
}
