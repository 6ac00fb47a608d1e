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
    PreconditionRequired,
    TooLarge,
    UnsupportedMediaType,
)
from prepaid.web.request import MAX_PATH_BYTES, PATH_ID, Spec

from tools.openapi.shared import PROBLEM

_GATEWAY_MESSAGE = {"$ref": "#/components/schemas/GatewayMessage"}
_GATEWAY = {"application/json": {"schema": _GATEWAY_MESSAGE}}
_GATEWAYS_OWN = {401: "No token", 403: "The token is refused", 429: "Too many requests"}
_STRING = {"type": "string"}
_TABLE = {
    "type": "string",
    "examples": ["posted_at,kind,amount\n2026-11-22T22:24:17Z,usage,-2.60\n"],
}
_PATH = {
    "account_id": ("The account.", "user-1"),
    "grant_id": ("The grant, as the list of grants names it.", "g12"),
    "package_id": ("The package.", "professional"),
    "price_id": ("The `price_id` of a version.", "ZGVmYXVsdCNtZXNzYWdlQDE4OTM0NTYwMDA"),
    "draft_id": ("The draft.", "spring"),
    "entry_id": ("The entry, as a list of entries names it.", "dTp1c2FnZTpjYWxsLTE"),
    "call_id": ("The call, by the provider's id.", "0197a3c2-7d31-7e55-9b4c-1a2b3c4d5e6f"),
    "phone_number_id": ("The number or campaign, by the provider's id.", "number-1"),
    "exception_id": ("The case, as the list names it.", "dW5rbm93bl9jYWxsI2NhbGwtMQ"),
    "alert_id": (
        "The alert, as the list names it.",
        "MTc5NTQwMTM3MyMwMDAwMDAwMDAwMDcjYmFsYW5jZV9sb3c",
    ),
    "hold_id": ("The hold, as the answer that opened it names it.", "MTI6dXNlci0x"),
    "payment_id": ("The purchase, as the answer that began it names it.", "pay_7b1f"),
    "webhook_id": ("The webhook.", "wh_0123456789abcdef0123456789abcdef"),
    "delivery_id": (
        "The delivery, as the log names it.",
        "1795348800-0123456789abcdef0123456789abcdef",
    ),
}


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
    found = [_path_parameter(name) for name in names]
    if spec.keyed:
        found.append({"$ref": f"#/components/parameters/{_key_of(spec)}"})
    if spec.tagged:
        found.append({"$ref": "#/components/parameters/IfNoneMatch"})
    if spec.guarded and spec.body is not None:
        found.append({"$ref": "#/components/parameters/IfMatch"})
    if spec.body is None and spec.access.others:
        found.append({"$ref": "#/components/parameters/AccountId"})
    if spec.query is not None:
        properties, required = models.properties(spec.query)
        found.extend(
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "description": each["description"],
                "schema": {key: value for key, value in each.items() if key != "description"},
            }
            for name, each in properties.items()
        )
    return found


def _path_parameter(name: str) -> dict[str, Any]:
    description, example = _PATH[name]
    bounded = {"type": "string", "maxLength": MAX_PATH_BYTES, "pattern": f"^{PATH_ID}$"}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {**bounded, "examples": [example]},
    }


def _key_of(spec: Spec) -> str:
    """Return which key header an endpoint takes: one whose bodies may carry keys needs none."""
    return "OptionalIdempotencyKey" if hasattr(spec.body, "carries_keys") else "IdempotencyKey"


def _answers(spec: Spec, models: Models) -> dict[str, Any]:
    refs = [models.references[model, "serialization"] for model in spec.answers]
    json_schema = refs[0] if len(refs) == 1 else {"anyOf": refs} if refs else {"type": "object"}
    content = {
        each: {"schema": json_schema if each == "application/json" else _TABLE}
        for each in spec.media_types
    }
    headers: dict[str, Any] = {"x-request-id": {"$ref": "#/components/headers/RequestId"}}
    if spec.tagged:
        headers["etag"] = {"$ref": "#/components/headers/ETag"}
        return {
            "200": {"description": "Done.", "headers": headers, "content": content},
            "304": {"description": "As it was under the tag sent: no body.", "headers": headers},
        }
    if spec.guarded:
        headers["etag"] = {"$ref": "#/components/headers/Version"}
    if spec.creates:
        return {"201": {"description": "Created.", "headers": headers, "content": content}}
    if not spec.keyed:
        return {"200": {"description": "Done.", "headers": headers, "content": content}}
    replayed = {"idempotency-replayed": {"$ref": "#/components/headers/Replayed"}}
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
    if spec.guarded and spec.body is not None:
        errors.add(PreconditionRequired)
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
        problem = _problem(codes, gateways_too=own is not None) if codes else {}
        content = {**problem, **(_GATEWAY if own else {})}
        description = "\n".join([*texts, *([f"{own} (the gateway's own answer)."] if own else [])])
        found[str(status)] = {"description": description, "content": content}
    return found


def _problem(codes: Sequence[str], *, gateways_too: bool) -> dict[str, Any]:
    """Return the content of a refusal with one of *codes*, an example for each.

    Generators of clients read only the first form of an answer; where the gateway answers too,
    that form is either, or its message would be read as a problem and fail.
    """
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
    schema = {"anyOf": [PROBLEM, _GATEWAY_MESSAGE]} if gateways_too else PROBLEM
    return {"application/problem+json": {"schema": schema, "examples": examples}}
