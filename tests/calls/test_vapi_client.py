"""What Vapi's API is asked, and where nothing is ever sent."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
from prepaid.calls.facts import CallStatus
from prepaid.calls.ports import CallList
from prepaid.calls.vapi.client import VapiClient, refuse_foreign
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, Unavailable

from tests.support.vapi_messages import CALL_ID, message


@dataclass
class Vapi:
    """A server that answers what a test wrote down."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[str, str, str | None, bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def client(self) -> VapiClient:
        base = f"http://127.0.0.1:{self.port}"
        return VapiClient(key=lambda: "vapi_key", api_base=base, domain="127.0.0.1")


@pytest.fixture
def vapi() -> Iterator[Vapi]:
    found = Vapi()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            found.seen.append((self.command, self.path, self.headers.get("authorization"), body))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        do_GET = do_POST = _answer  # noqa: N815 - the names that the server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_call_is_asked_for_with_the_key(vapi: Vapi) -> None:
    vapi.body = json.dumps(message("call.ended")).encode()

    call_event = vapi.client.call(CALL_ID)

    assert call_event is not None
    assert call_event.end is not None
    assert call_event.end.duration is not None
    assert call_event.end.duration.milliseconds == 192_000
    assert vapi.seen == [("GET", f"/call/{CALL_ID}", "Bearer vapi_key", b"")]


@pytest.mark.parametrize("status", [404, 410])
def test_a_call_that_is_not_there_any_more_is_none(vapi: Vapi, status: int) -> None:
    vapi.status = status

    assert vapi.client.call(CALL_ID) is None


def test_an_id_is_no_path(vapi: Vapi) -> None:
    vapi.status = 404

    assert vapi.client.call("../org?x=1") is None
    assert vapi.seen[0][1] == "/call/..%2Forg%3Fx%3D1"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (401, b"{}"),
        (429, b"{}"),
        (302, b""),
        (200, b""),
        (200, b"[]"),
        (200, b"{"),
        (200, b'{"id": "another"}'),
        (200, b"{}"),
    ],
)
def test_what_is_no_answer_settles_nothing(vapi: Vapi, status: int, body: bytes) -> None:
    vapi.status, vapi.body = status, body
    vapi.headers = {"location": "http://127.0.0.1:1/elsewhere"} if status == 302 else {}

    with pytest.raises(Unavailable):
        vapi.client.call(CALL_ID)
    assert len(vapi.seen) == 1


SINCE, UNTIL = Instant(1_795_000_000), Instant(1_795_000_600)


def listed(vapi: Vapi, *calls: object) -> CallList:
    vapi.body = json.dumps(calls).encode()
    return vapi.client.calls(since=SINCE, until=UNTIL)


def test_calls_are_listed_by_the_time_at_which_they_were_created(vapi: Vapi) -> None:
    found = listed(vapi, message("call.ended"))

    [call_event] = found.calls
    assert (call_event.call_id, call_event.status) == (CALL_ID, CallStatus.ENDED)
    assert (found.whole, found.unreadable) == (True, 0)
    method, path, key, _ = vapi.seen[0]
    assert (method, key) == ("GET", "Bearer vapi_key")
    assert dict(parse_qsl(urlsplit(path).query)) == {
        "createdAtGe": "2026-11-18T11:06:40Z",
        "createdAtLt": "2026-11-18T11:16:40Z",
        "limit": "100",
    }
    vapi.client.calls(since=SINCE, until=Instant(SINCE + 1))
    assert "limit=1000" in vapi.seen[1][1]


def test_a_full_list_may_leave_out_calls(vapi: Vapi) -> None:
    calls = [{**message("call.ended"), "id": f"call-{number}"} for number in range(100)]

    assert listed(vapi, *calls[:99]).whole
    assert not listed(vapi, *calls).whole
    assert not listed(vapi, *calls, calls[0]).whole, "more than was asked for"


@pytest.mark.fault("H25")
def test_an_answer_too_large_to_be_read_is_not_whole(
    vapi: Vapi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepaid.calls.vapi.client.LARGEST_ANSWER", 1_000)

    found = listed(vapi, message("call.ended"))

    assert (found.calls, found.whole) == ([], False)


@pytest.mark.fault("H25")
def test_a_call_that_cannot_be_read_hides_no_other(vapi: Vapi) -> None:
    found = listed(vapi, {"id": 7}, "x", message("call.ended"), None)

    assert [each.call_id for each in found.calls] == [CALL_ID]
    assert found.unreadable == 3


@pytest.mark.fault("H25")
@pytest.mark.parametrize("text", ["\ud83d", "a\0b", "[" * 40])
def test_whatever_stands_in_a_transcript_a_call_is_read(vapi: Vapi, text: str) -> None:
    call = {**message("call.ended"), "transcript": text, "name": text}

    [listed_one] = listed(vapi, call).calls
    vapi.body = json.dumps(call).encode()

    assert listed_one == vapi.client.call(CALL_ID)


@pytest.mark.fault("H26")
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"[]"),
        (400, b"[]"),
        (401, b"[]"),
        (404, b"[]"),
        (429, b"[]"),
        (302, b"[]"),
        (200, b""),
        (200, b"{}"),
        (200, b"[{"),
        (200, b"\xff["),
        (200, b"[" * 200_000),
        (200, b"<html>"),
    ],
)
def test_what_is_no_list_says_nothing(vapi: Vapi, status: int, body: bytes) -> None:
    vapi.status, vapi.body = status, body

    with pytest.raises(Unavailable):
        vapi.client.calls(since=SINCE, until=UNTIL)


def test_without_a_key_nothing_is_sent(vapi: Vapi) -> None:
    client = replace(vapi.client, key=lambda: None)

    with pytest.raises(Unavailable):
        client.calls(since=SINCE, until=UNTIL)
    with pytest.raises(Unavailable):
        client.call(CALL_ID)

    assert (client.is_set_up(), vapi.client.is_set_up(), vapi.seen) == (False, True, [])


def test_a_server_that_is_not_there_settles_nothing() -> None:
    client = VapiClient(key=lambda: "k", api_base="http://127.0.0.1:1", domain="127.0.0.1")

    with pytest.raises(Unavailable):
        client.call(CALL_ID)
    with pytest.raises(Unavailable):
        client.calls(since=SINCE, until=UNTIL)


@pytest.mark.fault("B28.9")
@pytest.mark.parametrize(
    ("status", "taken"),
    [(200, True), (204, True), (299, True), (300, False), (404, False), (410, False), (302, False)],
)
def test_a_running_call_is_asked_to_end_without_the_key(
    vapi: Vapi, status: int, taken: bool
) -> None:
    vapi.status, vapi.body = status, b""

    answered = vapi.client.end_call(f"http://127.0.0.1:{vapi.port}/{CALL_ID}/control")

    assert answered is taken
    assert vapi.seen == [("POST", f"/{CALL_ID}/control", None, b'{"type": "end-call"}')]


@pytest.mark.parametrize(
    "url",
    [
        "https://vapi.ai/x",
        "https://api.vapi.ai/call/1",
        "https://phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai/1/control",
        "https://API.VAPI.AI/x",
    ],
)
def test_vapis_own_addresses_are_called(url: str) -> None:
    assert refuse_foreign(url, "vapi.ai") is None  # type: ignore[func-returns-value]  # it raises


@pytest.mark.fault(
    "B28.9",
    "A message names a control address of somebody else's",
    "Nothing is sent there, and no key anywhere but to the API",
)
@pytest.mark.parametrize(
    "url",
    [
        "",
        "vapi.ai",
        "http://api.vapi.ai/call/1",
        "https://evil.com/vapi.ai",
        "https://vapi.ai.evil.com/",
        "https://evilvapi.ai/",
        "https://vapi.ai@evil.com/",
        "https://user@vapi.ai/",
        "https://evil.com#.vapi.ai",
        "https://evil.com\\.vapi.ai/",
        "https://169.254.169.254/latest",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "https://[::1",
        "https://vapi.ai:99999/",
    ],
)
def test_nothing_is_sent_anywhere_else(url: str) -> None:
    with pytest.raises(InvalidRequest):
        refuse_foreign(url, "vapi.ai")
