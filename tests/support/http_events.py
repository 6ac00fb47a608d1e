"""HTTP API events (payload format 2.0), as the gateway makes them."""

from collections.abc import Mapping
from typing import Any


def http_event(
    method: str = "GET",
    path: str = "/api/credits/balance",
    *,
    role: str | None = "user",
    account_id: str = "user-1",
    body: str | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    path_parameters: Mapping[str, str] | None = None,
    base64: bool = False,
) -> dict[str, Any]:
    """Return an event of a caller with *role*, or of nobody where it is `None`."""
    context: dict[str, Any] = {"requestId": "req-1", "http": {"method": method, "path": path}}
    if role is not None:
        lambda_context = {"account_id": account_id, "role": role, "subject": account_id}
        context["authorizer"] = {"lambda": lambda_context}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "headers": {"content-type": "application/json", **(headers or {})},
        "requestContext": context,
        "isBase64Encoded": base64,
    }
    if body is not None:
        event["body"] = body
    if query is not None:
        event["queryStringParameters"] = dict(query)
    if path_parameters is not None:
        event["pathParameters"] = {
            name: value.replace("%", "%25") for name, value in path_parameters.items()
        }
    return event
