"""Every provider of calls keeps the same promises: the one in memory, and Vapi, by its stand-in."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest
import uvicorn
from prepaid.calls.facts import CallEvent
from prepaid.calls.ports import CallProvider
from prepaid.calls.vapi.client import VapiClient
from prepaid.calls.vapi.messages import event_of_call
from prepaid.domain.credits import Instant
from prepaid.web.json_body import Number

from local.vapi import calls
from local.vapi.app import create_app
from tests.support.memory_calls import MemoryCallProvider

NOW = 1_795_000_000
PAGE = 5
NOBODY = "http://127.0.0.1:1"


@dataclass
class Provider:
    """A provider, and a way to let somebody call at a time, for so many milliseconds."""

    port: CallProvider
    play: Callable[[int, int], str]


@dataclass
class Clock:
    """The stand-in's time."""

    now: int = NOW


@pytest.fixture(params=["memory", "stand-in"])
def provider(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setattr("prepaid.calls.vapi.client.PAGE", PAGE)
    if request.param == "memory":
        memory = MemoryCallProvider(page=PAGE)
        yield Provider(memory, lambda at, lasted: _remembered(memory, at, lasted))
        return
    clock = Clock()
    monkeypatch.setattr(calls, "time", SimpleNamespace(time=lambda: clock.now))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(webhook_url=NOBODY, token="t", base_url=url)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            with httpx.Client(base_url=url, trust_env=False) as http:
                http.headers["authorization"] = "Bearer vapi_key"
                client = VapiClient(key=lambda: "vapi_key", api_base=url, domain="127.0.0.1")
                yield Provider(client, lambda at, lasted: _played(http, clock, at, lasted))
                client.pool.clear()
        finally:
            server.should_exit = True
            thread.join()


def _played(http: httpx.Client, clock: Clock, at: int, lasted: int) -> str:
    clock.now = at
    call_id = str(http.post("/call", json={}).raise_for_status().json()["id"])
    played = {"call_id": call_id, "milliseconds": lasted, "tell": []}
    http.post("/_standin/play", json=played).raise_for_status()
    return call_id


def _remembered(memory: MemoryCallProvider, at: int, lasted: int) -> str:
    call_id = f"call-{len(memory.known)}"
    started = datetime.fromtimestamp(at, UTC)
    memory.known[call_id] = event_of_call(
        {
            "id": call_id,
            "status": "ended",
            "createdAt": started.isoformat(),
            "startedAt": started.isoformat(),
            "endedAt": (started + timedelta(milliseconds=lasted)).isoformat(),
            "cost": Number("0.16"),
        }
    )
    return call_id


def listed(provider: Provider, since: int, until: int) -> list[CallEvent]:
    found = provider.port.calls(since=Instant(since), until=Instant(until))
    assert (found.whole, found.unreadable) == (True, 0)
    return list(found.calls)


def test_calls_are_listed_from_a_moment_until_just_before_another(provider: Provider) -> None:
    made = [provider.play(NOW + each, 192_000) for each in (0, 60, 120)]

    assert [each.call_id for each in listed(provider, NOW + 60, NOW + 120)] == [made[1]]
    assert {each.call_id for each in listed(provider, NOW, NOW + 121)} == set(made)
    assert listed(provider, NOW + 121, NOW + 9_000) == []


def test_a_listed_call_says_what_it_says_when_it_is_asked_for(provider: Provider) -> None:
    call_id = provider.play(NOW, 192_000)

    [found] = listed(provider, NOW, NOW + 1)

    assert found == provider.port.call(call_id)
    assert found.end is not None
    assert found.end.duration is not None
    assert (found.end.duration.milliseconds, found.end.provider_cost) == (192_000, 160_000)
    assert provider.port.call("nobody") is None


def test_a_list_that_is_full_is_not_whole(provider: Provider) -> None:
    for each in range(PAGE):
        provider.play(NOW + each, 60_000)

    found = provider.port.calls(since=Instant(NOW), until=Instant(NOW + PAGE))

    assert (len(found.calls), found.whole) == (PAGE, False)
    assert len(listed(provider, NOW, NOW + PAGE - 1)) == PAGE - 1
    assert provider.port.is_set_up()
