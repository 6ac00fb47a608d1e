"""The page's own routes on the local stack: sign in as a demo person, pay with a test card."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from local.page import PAGE
from local.stack_layout import StackLayout
from local.tokens import token

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' https://js.stripe.com https://*.js.stripe.com",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: https://*.stripe.com https://*.link.com",
        "font-src 'self'",
        "connect-src 'self' https://api.stripe.com https://link.com https://*.link.com",
        "frame-src 'self' https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com"
        " https://link.com https://*.link.com",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
_INTENT = re.compile(r"(pi_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+")
_STRIPE_KEY = "sk_test_local"
_PAGES = ("/credits", "/gallery")
_MISSING = "The page is not built: install Node 20 and start the stack again. The API works."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the sign-in offers."""

    user: str
    role: str
    name: str
    company: str


PEOPLE = (
    Person("user-1", "user", "Maya Lindqvist", "Northwind Talent"),
    Person("user-2", "user", "Jonas Weber", "Harbour Recruiting"),
    Person("root-1", "super_admin", "Ines Duarte", "super admin"),
)
_BY_USER = {person.user: person for person in PEOPLE}


class Pages:
    """Serves the built page and what only the local stack may do for it."""

    def __init__(self, layout: StackLayout, client: httpx.AsyncClient) -> None:
        self._layout = layout
        self._client = client

    def routes(self) -> list[BaseRoute]:
        """Its routes; those below /_local are guarded by the gateway."""
        return [
            *(Route(path, self.page) for path in _PAGES),
            Route("/_local/people", self.people),
            Route("/_local/session", self.session, methods=["POST"]),
            Route("/_local/pay", self.pay, methods=["POST"]),
            Route("/_local/pay/finish", self.finish, methods=["POST"]),
            Route("/_local/bank", self.bank),
            Route("/_local/bank.js", self.bank_script),
            Mount("/assets", StaticFiles(directory=PAGE / "assets", check_dir=False)),
        ]

    async def page(self, _request: Request) -> Response:
        """The app, for every page of it."""
        index = PAGE / "index.html"
        if not index.is_file():
            return Response(_MISSING, 503, media_type="text/plain")
        headers = {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "Cache-Control": "no-cache",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        return FileResponse(index, headers=headers)

    async def people(self, _request: Request) -> Response:
        """Whom one can sign in as, with what each can spend (null while that is not known)."""
        # One after the other: asked at once, each would start a process of its own at the emulator.
        balances = [await self._balance(person) for person in PEOPLE]
        items = [
            {"user": p.user, "role": p.role, "name": p.name, "company": p.company, **balance}
            for p, balance in zip(PEOPLE, balances, strict=True)
        ]
        return JSONResponse({"items": items}, headers={"Cache-Control": "no-store"})

    async def _balance(self, person: Person) -> dict[str, Any]:
        bearer = token(self._layout, user=person.user, role=person.role)
        try:
            answer = await self._client.get(
                f"{self._layout.url}/api/credits/balance",
                headers={"Authorization": f"Bearer {bearer}"},
            )
            found = answer.json() if answer.is_success else {}
        except (httpx.TransportError, ValueError):
            found = {}
        return {
            "available": found.get("available"),
            "status": found.get("status"),
            "level": found.get("level"),
        }

    async def session(self, request: Request) -> Response:
        """A token of one of the demo people."""
        person = _BY_USER.get(str((await _body(request)).get("user")))
        if person is None:
            return JSONResponse({"detail": "There is no such person."}, 404)
        bearer = token(self._layout, user=person.user, role=person.role)
        return JSONResponse({"token": bearer}, headers={"Cache-Control": "no-store"})

    async def pay(self, request: Request) -> Response:
        """Confirm a payment intent at the stand-in with a test card's number."""
        body = await _body(request)
        intent = _INTENT.fullmatch(str(body.get("client_secret")))
        number = str(body.get("number"))
        if intent is None or not number.isdecimal():
            return JSONResponse({"detail": "client_secret and number are needed."}, 400)
        form = {
            "payment_method_data[type]": "card",
            "payment_method_data[card][number]": number,
            "payment_method_data[card][exp_month]": "12",
            "payment_method_data[card][exp_year]": "2034",
            "payment_method_data[card][cvc]": "123",
            "return_url": f"{self._layout.url}/credits",
        }
        answer = await self._client.post(
            f"{self._layout.standin_url}/v1/payment_intents/{intent[1]}/confirm",
            data=form,
            headers={"Authorization": f"Bearer {_STRIPE_KEY}"},
        )
        return JSONResponse(_outcome(answer.json()))

    async def finish(self, request: Request) -> Response:
        """Let the card's holder confirm or refuse, and answer how the payment ended."""
        body = await _body(request)
        intent = _INTENT.fullmatch(str(body.get("client_secret")))
        outcome = body.get("outcome")
        if intent is None or outcome not in {"succeed", "decline"}:
            return JSONResponse({"detail": "client_secret and outcome are needed."}, 400)
        answer = await self._client.post(
            f"{self._layout.standin_url}/_standin/pay",
            json={"payment_intent": intent[1], "outcome": outcome},
        )
        return JSONResponse(_outcome(answer.json().get("payment_intent", {})))

    async def bank(self, _request: Request) -> Response:
        """The page that a bank shows for 3-D Secure."""
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return Response(_BANK, media_type="text/html", headers=headers)

    async def bank_script(self, _request: Request) -> Response:
        """What its two buttons do: they tell the page that framed it."""
        return Response(_BANK_SCRIPT, media_type="text/javascript")


async def _body(request: Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _outcome(answer: dict[str, Any]) -> dict[str, str]:
    """What became of a payment intent, in the page's words."""
    error = answer.get("error") or answer.get("last_payment_error")
    if error:
        if error.get("code") == "incorrect_number" or error.get("type") == "card_error":
            reason = error.get("decline_code") or error.get("code") or "other"
            return {"status": "declined", "reason": str(reason)}
        return {"status": "failed"}
    status = str(answer.get("status"))
    known = {"succeeded", "processing", "requires_action"}
    return {"status": status if status in known else "failed"}


_BANK = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Example Bank</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
html, body { height: 100%; margin: 0; background: transparent; }
body { display: grid; place-items: center; font: 14px/20px ui-sans-serif, system-ui, sans-serif; }
main { box-sizing: border-box; width: min(380px, calc(100% - 32px)); padding: 20px;
  background: #fff; color: #14161a; border: 1px solid #d3d7de; border-radius: 12px;
  box-shadow: 0 24px 64px -12px rgb(16 18 27 / .28); }
h1 { margin: 0 0 12px; font-size: 15px; } p { margin: 0 0 16px; color: #4d535f; }
div { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
button { min-height: 40px; border: 1px solid #878d99; border-radius: 8px; background: #fff;
  font: inherit; font-weight: 600; color: #14161a; cursor: pointer; }
button#confirm { background: #1f2330; border-color: #1f2330; color: #fff; }
button:focus-visible { outline: 2px solid #5b5bd6; outline-offset: 2px; }
</style></head><body><main><h1>Example Bank</h1>
<p>Confirm this payment to Prepaid. It is a test: no money moves.</p>
<div><button id="cancel">Cancel</button><button id="confirm" autofocus>Confirm</button></div>
</main><script src="/_local/bank.js"></script></body></html>
"""
_BANK_SCRIPT = """for (const [id, confirmed] of [["confirm", true], ["cancel", false]]) {
  document.getElementById(id).addEventListener("click", () => {
    window.parent.postMessage({ prepaidBank: confirmed }, window.location.origin);
  });
}
"""
