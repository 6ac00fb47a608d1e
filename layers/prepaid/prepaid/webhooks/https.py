"""Sending over HTTPS: signed by Standard Webhooks, to an address that is judged once.

The name is resolved once, the address is judged, and the connection goes to that very address; the
certificate must still be the name's. Nothing is followed, and little of an answer is read.
Source of the signature: https://github.com/standard-webhooks/standard-webhooks
"""

import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Timer
from typing import TYPE_CHECKING, override

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as HttpTimeoutError

from prepaid.domain.credits import Instant
from prepaid.webhooks.addresses import (
    AddressRefused,
    Target,
    is_test_origin,
    refuse_address,
    refuse_own_machine,
    target_of,
)
from prepaid.webhooks.delivery import Outcome
from prepaid.webhooks.ports import SignedMessage

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

SECONDS = 15.0
"""How long a receiver has to answer, from the first byte that is sent to it."""
CONNECT_SECONDS = 5.0
EXCERPT_BYTES = 1_024
EXCERPT_CHARACTERS = 500
USER_AGENT = "prepaid-webhooks/1"

logging.getLogger("urllib3.connection").setLevel(logging.ERROR)
"""Its warnings name the URL, whose path may be the receiver's secret."""

type Resolve = Callable[[str, int], str]
"""Returns one address of a host; raises `OSError` where there is none."""


def resolve(host: str, port: int) -> str:
    """Ask the system for an address of *host*; IPv4 where it has one."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    family, *_, address = min(found, key=lambda each: each[0] is not socket.AF_INET)
    assert family in {socket.AF_INET, socket.AF_INET6}, "a stream socket of the internet"
    return str(address[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpsSender:
    """`Sender` over HTTPS.

    *clock* counts seconds. *test_origin* may be reached wherever it leads; unless AWS itself is
    *emulated* on this machine, not to what runs this function.
    """

    clock: Callable[[], float]
    test_origin: str = ""
    emulated: bool = False
    resolve: Resolve = resolve
    seconds: float = SECONDS

    def send(self, message: SignedMessage) -> Outcome:
        """Send a message once."""
        started = self.clock()

        def ended(error: str) -> Outcome:
            return Outcome(milliseconds=self._since(started), error=error)

        try:
            target = target_of(message.url, test_origin=self.test_origin)
            address = self.resolve(target.host, target.port)
            self._judge(message.url, address)
        except AddressRefused:
            return ended("address_refused")
        except OSError:
            return ended("name_not_resolved")
        late = _Deadline(self.seconds)
        try:
            return self._post(target, address, message, late, started)
        except (HTTPError, OSError, ValueError) as exc:
            return ended("timed_out" if late.passed else _error_of(exc))
        finally:
            late.cancel()

    def _judge(self, url: str, address: str) -> None:
        if not is_test_origin(url, self.test_origin):
            refuse_address(address)
        elif not self.emulated:
            refuse_own_machine(address)

    def _post(
        self,
        target: Target,
        address: str,
        message: SignedMessage,
        late: "_Deadline",
        started: float,
    ) -> Outcome:
        timeout = Timeout(connect=min(CONNECT_SECONDS, self.seconds), read=self.seconds)
        with _pool(target, address, timeout, late) as pool:
            response = pool.urlopen(
                "POST",
                target.path,
                body=message.body.encode(),
                headers={"host": target.host_header, **signed_headers(message)},
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                if late.passed:  # what was cut off may look like the end of the headers
                    return Outcome(milliseconds=self._since(started), error="timed_out")
                return Outcome(
                    milliseconds=self._since(started),
                    status=response.status,
                    excerpt=_excerpt(response, late),
                    retry_after=_retry_after(response.headers, message.at),
                )
            finally:
                response.close()

    def _since(self, started: float) -> int:
        return int((self.clock() - started) * 1_000)


def signed_headers(message: SignedMessage) -> dict[str, str]:
    """Return the headers of Standard Webhooks, with a signature for each secret."""
    from standardwebhooks import Webhook  # noqa: PLC0415 - only what sends pays for it

    sent_at = datetime.fromtimestamp(message.at, UTC)  # `sign` takes any zone for UTC
    signatures = [
        Webhook(secret).sign(msg_id=message.message_id, timestamp=sent_at, data=message.body)
        for secret in message.secrets
    ]
    return {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": message.message_id,
        "webhook-timestamp": str(message.at),
        "webhook-signature": " ".join(signatures),
    }


def _error_of(exc: Exception) -> str:
    if isinstance(exc, HttpTimeoutError) and not isinstance(exc, NewConnectionError):
        return "timed_out"
    return "tls_failed" if isinstance(exc, SSLError) else "connection_failed"


class _Deadline:
    """Ends a connection when its time is up, however slowly its other end speaks."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, sock: socket.socket) -> None:
        """End this socket too."""
        self._sockets.append(sock)
        if self.passed:
            self._end()

    def cancel(self) -> None:
        """End nothing any more."""
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        for each in self._sockets:
            with suppress(OSError):  # what was closed, or never connected
                socket.socket.shutdown(each, socket.SHUT_RDWR)


def _pool(target: Target, address: str, timeout: Timeout, late: _Deadline) -> HTTPConnectionPool:
    """Return a pool of one connection to *address*, that is to be the target's host."""
    if target.scheme == "http":
        plain = HTTPConnectionPool(address, target.port, timeout=timeout, maxsize=1)
        plain.ConnectionCls = _watched(HTTPConnection, late)
        return plain
    pool = HTTPSConnectionPool(
        address,
        target.port,
        timeout=timeout,
        maxsize=1,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
    )
    pool.ConnectionCls = _watched(HTTPSConnection, late)
    return pool


def _watched[Kind: HTTPConnection](kind: type[Kind], late: _Deadline) -> type[Kind]:
    class Watched(kind):  # type: ignore[valid-type, misc]  # a class made of its argument
        @override
        def _new_conn(self) -> socket.socket:
            sock: socket.socket = super()._new_conn()
            late.watch(sock)
            return sock

        @override
        def connect(self) -> None:
            super().connect()
            late.watch(self.sock)

    return Watched


def _excerpt(response: "BaseHTTPResponse", late: _Deadline) -> str:
    """Read the beginning of an answer; what cannot be read in time is none of its outcome."""
    try:
        raw = response.read(EXCERPT_BYTES)
    except (HTTPError, OSError, ValueError):
        raw = b""
    text = "" if late.passed else raw.decode("utf-8", errors="replace")
    return "".join(each for each in text if each.isprintable())[:EXCERPT_CHARACTERS]


def _retry_after(headers: Mapping[str, str], now: Instant) -> int | None:
    """Return the seconds that a receiver asks for, as RFC 9110 (10.2.3) has them: or a date."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal() and text.isascii():
        return int(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return max(int(moment.timestamp()) - now, 0)
