"""A running stand-in, the official SDK that talks to it, and an endpoint that takes webhooks."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import stripe
import uvicorn

from local.stripe.app import create_app
from local.stripe.delivery import Endpoint

SECRET = "whsec_local"
NEVER = {"enabled": True, "allow_redirects": "never"}


@dataclass
class Receiver:
    """A webhook endpoint: keeps what came, answers *statuses* one by one, then 200."""

    url: str = ""
    requests: list[tuple[bytes, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def types(self) -> list[str]:
        return [json.loads(body)["type"] for body, _ in self.requests]

    @property
    def ids(self) -> list[str]:
        return [json.loads(body)["id"] for body, _ in self.requests]

    def wait(self, count: int, *, of: str | None = None, seconds: float = 10) -> None:
        """Return when *count* requests came (of one type), or fail."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if len([each for each in self.types if of in {None, each}]) >= count:
                return
            time.sleep(0.01)
        pytest.fail(f"{len(self.requests)} webhooks came: {self.types}")


@dataclass
class StandIn:
    """A running stand-in."""

    url: str
    client: stripe.StripeClient
    http: httpx.Client

    def control(self, path: str, **body: object) -> dict[str, Any]:
        """POST to a control door; the answer, which must be 200."""
        answer = self.knock(path, **body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def knock(self, path: str, **body: object) -> httpx.Response:
        """POST to a control door; whatever it answers."""
        return self.http.post(f"/_standin/{path}", json=body)

    def pay(self, intent: str, outcome: str, **more: object) -> dict[str, Any]:
        """Play the customer."""
        return self.control("pay", payment_intent=intent, outcome=outcome, **more)

    def deliveries(self, **query: str) -> list[dict[str, Any]]:
        """What became of the events."""
        answer = self.http.get("/_standin/deliveries", params=query)
        return list(answer.json()["items"])

    def intent(self, amount: int = 2000, currency: str = "usd") -> str:
        """A payment intent that nobody has paid; its id."""
        made = self.client.v1.payment_intents.create({"amount": amount, "currency": currency})
        return made.id

    def paid(self, amount: int = 2000) -> str:
        """A payment intent that was paid; its id."""
        intent = self.intent(amount)
        self.pay(intent, "succeed")
        return intent

    def event_types(self) -> list[str]:
        """Every event so far, oldest first."""
        return [each["type"] for each in self.deliveries()]


@contextmanager
def running(
    *,
    state: Path | None = None,
    endpoint: Endpoint | None = None,
    now: Callable[[], int] = lambda: int(time.time()),
) -> Iterator[StandIn]:
    """Serve on a free port, in a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(state=state, endpoint=endpoint, now=now, pages=url)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            with httpx.Client(base_url=url, trust_env=False, timeout=30) as http:
                yield StandIn(url, sdk(url), http)
        finally:
            server.should_exit = True
            thread.join()


def sdk(url: str, key: str = "sk_test_1") -> stripe.StripeClient:
    """The official SDK, pointed at the stand-in; nothing else about it is changed."""
    return stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=0)


def pay_with(client: stripe.StripeClient, method: str, **more: object) -> stripe.PaymentIntent:
    """Create and confirm 20.00 usd in one call."""
    params = {
        "amount": 2000,
        "currency": "usd",
        "payment_method": method,
        "confirm": True,
        "automatic_payment_methods": NEVER,
        **more,
    }
    return client.v1.payment_intents.create(params)  # type: ignore[arg-type]  # mixed on purpose


@pytest.fixture(scope="session")
def one_standin() -> Iterator[StandIn]:
    with running() as served:
        yield served


@pytest.fixture
def standin(one_standin: StandIn) -> StandIn:
    """A stand-in as good as new, without an endpoint."""
    one_standin.control("reset")
    return one_standin


@pytest.fixture
def client(standin: StandIn) -> stripe.StripeClient:
    return standin.client


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    stored = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stored.requests.append((body, self.headers["Stripe-Signature"]))
            self.send_response(stored.statuses.pop(0) if stored.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    stored.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield stored
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def delivering(receiver: Receiver) -> Iterator[StandIn]:
    """A stand-in that delivers to `receiver`, hurriedly."""
    with running(endpoint=hurried(receiver)) as served:
        yield served


def hurried(receiver: Receiver, *, attempts: int = 12) -> Endpoint:
    """The receiver as an endpoint, tried again after 20 ms, 40 ms, …"""
    return Endpoint(url=receiver.url, first_wait=0.02, longest_wait=0.1, attempts=attempts)
