"""POST /api/credits/examples/workflows: an example, a workflow of 2.00 that its caller pays."""

import json
from collections.abc import Mapping
from typing import Any

from prepaid.dynamodb.client import shared_client
from prepaid.middleware import metered
from prepaid.runtime.startup import start


@metered("workflow_execution", keep=True)
def handler(event: Mapping[str, Any], _context: object = None) -> dict[str, Any]:
    """Run the workflow; only an answer below 400 is paid, and a repeat gets it again."""
    body = str(event.get("body") or "")
    if not body:
        return {"statusCode": 400, "body": "A workflow needs an input."}
    return {"statusCode": 201, "body": json.dumps({"words": len(body.split())})}


start(shared_client)
