"""The HTTP surface: keys, forms and headers in, Stripe's JSON out."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.stripe import clock, receipts
from local.stripe.controls import Controls
from local.stripe.delivery import Deliverer, Endpoint
from local.stripe.engine import Answer, Engine, Request
from local.stripe.errors import ApiError, InvalidParams, KeyInUse, Unauthorized
from local.stripe.forms import Form, parse
from local.stripe.state import API_VERSION, STRIPES_PAGES
from local.stripe.store import Store

LARGEST_BODY = 1_000_000


def create_app(
    *,
    state: Path | None = None,
    endpoint: Endpoint | None = None,
    now: Callable[[], int] = clock.now,
    pages: str = STRIPES_PAGES,
) -> Starlette:
    """The stand-in with its state in the directory *state*, or in memory when there is none.

    *pages* is the address under which payers find their receipts.
    """
    engine = Engine(Store(state), now, pages)
    deliverer = Deliverer(engine, endpoint or Endpoint())
    controls = Controls(engine, deliverer)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await deliverer.start()
        try:
            yield
        finally:
            await deliverer.stop()
            engine.close()

    api = Api(engine, controls)
    catch_all = Route("/{path:path}", api.handle, methods=["GET", "POST", "DELETE"])
    receipt = Route("/receipts/{charge_id}", receipts.page_of(engine), methods=["GET"])
    return Starlette(routes=[*controls.routes(), receipt, catch_all], lifespan=lifespan)


class Api:
    """Answers Stripe's calls one after another; only waiting for bodies and latency overlaps."""

    def __init__(self, engine: Engine, controls: Controls) -> None:
        self._engine = engine
        self._controls = controls
        self._under_way: set[str] = set()

    async def handle(self, http: HttpRequest) -> Response:
        """One call: every outcome is an answer in Stripe's shape."""
        key = http.headers.get("Idempotency-Key") if http.method == "POST" else None
        request = Request(http.method, http.url.path, {}, key)
        try:
            authenticate(http.headers.get("Authorization", ""))
            form = await _form(http)
            request = Request(http.method, http.url.path, form, key, request.request_id)
            answer = await self._alone(request)
        except ApiError as error:
            answer = Answer(error.status, error.body(request.request_id), {})
        headers = {"Request-Id": request.request_id, "Stripe-Version": API_VERSION}
        if key is not None:
            headers |= {"Idempotency-Key": key, "Original-Request": request.request_id}
        return JSONResponse(answer.body, answer.status, headers | answer.headers)

    async def _alone(self, request: Request) -> Answer:
        if request.key is None:
            await self._wait()
            return self._engine.answer(request)
        if request.key in self._under_way:
            raise KeyInUse(
                "There is currently another in-progress request using this Idempotent Key (that "
                "probably means you submitted twice, and the other request is still going "
                f"through): {request.key}. Please try again later.",
                code="idempotency_key_in_use",
            )
        self._under_way.add(request.key)
        try:
            await self._wait()
            return self._engine.answer(request)
        finally:
            self._under_way.discard(request.key)

    async def _wait(self) -> None:
        if self._controls.latency:
            await asyncio.sleep(self._controls.latency)


async def _form(http: HttpRequest) -> Form:
    if http.method != "POST":
        return parse(http.url.query)
    raw = await http.body()
    if len(raw) > LARGEST_BODY:
        raise InvalidParams("The request is too large.")
    if raw and not http.headers.get("Content-Type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        raise InvalidParams("The body must be application/x-www-form-urlencoded.")
    try:
        return parse(raw.decode())
    except UnicodeDecodeError as error:
        raise InvalidParams("The body is not UTF-8.") from error


def authenticate(authorization: str) -> None:
    """Accept any secret test key, as a bearer or as the user of basic authorization."""
    scheme, _, value = authorization.partition(" ")
    key = value.strip()
    if scheme.lower() == "basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if not key:
        raise Unauthorized(
            "You did not provide an API key. You need to provide your API key in the "
            "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
            "YOUR_SECRET_KEY')."
        )
    if key.startswith("pk_"):
        raise Unauthorized(
            "This API call cannot be made with a publishable API key. Please use a secret API key.",
            code="secret_key_required",
        )
    if not key.startswith("sk_test_") or len(key) == len("sk_test_"):
        raise Unauthorized(f"Invalid API Key provided: {key[:8]}***")
