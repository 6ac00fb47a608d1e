"""What the page may ask the local stack for, and who may not."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from local.guard import SameOriginOnly
from local.people import Pages
from local.stack_layout import StackLayout
from local.tokens import keep_secret


async def _answer(_request: object) -> PlainTextResponse:
    return PlainTextResponse("token")


APP = Starlette(
    middleware=[Middleware(SameOriginOnly)],
    routes=[Route("/_local/session", _answer), Route("/api/credits/packages", _answer)],
)


def ask(path: str, headers: dict[str, str]) -> int:
    async def call() -> int:
        transport = httpx.ASGITransport(app=APP)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:5001") as api:
            return (await api.get(path, headers=headers)).status_code

    return asyncio.run(call())


@pytest.mark.fault(
    "G80", "Another site's page asks the local stack for a token", "It is refused with 403"
)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example.com:5001"},
        {"Host": "localhost.example.com"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_token_is_not_handed_to_another_sites_page(headers: dict[str, str]) -> None:
    assert ask("/_local/session", headers) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "127.0.0.1:5001"},
        {"Origin": "http://localhost:5001", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_the_stacks_own_page_gets_its_token(headers: dict[str, str]) -> None:
    assert ask("/_local/session", headers) == 200


def test_the_api_is_guarded_by_its_tokens_alone() -> None:
    assert ask("/api/credits/packages", {"Origin": "https://app.example.com"}) == 200


def test_people_stand_on_the_sign_in_as_on_their_own_page(tmp_path: Path) -> None:
    layout = StackLayout(5001, tmp_path)
    layout.directory.mkdir(parents=True)
    keep_secret(layout, json.dumps({"local": "s" * 64}))
    levels = iter(["low", "empty"])

    def answer(_request: httpx.Request) -> httpx.Response:
        level = next(levels, None)
        if level is None:
            return httpx.Response(503, json={"code": "unavailable"})
        return httpx.Response(200, json={"available": "0.40", "status": "active", "level": level})

    async def asked() -> list[dict[str, object]]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as api:
            pages = Starlette(routes=Pages(layout, api).routes())
            local = httpx.ASGITransport(app=pages)
            async with httpx.AsyncClient(transport=local, base_url=layout.url) as browser:
                items: list[dict[str, object]] = (await browser.get("/_local/people")).json()[
                    "items"
                ]
                return items

    people = asyncio.run(asked())

    assert [(each["available"], each["level"]) for each in people] == [
        ("0.40", "low"),
        ("0.40", "empty"),
        (None, None),
    ]
