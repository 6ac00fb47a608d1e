"""The HTTP surface: Vapi's calls, the control address of each, and doors that play a call."""

import json
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.vapi.calls import Call, bound

TELLS_WITHIN_SECONDS = 60
PAGE, LARGEST_PAGE = 100, 1000

type Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Vapi:
    """Every call of one stack, and where it is told of. It forgets when it stops."""

    def __init__(self, *, webhook_url: str, token: str, base_url: str) -> None:
        self._webhook_url = webhook_url
        self._token = token
        self._base_url = base_url
        self._calls: dict[str, Call] = {}

    async def create(self, request: Request) -> Response:
        """`POST /call`: make an outbound call."""
        body = await _object(request)
        call = Call(
            kind="outboundPhoneCall",
            overrides=body.get("assistantOverrides") or {},
            phone_number_id=body.get("phoneNumberId"),
            assistant_id=body.get("assistantId"),
            control_base=self._base_url,
        )
        self._calls[call.call_id] = call
        return JSONResponse(call.shown(), 201)

    async def listed(self, request: Request) -> Response:
        """`GET /call`: those made in a stretch of time, the newest first, at most `limit`."""
        query = dict(request.query_params)
        try:
            most = int(query.pop("limit", PAGE))
            bounds = [bound(name, text) for name, text in query.items()]
        except ValueError:
            bounds, most = [], 0
        if not 0 < most <= LARGEST_PAGE:
            return JSONResponse({"message": ["no such filter"], "statusCode": 400}, 400)
        found = [each for each in self._calls.values() if all(holds(each) for holds in bounds)]
        found.sort(key=lambda each: each.created_at, reverse=True)
        return JSONResponse([each.shown() for each in found[:most]])

    async def retrieve(self, request: Request) -> Response:
        """`GET /call/{id}`."""
        call = self._calls.get(request.path_params["call_id"])
        if call is None:
            return JSONResponse({"message": "Couldn't Get Call", "statusCode": 404}, 404)
        return JSONResponse(call.shown())

    async def control(self, request: Request) -> Response:
        """`POST` to a call's control address: end it now, before a minute has passed."""
        call = self._calls.get(request.path_params["call_id"])
        body = await _object(request)
        if call is None or body.get("type") != "end-call":
            return JSONResponse({"message": "no such call, or no such control"}, 404)
        call.end(timedelta(seconds=30), "assistant-ended-call")
        return JSONResponse({"status": "ok"})

    async def inbound(self, request: Request) -> Response:
        """`POST /_standin/inbound`: somebody calls `{phone_number_id}`; what we are answered."""
        body = await _object(request)
        call = Call(
            kind="inboundPhoneCall",
            overrides={},
            phone_number_id=body.get("phone_number_id"),
            assistant_id=None,
            control_base=self._base_url,
        )
        call.status = "ringing"
        self._calls[call.call_id] = call
        status, answer = await self._tell(call.request())
        call.overrides = answer.get("assistantOverrides") or {}
        call.assistant_id = answer.get("assistantId")
        if call.assistant_id is None:
            call.end(timedelta(0), "assistant-request-returned-error")
        return JSONResponse({"call_id": call.call_id, "status": status, "answer": answer})

    async def play(self, request: Request) -> Response:
        """`POST /_standin/play`: `{call_id, milliseconds?, reason?, tell?}`, told in order.

        Without *milliseconds* nobody picks up. *tell* names the messages that are sent, each as
        often as it is named: `in-progress`, `ended`, `report`; an empty list is a call of which
        every message is lost.
        """
        body = await _object(request)
        call = self._calls.get(str(body.get("call_id")))
        if call is None:
            return JSONResponse({"message": "no such call"}, 404)
        lasted = body.get("milliseconds")
        messages: dict[str, dict[str, Any]] = {}
        if lasted is not None and call.status != "ended":
            call.begin()
            messages["in-progress"] = call.update()
        unanswered = "customer-did-not-answer" if lasted is None else "customer-ended-call"
        call.end(timedelta(milliseconds=lasted or 0), body.get("reason") or unanswered)
        messages |= {"ended": call.update(), "report": call.report()}
        tell = body.get("tell")
        sent = [
            {"message": name, "status": (await self._tell(messages[name]))[0]}
            for name in (list(messages) if tell is None else tell)
            if name in messages
        ]
        return JSONResponse({"call": call.shown(), "told": sent})

    async def health(self, _request: Request) -> Response:
        """Answers when it serves."""
        return JSONResponse({"status": "ok"})

    def keyed(self, handler: Handler) -> Handler:
        """Let through only who has a key, as Vapi does."""

        async def guarded(request: Request) -> Response:
            if not request.headers.get("authorization", "").startswith("Bearer vapi_"):
                return JSONResponse({"message": "Invalid Key", "statusCode": 401}, 401)
            return await handler(request)

        return guarded

    async def _tell(self, message: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Send a message once, as Vapi does by default."""
        headers = {"authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(timeout=TELLS_WITHIN_SECONDS, trust_env=False) as client:
            try:
                body = {"message": message}
                answer = await client.post(self._webhook_url, json=body, headers=headers)
            except httpx.TransportError:
                return 0, {}
        try:
            found = answer.json()
        except ValueError:
            found = {}
        return answer.status_code, found if isinstance(found, dict) else {}


def create_app(*, webhook_url: str, token: str, base_url: str) -> Starlette:
    """The stand-in, which tells *webhook_url* of its calls with the bearer *token*."""
    vapi = Vapi(webhook_url=webhook_url, token=token, base_url=base_url)
    return Starlette(
        routes=[
            Route("/call", vapi.keyed(vapi.create), methods=["POST"]),
            Route("/call", vapi.keyed(vapi.listed)),
            Route("/call/{call_id}", vapi.keyed(vapi.retrieve)),
            Route("/{call_id}/control", vapi.control, methods=["POST"]),
            Route("/_standin/inbound", vapi.inbound, methods=["POST"]),
            Route("/_standin/play", vapi.play, methods=["POST"]),
            Route("/_standin/health", vapi.health),
        ]
    )


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.body() or b"{}")
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}
