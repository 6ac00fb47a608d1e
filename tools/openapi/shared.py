"""What all operations of the OpenAPI document refer to: schemas, headers, problems, examples."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from prepaid.domain.errors import PrepaidError
from prepaid.web.errors import PROBLEMS, Problem
from prepaid.web.identity import MAX_ACCOUNT_ID

PROBLEM = {"$ref": "#/components/schemas/Problem"}
_STRING = {"type": "string"}


def shared_components(definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return what all operations refer to, and the list of problems."""
    instance = definitions["Problem"]["properties"]["instance"]["examples"][0]
    return {
        "components": {
            "parameters": {
                "IdempotencyKey": _KEY,
                "OptionalIdempotencyKey": {**_KEY, "required": False, "description": _MAY_BE_LEFT},
                "IfNoneMatch": _IF_NONE_MATCH,
                "IfMatch": _IF_MATCH,
                "AccountId": _ACCOUNT,
            },
            "headers": {
                "RequestId": _REQUEST_ID,
                "Replayed": _REPLAYED,
                "ETag": _TAG,
                "Version": _VERSION,
            },
            "examples": {code: _example(code, instance) for code in PROBLEMS},
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "A token of your issuer with `sub` and `role`.",
                }
            },
        },
        "always": [PROBLEM, {"$ref": "#/components/schemas/GatewayMessage"}],
        "x-problems": {
            code: {"status": each.status, "title": each.title, "description": _meaning(code)}
            for code, each in PROBLEMS.items()
        },
    }


def _example(code: str, instance: str) -> dict[str, Any]:
    """Return an example of a problem, with the members that its code has."""
    members = _MEMBERS.get(code, {})
    problem = Problem(code=code, detail=_meaning(code), members=members)
    text = problem.to_json(instance=instance, request_id="b1946ac9-2490")
    return {"summary": PROBLEMS[code].title, "value": json.loads(text)}


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


def _object(required: Sequence[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": dict(properties)}


_TEXTS = ("type", "title", "status", "detail", "instance", "code", "request_id")
SCHEMAS = {
    "FieldError": {
        "description": "One field that was wrong.",
        **_object(
            ("pointer", "detail"), dict.fromkeys(("pointer", "code", "detail", "in"), _STRING)
        ),
    },
    "GatewayMessage": {
        "description": "What the gateway answers itself.",
        **_object((), {"message": _STRING}),
    },
    "Problem": {
        "description": "An RFC 9457 problem; some codes carry further members.",
        **_object(
            _TEXTS,
            {
                **dict.fromkeys(_TEXTS, _STRING),
                "status": {"type": "integer"},
                "code": {"type": "string", "enum": list(PROBLEMS)},
                "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
                "required": _STRING,
                "available": _STRING,
                **dict.fromkeys(("scope", "window", "amount", "used", "held"), _STRING),
                "operation": {"type": ["string", "null"]},
                "resets_at": {**_STRING, "format": "date-time"},
                "limit": _STRING,
                "allowed": {"type": "integer"},
            },
        ),
    },
}
"""The schemas that no model has."""

_MEMBERS: Mapping[str, Mapping[str, object]] = {
    "insufficient_credits": {"required": "2.60", "available": "1.00"},
    "spending_limit_exceeded": {
        "scope": "account",
        "operation": None,
        "window": "day",
        "amount": "5.00",
        "used": "4.00",
        "held": "0.00",
        "required": "2.60",
        "resets_at": "2026-11-23T00:00:00Z",
    },
    "limit_exceeded": {"limit": "open holds", "allowed": 50},
    "invalid_request": {"errors": [{"pointer": "/quantity", "detail": "Must be at least 0."}]},
    "webhook_limit_exceeded": {"limit": "webhooks", "allowed": 50},
    "unknown_operation": {"errors": [{"pointer": "/operation", "detail": "It has no price."}]},
}
_MAY_BE_LEFT = (
    "Needed for a single use: repeating it under its key is safe and gets the first answer. "
    "A batch needs none, as each of its events has a `key`."
)
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Repeating a request under its key is safe and gets the first answer.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["call-1"]},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an answer that the client has: 304 while that still holds.",
    "schema": {"type": "string", "examples": ['W/"1-Zm9v"']},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The `ETag` of what the client saw, or `*` for whatever is there. 412 where "
    "somebody has saved since, 428 without it.",
    "schema": {"type": "string", "examples": ['"3"']},
}
_ACCOUNT = {
    "name": "account_id",
    "in": "query",
    "description": "Another account than the caller's own, where the role allows it.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_ACCOUNT_ID,
        "examples": ["user-1"],
    },
}
_REQUEST_ID = {
    "description": "To quote when you ask for help.",
    "schema": {"type": "string", "examples": ["b1946ac9-2490"]},
}
_TAG = {
    "description": "Send it as `If-None-Match`.",
    "schema": {"type": "string", "examples": ['W/"1-Zm9v"']},
}
_VERSION = {
    "description": "Send it as `If-Match` to replace what was saved. It is of what was saved: how "
    "limits stand may differ under one tag.",
    "schema": {"type": "string", "examples": ['"3"']},
}
_REPLAYED = {
    "description": "Nothing was done now: this is the answer of the first request under the key.",
    "schema": {"const": "true", "examples": ["true"]},
}
