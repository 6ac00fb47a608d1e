"""Hostile and odd requests, made from the published document one operation at a time."""

import json
from collections.abc import Sequence
from typing import Any

import requests  # type: ignore[import-untyped]  # it has no stubs
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from prepaid.web.openapi_document import DOCUMENT
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

type AnyCase = schemathesis.Case[Any]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = [
    f"{method.upper()} {path}"
    for path, methods in json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"].items()
    for method in methods
]


def published(*, edges: bool) -> OpenApiSchema:
    """Return the document, to be asked at every edge of it as well, or at random alone."""
    config = {"phases": {"coverage": {"enabled": edges}}}
    return schemathesis.openapi.from_path(DOCUMENT, config=SchemathesisConfig.from_dict(config))


def ask(
    document: OpenApiSchema,
    label: str,
    url: str,
    callers: Sequence[dict[str, str]],
    *,
    examples: int,
    phases: Sequence[Phase] = (Phase.explicit, Phase.generate),
) -> None:
    """Send an operation some *examples*; assert that all answers are documented ones.

    Each request is sent once with the headers of each of the *callers*.
    """

    def each(case: AnyCase) -> None:
        for headers in callers:
            answer = case.call(base_url=url, headers=headers, session=session)
            case.validate_response(answer, checks=CHECKS, headers=headers)

    operation = document.find_operation_by_label(label)
    assert operation is not None
    # `document.parametrize()` would think of all requests in each process that collects tests
    run = build_operation_test(
        config=document.config,
        operation=operation,
        test_func=each,
        given_kwargs={},
        feedback=NO_FEEDBACK,
        explicit_settings=settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )

    with requests.Session() as session:
        run()
