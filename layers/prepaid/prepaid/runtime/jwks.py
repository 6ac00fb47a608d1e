"""Reads the keys that an issuer publishes: over HTTPS only, in bounded time and size."""

from functools import cache
from http.client import HTTPException, HTTPMessage
from typing import IO, override
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from prepaid.runtime.secrets import CachedText, Unreadable

TIMEOUT_SECONDS = 3
MAX_BYTES = 256 * 1024
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class _NoRedirects(HTTPRedirectHandler):
    """A redirect could leave HTTPS or the issuer, so there is none."""

    @override
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


@cache
def cached_jwks(url: str) -> CachedText:
    """Return the JWKS document under *url*.

    Raises `ValueError` for an address that is neither HTTPS nor on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError("TOKEN_JWKS_URL must be an https:// address")
    return CachedText(lambda: read_jwks(url))


def read_jwks(url: str) -> str:
    """Fetch a JWKS document now; raise `Unreadable`."""
    try:
        with build_opener(_NoRedirects).open(url, timeout=TIMEOUT_SECONDS) as answer:
            raw: bytes = answer.read(MAX_BYTES + 1)
    except (OSError, HTTPException) as exc:
        raise Unreadable(f"the JWKS cannot be read: {type(exc).__name__}") from exc
    if len(raw) > MAX_BYTES:
        raise Unreadable("the JWKS is too large")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise Unreadable("the JWKS is not text") from exc
