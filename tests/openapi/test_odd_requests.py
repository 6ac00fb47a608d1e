"""Hostile and odd requests, made from the published document, get answers that it describes.

The functions are on memory, behind a socket; `tests/e2e/test_fuzz.py` sends fewer to a stack.
`make test-fast` leaves out those at every edge of the document.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests  # type: ignore[import-untyped]  # it has no stubs
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from prepaid.web.openapi_document import DOCUMENT
from schemathesis.checks import not_a_server_error
from schemathesis.generation.feedback import NO_FEEDBACK
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.domain.laws import SHORT
from tests.support.served import served, token
from tests.support.stage import Stage

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
BUDGET = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate] if SHORT else [Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def url(funded: Stage) -> Iterator[str]:
    with served(funded) as found:
        yield found


@pytest.fixture(scope="module")
def document() -> OpenApiSchema:
    return schemathesis.openapi.from_path(DOCUMENT)


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_odd_request_gets_a_documented_answer(
    document: OpenApiSchema, url: str, label: str
) -> None:
    def ask(case: AnyCase) -> None:
        for role in ["admin"] if "/admin/" in label else ["user", "service"]:
            headers = {"Authorization": f"Bearer {token(f'{role}-2', role)}"}
            answer = case.call(base_url=url, headers=headers, session=session)
            case.validate_response(answer, checks=CHECKS, headers=headers)

    operation = document.find_operation_by_label(label)
    assert operation is not None
    # `document.parametrize()` would think of all requests in each process that collects tests
    run = build_operation_test(
        config=document.config,
        operation=operation,
        test_func=ask,
        given_kwargs={},
        feedback=NO_FEEDBACK,
        explicit_settings=BUDGET,
    )

    with requests.Session() as session:
        run()
