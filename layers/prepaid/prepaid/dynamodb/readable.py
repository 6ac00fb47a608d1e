"""Holds a client of AWS to answers that can be read.

botocore takes an empty body for an empty answer, and a proxy's page for one with nothing that it
knows: an account that is there would look like one that nobody wrote.
"""

import json
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel
from botocore.parsers import ResponseParserError

SERVER_ERROR = 500
ERROR = 300
ALWAYS: Mapping[str, frozenset[str]] = {
    "BatchGetItem": frozenset({"Responses", "UnprocessedKeys"}),
    "Query": frozenset({"Items", "ScannedCount"}),
    "Scan": frozenset({"Items"}),
    "GetShardIterator": frozenset({"ShardIterator"}),
    "GetRecords": frozenset({"Records"}),
    "PutEvents": frozenset({"Entries"}),
}
"""What an answer of an operation always has."""


def held_readable[Client](client: Client) -> Client:
    """Let each call of *client* raise `ResponseParserError` for an answer that is not AWS's."""
    client.meta.events.register("before-parse", _refuse_unreadable)  # type: ignore[attr-defined]  # every client has it
    return client


def _refuse_unreadable(
    *, response_dict: Mapping[str, Any], operation_model: OperationModel, **_: object
) -> None:
    status = response_dict["status_code"]
    try:
        body = json.loads(response_dict["body"].decode())
    except ValueError as exc:
        if status >= SERVER_ERROR and not isinstance(exc, UnicodeDecodeError):
            return  # botocore reads what a gateway says, and tries again
        raise ResponseParserError(f"The answer ({status}) is not JSON.") from exc
    if not isinstance(body, dict):
        raise ResponseParserError(f"The answer ({status}) is not a JSON object.")
    if status < ERROR and not _answers(body, operation_model):
        raise ResponseParserError(f"The answer is not one to {operation_model.name}.")


def _answers(body: Mapping[str, object], operation: OperationModel) -> bool:
    shape = operation.output_shape
    known = body.keys() & (shape.members.keys() if shape else set())
    return ALWAYS.get(operation.name, frozenset()) <= known and bool(known or not body)
