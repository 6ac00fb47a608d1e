"""A receiver for trying webhooks: it keeps what comes, and says whether a secret signed it."""

import json
from collections import deque
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

PATH = "/_local/webhooks"
REMEMBERED = 200
_SIGNED = ("webhook-id", "webhook-timestamp", "webhook-signature")


class Receiver:
    """Takes webhooks at `/_local/webhooks`; with `?answer=500` in its URL it answers that status.

    `GET /_local/webhooks?secret=whsec_…` shows the latest ones, and which of them that secret
    signed; whether they are late is not judged, as the functions' clock may be shifted.
    """

    def __init__(self) -> None:
        self._received: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)

    def routes(self) -> list[BaseRoute]:
        """The routes to serve."""
        return [
            Route(PATH, self.receive, methods=["POST"]),
            Route(PATH, self.shown, methods=["GET"]),
            Route(PATH, self.clear, methods=["DELETE"]),
        ]

    async def receive(self, request: Request) -> Response:
        """Keep a webhook, and answer as its URL asks."""
        answer = request.query_params.get("answer", "204")
        status = int(answer) if answer.isdecimal() and 200 <= int(answer) <= 599 else 400
        body = (await request.body()).decode(errors="replace")
        headers = {name: request.headers.get(name, "") for name in _SIGNED}
        self._received.append({"headers": headers, "body": body, "answered": status})
        return Response(status_code=status)

    async def shown(self, request: Request) -> Response:
        """Show what came, the latest first."""
        secret = request.query_params.get("secret")
        items = [
            {
                "id": each["headers"]["webhook-id"],
                "answered": each["answered"],
                "verified": None if secret is None else signed(each, secret),
                "event": _parsed(each["body"]),
            }
            for each in reversed(self._received)
        ]
        return JSONResponse({"items": items})

    async def clear(self, _request: Request) -> Response:
        """Forget what came."""
        self._received.clear()
        return Response(status_code=204)


def signed(received: dict[str, Any], secret: str) -> bool:
    """Say whether *secret* made one of the signatures of what was received."""
    headers = received["headers"]
    try:
        sent_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        expected = Webhook(secret).sign(headers["webhook-id"], sent_at, received["body"])
    except (ValueError, OverflowError, OSError):
        return False
    return expected in headers["webhook-signature"].split(" ")


def _parsed(body: str) -> Any:  # whatever JSON can say
    try:
        return json.loads(body)
    except ValueError:
        return body
