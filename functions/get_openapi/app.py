"""GET /api/credits/openapi.json: the description of this API."""

from prepaid.runtime.http import endpoint
from prepaid.runtime.startup import start
from prepaid.web.identity import PUBLIC
from prepaid.web.openapi_document import openapi_text
from prepaid.web.request import Answer, Request


@endpoint(allow=PUBLIC)
def handler(_request: Request) -> Answer:
    """Answer the document that was published with this release."""
    return Answer(openapi_text(), headers={"cache-control": "public, max-age=300"})


start()
