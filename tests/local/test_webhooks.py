"""The local receiver of webhooks keeps what comes, and says what a secret signed."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette

from local.guard import allowed
from local.webhooks import Receiver

SECRET, OTHER = "whsec_" + "QUFB" * 8, "whsec_" + "QkJC" * 8


class Client:
    """Asks the receiver, without a network."""

    def __init__(self) -> None:
        self._app = Starlette(routes=Receiver().routes())

    def request(self, method: str, query: str = "", **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
                return await http.request(method, f"/_local/webhooks{query}", **more)

        return asyncio.run(ask())

    def shown(self, query: str = "") -> list[dict[str, Any]]:
        return list(self.request("GET", query).json()["items"])


@pytest.fixture
def client() -> Client:
    return Client()


def headers(body: str, *secrets: str, at: int = 1_795_000_000) -> dict[str, str]:
    made = [Webhook(each).sign("msg_1", datetime.fromtimestamp(at, UTC), body) for each in secrets]
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(made),
    }


def test_what_came_is_shown_with_whether_a_secret_signed_it(client: Client) -> None:
    body = '{"type": "credits.entry.posted"}'

    first = client.request("POST", content=body, headers=headers(body, SECRET, OTHER))
    client.request("POST", "?answer=500", content="x", headers=headers(body, SECRET))
    client.request("POST", "?answer=99", content="y")

    shown = client.shown(f"?secret={OTHER}")
    assert first.status_code == 204
    assert [each["answered"] for each in shown] == [400, 500, 204]
    assert [each["verified"] for each in shown] == [False, False, True]
    assert shown[2]["event"] == {"type": "credits.entry.posted"}
    assert client.shown()[0]["verified"] is None
    client.request("DELETE")
    assert client.shown() == []


def test_no_other_page_may_look_or_send() -> None:
    scope = {"type": "http", "scheme": "http", "path": "/_local/webhooks"}

    assert not allowed({**scope, "headers": [(b"host", b"example.com")]})
    assert allowed({**scope, "headers": [(b"host", b"localhost:5001")]})
