"""The local receiver of webhooks keeps what comes, and says what a secret signed."""

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook
from starlette.applications import Starlette
from starlette.testclient import TestClient

from local.guard import allowed
from local.webhooks import Receiver

SECRET, OTHER = "whsec_" + "QUFB" * 8, "whsec_" + "QkJC" * 8


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=Receiver().routes()))


def headers(body: str, *secrets: str, at: int = 1_795_000_000) -> dict[str, str]:
    made = [Webhook(each).sign("msg_1", datetime.fromtimestamp(at, UTC), body) for each in secrets]
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(made),
    }


def test_what_came_is_shown_with_whether_a_secret_signed_it(client: TestClient) -> None:
    body = '{"type": "credits.entry.posted"}'

    first = client.post("/_local/webhooks", content=body, headers=headers(body, SECRET, OTHER))
    client.post("/_local/webhooks?answer=500", content="x", headers=headers(body, SECRET))
    client.post("/_local/webhooks?answer=99", content="y")

    shown = client.get(f"/_local/webhooks?secret={OTHER}").json()["items"]
    assert first.status_code == 204
    assert [each["answered"] for each in shown] == [400, 500, 204]
    assert [each["verified"] for each in shown] == [False, False, True]
    assert shown[2]["event"] == {"type": "credits.entry.posted"}
    assert client.get("/_local/webhooks").json()["items"][0]["verified"] is None
    client.delete("/_local/webhooks")
    assert client.get("/_local/webhooks").json() == {"items": []}


def test_no_other_page_may_look_or_send() -> None:
    scope = {"type": "http", "scheme": "http", "path": "/_local/webhooks"}

    assert not allowed({**scope, "headers": [(b"host", b"example.com")]})
    assert allowed({**scope, "headers": [(b"host", b"localhost:5001")]})
