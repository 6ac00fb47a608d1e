"""The gateway of the local stack: forwards the API, and serves what exists only here."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from local.guard import SameOriginOnly
from local.origins import Origins
from local.webhooks import PATH as WEBHOOKS
from local.webhooks import Receiver

AT_ONCE = 6
"""The emulator starts a process for each request in flight, and drowns above 16 of them.

Measured on two cores: 200 requests from cold take 17 s at 6, 33 s at 16; warm 3 s at either.
"""
PATIENCE_SECONDS = 60.0
_LARGEST_BODY = 10 * 1024 * 1024  # API Gateway's limit
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_ALLOW_ORIGIN = "access-control-allow-origin"
_HOP_BY_HOP = frozenset(
    {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding"}
    | {"proxy-authenticate", "proxy-authorization", "upgrade"}
)


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where the emulator serves the deployed API and, if there are any, the webhooks' own URLs."""

    url: str
    api_id: str
    webhook_url_id: str | None = None
    vapi_url_id: str | None = None
    stack: str = ""
    """The identity of the stack that this gateway belongs to."""
    origins: Origins = field(default_factory=lambda: Origins(""))


class Gateway:
    """Lets at most AT_ONCE requests through at a time; the others wait their turn."""

    def __init__(self, upstream: Upstream, client: httpx.AsyncClient) -> None:
        self._upstream = upstream
        self._client = client
        self._turns = asyncio.Semaphore(AT_ONCE)
        self.ready = False

    async def api(self, request: Request) -> Response:
        """Forward to the deployed API, path and query byte by byte."""
        return await self._forward(
            request, f"/_aws/execute-api/{self._upstream.api_id}/$default{_raw_path(request)}"
        )

    async def webhook(self, request: Request) -> Response:
        """Forward to the webhook function's own URL, as Stripe would call it."""
        return await self._webhook(request, self._upstream.webhook_url_id)

    async def vapi_webhook(self, request: Request) -> Response:
        """Forward to the function's own URL, as Vapi would call it."""
        return await self._webhook(request, self._upstream.vapi_url_id)

    async def mail(self, _request: Request) -> Response:
        """The messages that the functions have sent."""
        answer = await self._client.get(f"{self._upstream.url}/_ministack/ses/messages")
        return Response(answer.content, answer.status_code, media_type="application/json")

    async def health(self, _request: Request) -> Response:
        """200 once everything is deployed and seeded, 503 before."""
        status = "ready" if self.ready else "starting"
        said = {"status": status, "stack": self._upstream.stack}
        return JSONResponse(said, 200 if self.ready else 503)

    async def index(self, request: Request) -> Response:
        """What can be called here; a browser goes to the credits page."""
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/credits")
        base = str(request.base_url).rstrip("/")
        paths = {"api": "/api/credits", "health": "/_local/health", "mail": "/_local/mail"}
        paths["stripe_webhook"] = "/_local/stripe-webhook"
        paths["vapi_webhook"] = "/_local/vapi-webhook"
        paths["webhooks"] = WEBHOOKS
        return JSONResponse({name: base + path for name, path in paths.items()})

    async def _webhook(self, request: Request, url_id: str | None) -> Response:
        if url_id is None:
            return problem(404, "not_found", "This stack has no webhook function.")
        return await self._forward(request, f"/_aws/lambda-url/{url_id}/")

    async def _forward(self, request: Request, target: str) -> Response:
        body = await request.body()
        if len(body) > _LARGEST_BODY:
            return JSONResponse({"message": "Request Entity Too Large"}, 413)
        try:
            await asyncio.wait_for(self._turns.acquire(), PATIENCE_SECONDS)
        except TimeoutError:
            return problem(503, "unavailable", "Too many requests are waiting; try again.")
        try:
            return await self._send(request, target, body)
        except httpx.TransportError:
            return problem(503, "unavailable", "The emulator does not answer; try again.")
        finally:
            self._turns.release()

    async def _send(self, request: Request, target: str, body: bytes) -> Response:
        query = request.scope["query_string"]
        raw_path = target.encode() + (b"?" + query if query else b"")
        url = httpx.URL(self._upstream.url).copy_with(raw_path=raw_path)
        origin = self._allowed_origin(request)
        headers = [(n, v) for n, v in request.headers.raw if n.decode() not in _HOP_BY_HOP]
        if origin is not None:
            own = self._upstream.origins.own.encode()
            headers = [(n, own if n == b"origin" else v) for n, v in headers]
        sent = self._client.build_request(request.method, url, headers=headers, content=body)
        answer = await self._client.send(sent, stream=True)
        try:
            content = b"".join([chunk async for chunk in answer.aiter_raw()])
        finally:
            await answer.aclose()
        response = Response(content, answer.status_code)
        response.raw_headers[:0] = [
            (n.lower(), v) for n, v in answer.headers.raw if n.decode().lower() not in _HOP_BY_HOP
        ]
        if origin is not None and _ALLOW_ORIGIN in response.headers:
            response.headers[_ALLOW_ORIGIN] = origin
            response.headers["vary"] = "Origin"
        return response

    def _allowed_origin(self, request: Request) -> str | None:
        origin = request.headers.get("origin")
        return origin if origin and self._upstream.origins.allow(origin) else None


class _Anything(StringConvertor):
    """Whatever follows in a path; Starlette's own `path` stops at a line feed."""

    regex = r"[\s\S]*"


register_url_convertor("anything", _Anything())


def application(gateway: Gateway, pages: Sequence[BaseRoute] = ()) -> Starlette:
    """The gateway as an ASGI application, with the routes of the page."""
    return Starlette(
        middleware=[Middleware(SameOriginOnly)],
        routes=[
            Route("/", gateway.index),
            *pages,
            Route("/_local/health", gateway.health),
            Route("/_local/mail", gateway.mail),
            *Receiver().routes(),
            Route("/_local/stripe-webhook", gateway.webhook, methods=["POST"]),
            Route("/_local/vapi-webhook", gateway.vapi_webhook, methods=["POST"]),
            Route("/api/credits{rest:anything}", gateway.api, methods=_METHODS),
        ],
    )


def problem(status: int, code: str, detail: str) -> Response:
    """An RFC 9457 problem that the gateway answers itself."""
    body: Mapping[str, object] = {"status": status, "code": code, "detail": detail}
    headers = {"Retry-After": "1"} if status == 503 else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _raw_path(request: Request) -> str:
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.split(b"?", 1)[0].decode("ascii", errors="replace")
