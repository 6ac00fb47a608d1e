"""Answers and problems in the form that API Gateway sends on."""

from typing import TYPE_CHECKING

from prepaid.web.errors import Problem
from prepaid.web.request import Answer, Response

if TYPE_CHECKING:
    from pydantic import BaseModel

PROBLEM_JSON = "application/problem+json"


def answered(answer: "Answer | BaseModel", request_id: str) -> Response:
    """Return the response that carries *answer*; a bare model is a 200."""
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    return _response(
        answer.status, answer.media_type, answer.text(), request_id, dict(answer.headers)
    )


def refused(problem: Problem, url: str, request_id: str) -> Response:
    """Return the response that carries *problem*, with `retry-after` where waiting helps."""
    headers = {}
    if problem.retry_after_seconds is not None:
        headers["retry-after"] = str(problem.retry_after_seconds)
    text = problem.to_json(instance=url, request_id=request_id)
    return _response(problem.status, PROBLEM_JSON, text, request_id, headers)


def _response(
    status: int, media_type: str, body: str, request_id: str, headers: dict[str, str]
) -> Response:
    return {
        "statusCode": status,
        "headers": {
            "content-type": media_type,
            "cache-control": "no-store",
            "x-request-id": request_id,
            **headers,
        },
        "body": body,
        "isBase64Encoded": False,
    }
