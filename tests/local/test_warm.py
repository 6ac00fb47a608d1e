"""What the stack calls behind its start, so that the page's first requests find warm functions."""

import json
import re
from datetime import UTC, datetime

import httpx
import pytest

from local import warm
from local.stack_layout import PROJECT, StackLayout
from local.tokens import keep_secret

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def layout(tmp_path_factory: pytest.TempPathFactory) -> StackLayout:
    place = StackLayout(5999, tmp_path_factory.mktemp("warm"))
    place.directory.mkdir(parents=True)
    keep_secret(place, json.dumps({"1": "s" * 40}))
    return place


def test_everything_that_it_calls_is_a_route_of_the_api() -> None:
    document = json.loads((PROJECT / "layers/prepaid/prepaid/web/openapi.json").read_text())
    routes = [
        (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)))
        for path, methods in document["paths"].items()
        for method in methods
    ]

    strangers = [
        (method, path)
        for method, path in warm.calls(NOW)
        if path.startswith("/api/")
        and not any(m == method and r.fullmatch(path.split("?")[0]) for m, r in routes)
    ]

    assert strangers == []


def test_every_call_is_made_once_as_a_person_of_the_page_and_none_has_a_key(
    layout: StackLayout,
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(503)

    warm.warm(layout, httpx.MockTransport(answer))

    called = sorted((each.method, each.url.path) for each in asked)
    expected = sorted((m, p.split("?")[0]) for m, p in warm.calls(datetime.now(UTC)))
    assert called == expected
    assert not any("idempotency-key" in each.headers for each in asked)
    assert all(each.headers["authorization"].startswith("Bearer ") for each in asked)


def test_a_stack_that_is_stopped_meanwhile_ends_it_quietly(layout: StackLayout) -> None:
    refused: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        refused.append(request.url.path)
        raise httpx.ConnectError("gone", request=request)

    warm.warm(layout, httpx.MockTransport(refuse))

    assert refused


def test_stacks_without_a_page_are_left_cold(
    layout: StackLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGE", "0")

    assert warm.begin(layout) is None
