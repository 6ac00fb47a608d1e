"""Hostile and odd requests, made from the published document, never break the deployed stack.

Two identities send a few at random: a user, and a service that may name any account. Those at every
edge of the document go to the functions alone (`tests/openapi/test_odd_requests.py`), and to the
stack as well where `LONG_TESTS=1` is set.
"""

import pytest
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.domain.laws import LONG
from tests.e2e.running import Stack
from tests.support.odd_requests import OPERATIONS, ask, published


@pytest.fixture(scope="module")
def document() -> OpenApiSchema:
    return published(edges=LONG)


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_odd_request_gets_a_documented_answer(
    document: OpenApiSchema, stack: Stack, label: str
) -> None:
    callers = [stack.bearer("user-2", "user"), stack.bearer("calls", "service")]

    ask(document, label, stack.layout.url, callers, examples=2)
