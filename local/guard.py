"""Keeps what hands out tokens to this machine: by its name, and to its own pages."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOSTS = frozenset({"localhost", "127.0.0.1"})
_OWN = frozenset({"same-origin", "none"})


class SameOriginOnly:
    """Refuses requests below /_local whose Host is another name, or that another page makes.

    Another name would be a page that reaches this port through its own DNS (rebinding).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403, or pass the request on."""
        if scope["type"] == "http" and scope["path"].startswith("/_local") and not allowed(scope):
            refusal = PlainTextResponse("Only pages of this machine may ask here.", 403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def allowed(scope: Scope) -> bool:
    """Whether the request names this machine and comes from no other origin."""
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if host.rsplit(":", 1)[0] not in _HOSTS:
        return False
    if headers.get(b"sec-fetch-site", "none") not in _OWN:
        return False
    origin = headers.get(b"origin")
    return origin is None or origin == f"{scope['scheme']}://{host}"
