"""Hostile and odd requests, made from the published document, never break the deployed stack.

Two identities send a few at random: a user, and a service that may name any account. Those at every
edge of the document go to the functions alone (`tests/openapi/test_odd_requests.py`), and to the
stack as well where `LONG_TESTS=1` is set.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from prepaid.web.openapi_document import DOCUMENT
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.domain.laws import LONG
from tests.e2e.running import Stack

type AnyCase = schemathesis.Case[Any]

document = schemathesis.openapi.from_path(
    DOCUMENT,
    config=SchemathesisConfig.from_dict({"phases": {"coverage": {"enabled": LONG}}}),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize(("user", "role"), [("user-2", "user"), ("calls", "service")])
@document.parametrize()
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_an_odd_request_gets_a_documented_answer(
    case: AnyCase, stack: Stack, user: str, role: str
) -> None:
    headers = stack.bearer(user, role)

    answer = case.call(base_url=stack.layout.url, headers=headers)

    case.validate_response(answer, checks=CHECKS, headers=headers)
