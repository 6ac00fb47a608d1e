"""Hostile and odd requests, made from the published document, get answers that it describes.

The functions are on memory, behind a socket; `tests/e2e/test_fuzz.py` sends fewer to a stack.
`make test-fast` leaves out those at every edge of the document.
"""

from collections.abc import Iterator

import pytest
from hypothesis import Phase
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.domain.laws import SHORT
from tests.support.odd_requests import OPERATIONS, ask, published
from tests.support.served import served, token
from tests.support.stage import Stage

PHASES = [Phase.generate] if SHORT else [Phase.explicit, Phase.generate]


@pytest.fixture
def url(funded: Stage) -> Iterator[str]:
    with served(funded) as found:
        yield found


@pytest.fixture(scope="module")
def document() -> OpenApiSchema:
    return published(edges=True)


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_odd_request_gets_a_documented_answer(
    document: OpenApiSchema, url: str, label: str
) -> None:
    roles = ["admin"] if "/admin/" in label else ["user", "service"]
    callers = [{"Authorization": f"Bearer {token(f'{role}-2', role)}"} for role in roles]

    ask(document, label, url, callers, examples=5, phases=PHASES)
