"""POST /api/credits/examples/workflows: an example, a workflow of 2.00 that its caller pays."""

import json
from collections.abc import Mapping
from typing import Any

from prepaid.dynamodb.client import shared_client
from prepaid.middleware import metered
from prepaid.runtime.startup import start
from prepaid.web.json_body import raw_body

MOST_BYTES = 6_000_000
"""What Lambda takes of a request, about."""


@metered("workflow_execution", keep=True)
def handler(event: Mapping[str, Any], _context: object = None) -> dict[str, Any]:
    """Run the workflow; only an answer below 400 is paid, and a repeat gets it again."""
    words = raw_body(event, limit_bytes=MOST_BYTES).split()
    if not words:
        return {"statusCode": 400, "body": "A workflow needs an input."}
    return {"statusCode": 201, "body": json.dumps({"words": len(words)})}


start(shared_client)
