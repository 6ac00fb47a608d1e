"""POST /api/credits/examples/files: an example, a file of 0.25 a MB, whose size is found inside."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from prepaid.dynamodb.client import shared_client
from prepaid.middleware import Bill, metered
from prepaid.runtime.startup import start
from prepaid.web.json_body import raw_body

BYTES_IN_MB = 1_000_000
MOST_BYTES = 6 * BYTES_IN_MB
"""What Lambda takes of a request, about."""


@metered("file_upload", at_most="1.50", keep=True)
def handler(event: Mapping[str, Any], _context: object = None, *, bill: Bill) -> dict[str, Any]:
    """Take in the file, and say how large it was."""
    file = raw_body(event, limit_bytes=MOST_BYTES)
    bill.used(mb=Decimal(len(file)) / BYTES_IN_MB)
    return {"statusCode": 201, "body": json.dumps({"bytes": len(file)})}


start(shared_client)
