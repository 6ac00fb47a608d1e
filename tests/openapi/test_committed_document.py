import json

import pytest
from openapi_spec_validator import validate
from prepaid.web.openapi_document import openapi_text

from tests.support.stage import Stage
from tests.support.template import TEMPLATE
from tools.openapi import document


@pytest.mark.fault("G50")
def test_the_committed_document_is_what_the_code_says() -> None:
    routes = document.routes_in(document.read_template(TEMPLATE))

    assert openapi_text() == document.text_of(document.document(routes)), (
        "run: PYTHONPATH=layers/prepaid:. python -m tools.openapi.document --write"
    )


def test_the_committed_document_is_openapi() -> None:
    validate(json.loads(openapi_text()))


def test_the_api_serves_it(stage: Stage) -> None:
    reply = stage.call("get_openapi", role=None)

    assert reply.headers["content-type"] == "application/json"
    assert reply.text == openapi_text()
    assert "max-age" in reply.headers["cache-control"]


def test_a_batch_and_a_single_use_are_two_forms_of_one_body() -> None:
    schemas = json.loads(openapi_text())["components"]["schemas"]

    assert schemas["UsageOrBatch"]["anyOf"] == [
        {"$ref": "#/components/schemas/Usage"},
        {"$ref": "#/components/schemas/UsageBatch"},
    ]
