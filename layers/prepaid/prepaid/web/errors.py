"""What the edge itself refuses, and the one table from codes to HTTP statuses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import override

from prepaid.domain.errors import InvalidRequest, PrepaidError, Unavailable

PROBLEM_BASE = "/api/credits/openapi.json#/x-problems/"
"""With a code behind it: the place in the published document that describes the code.

It is relative to the answering host, so it resolves wherever the API is deployed.
"""


class MalformedRequest(PrepaidError):
    """The body cannot be read at all."""

    code = "malformed_request"


class KeyMissing(PrepaidError):
    """The call moves credits and came without an Idempotency-Key."""

    code = "idempotency_key_missing"


class KeyInvalid(PrepaidError):
    """The Idempotency-Key is not 1 to 255 printable ASCII characters."""

    code = "idempotency_key_invalid"


class CursorInvalid(PrepaidError):
    """The cursor was not given out by us, or for another account or other filters."""

    code = "cursor_invalid"


class PreconditionRequired(PrepaidError):
    """The call replaces what others may replace too, and came without an If-Match."""

    code = "precondition_required"


class TooLarge(PrepaidError):
    """The body is larger than the endpoint takes."""

    code = "too_large"


class UnsupportedMediaType(PrepaidError):
    """The body is not declared as UTF-8 JSON."""

    code = "unsupported_media_type"


class InvalidFields(InvalidRequest):
    """Fields of the body or the query cannot be meant; every one is listed with a pointer."""

    def __init__(self, errors: Sequence[Mapping[str, str]]) -> None:
        super().__init__("The request has invalid fields.", pointer=errors[0]["pointer"])
        self.errors = errors

    @override
    def members(self) -> Mapping[str, object]:
        return {"errors": list(self.errors)}


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What a code means over HTTP."""

    status: int
    title: str


INTERNAL = "internal"
PROBLEMS: Mapping[str, ProblemType] = {
    "malformed_request": ProblemType(400, "The request cannot be read"),
    "idempotency_key_missing": ProblemType(400, "An Idempotency-Key header is required"),
    "idempotency_key_invalid": ProblemType(400, "The Idempotency-Key header is invalid"),
    "cursor_invalid": ProblemType(400, "The cursor is invalid"),
    "insufficient_credits": ProblemType(402, "Not enough credits"),
    "forbidden": ProblemType(403, "The caller may not do this"),
    "account_frozen": ProblemType(403, "The account is frozen"),
    "limit_exceeded": ProblemType(403, "A limit of the account is reached"),
    "adjustment_too_large": ProblemType(403, "Only a super admin may add or remove so much"),
    "spending_limit_exceeded": ProblemType(403, "A spending limit leaves less"),
    "not_found": ProblemType(404, "There is no such thing"),
    "hold_ended": ProblemType(409, "The hold has ended"),
    "already_reversed": ProblemType(409, "It was taken back before"),
    "grant_merged": ProblemType(409, "The grant lives on in another one"),
    "call_already_bound": ProblemType(409, "The call belongs to another account or hold"),
    "webhook_limit_exceeded": ProblemType(409, "There are too many webhooks, or secrets of one"),
    "precondition_failed": ProblemType(412, "It has changed since it was read"),
    "too_large": ProblemType(413, "The request is too large"),
    "unsupported_media_type": ProblemType(415, "The body must be JSON"),
    "invalid_request": ProblemType(422, "The request is invalid"),
    "idempotency_key_reused": ProblemType(422, "The Idempotency-Key belongs to another request"),
    "unknown_operation": ProblemType(422, "The operation has no price"),
    "precondition_required": ProblemType(428, "An If-Match header is required"),
    "rate_limited": ProblemType(429, "Too many requests"),
    INTERNAL: ProblemType(500, "Something went wrong on our side"),
    "unavailable": ProblemType(503, "The service is unavailable for a moment"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An RFC 9457 problem, ready to be sent."""

    code: str
    detail: str
    members: Mapping[str, object]
    retry_after_seconds: int | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the problem's code."""
        return PROBLEMS[self.code].status

    def to_json(self, *, instance: str, request_id: str) -> str:
        """Write the problem for one request; only ASCII, whatever the request held."""
        return json.dumps(
            {
                "type": PROBLEM_BASE + self.code,
                "title": PROBLEMS[self.code].title,
                "status": self.status,
                "detail": self.detail,
                "instance": instance,
                "code": self.code,
                "request_id": request_id,
                **self.members,
            }
        )


def problem_of(error: PrepaidError) -> Problem:
    """Describe *error* to the caller."""
    detail = error.detail
    if isinstance(error, Unavailable):
        detail = f"{detail} Repeating the request with the same Idempotency-Key is safe."
    return Problem(
        code=error.code,
        detail=detail,
        members=error.members(),
        retry_after_seconds=error.retry_after_seconds,
    )


OUR_FAULT = Problem(
    code=INTERNAL,
    detail="The request failed for a reason on our side. Repeating it with the same "
    "Idempotency-Key is safe.",
    members={},
)
