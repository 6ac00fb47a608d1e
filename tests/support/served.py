"""The functions behind a socket, as the gateway serves them; tokens are ``role.account.x``."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

from prepaid.web.identity import Role

from tests.support.stage import PATHS, Reply, Stage

_BELOW = "/api/credits/"
_ROUTES = [
    (method, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)), name)
    for name, (method, _, path) in ((name, each.partition(" ")) for name, each in PATHS.items())
]
_PUBLIC = ("get_openapi", "list_packages", "list_pricing")


def token(account_id: str, role: str = "user") -> str:
    """Return a token that `served` accepts."""
    return f"{role}.{account_id}.x"


class _Handler(BaseHTTPRequestHandler):
    stage: Stage
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for an answer

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):  # the gateway answers every method, most of them with 404
            return self._answer
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        size = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(size) if size else None
        reply = self._reply(body)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        text = reply.text.encode()
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def _reply(self, body: bytes | None) -> Reply:
        url = urlsplit(self.path)
        for method, path, name in _ROUTES:
            match = path.fullmatch(url.path.removeprefix(_BELOW))
            if method == self.command and match:
                return self._call(name, match.groupdict(), url.query, body)
        return _gateways(404, "Not Found")

    def _call(self, name: str, path: dict[str, str], query: str, body: bytes | None) -> Reply:
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        role, _, account = bearer.removesuffix(".x").partition(".")
        if name not in _PUBLIC:
            if not bearer:
                return _gateways(401, "Unauthorized")
            if role not in set(Role):
                return _gateways(403, "Forbidden")
        text, base64 = _as_text(body)
        return self.stage.call(
            name,
            text,
            role=role if bearer else None,
            account_id=account,
            headers={key.lower(): value for key, value in self.headers.items()},
            query=dict(parse_qsl(query)) or None,
            path=path,
            base64=base64,
        )


@contextmanager
def served(stage: Stage) -> Iterator[str]:
    """Serve the functions on *stage* at the URL that is given."""
    handler = type("Handler", (_Handler,), {"stage": stage})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _as_text(body: bytes | None) -> tuple[str | None, bool]:
    """Return a body as an event carries it, and whether it does so in base64."""
    try:
        return (None if body is None else body.decode()), False
    except UnicodeDecodeError:
        return b64encode(body or b"").decode(), True


def _gateways(status: int, message: str) -> Reply:
    return Reply(status, {"content-type": "application/json"}, f'{{"message": "{message}"}}')
