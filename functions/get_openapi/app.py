"""GET /api/credits/openapi.json: the description of this API."""

from prepaid.api.identity import PUBLIC
from prepaid.api.messages import Answer, Request
from prepaid.api.published import openapi_text
from prepaid.runtime.http import endpoint


@endpoint(allow=PUBLIC)
def handler(_request: Request) -> Answer:
    """Answer the document that was published with this release."""
    return Answer(openapi_text(), headers={"cache-control": "public, max-age=300"})
