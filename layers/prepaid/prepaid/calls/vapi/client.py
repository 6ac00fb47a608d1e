"""Vapi's API and the control addresses of running calls, both below one configured domain.

Source: https://docs.vapi.ai/api-reference/calls/get, https://docs.vapi.ai/calls/call-features
"""

import ipaddress
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from prepaid.calls.facts import CallEvent
from prepaid.calls.vapi.messages import MessageInvalid, event_of_call
from prepaid.domain.errors import InvalidRequest, Unavailable
from prepaid.web import json_body
from prepaid.web.errors import MalformedRequest

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

API = "https://api.vapi.ai"
DOMAIN = "vapi.ai"
LARGEST_ANSWER = 8 * 1024 * 1024
TIMEOUT = urllib3.Timeout(connect=1.0, read=4.0)
NOT_FOUND = frozenset({404, 410})
_HOST = re.compile(r"[a-z0-9.-]{1,253}", re.ASCII)
"""What every reader of an address takes for the same host."""
UNKNOWN = "Vapi did not answer in time."


@dataclass(frozen=True, slots=True, kw_only=True)
class VapiClient:
    """`CallProvider` at Vapi. *key* is called for each request, so that it can be rotated."""

    key: Callable[[], str]
    api_base: str = API
    domain: str = DOMAIN
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    def call(self, call_id: str) -> CallEvent | None:
        """Read a call."""
        answer = self._send("GET", f"{self.api_base}/call/{quote(call_id, safe='')}", keyed=True)
        if answer.status in NOT_FOUND:
            return None
        if answer.status != 200:
            raise Unavailable(f"Vapi answered {answer.status}.")
        try:
            found = json_body.parse(answer.read(LARGEST_ANSWER))
            call_event = event_of_call(found) if isinstance(found, dict) else None
        except (MalformedRequest, MessageInvalid) as exc:
            raise Unavailable("Vapi's answer cannot be read.") from exc
        except HTTPError as exc:
            raise Unavailable(UNKNOWN) from exc
        if call_event is None or call_event.call_id != call_id:
            raise Unavailable("Vapi's answer is about something else.")
        return call_event

    def end_call(self, control_url: str) -> bool:
        """Tell a call's control address to end it."""
        body = json.dumps({"type": "end-call"}).encode()
        answer = self._send("POST", control_url, body)
        return 200 <= answer.status < 300

    def _send(
        self, method: str, url: str, body: bytes | None = None, *, keyed: bool = False
    ) -> "BaseHTTPResponse":
        """Send once, following nothing; a key goes to the API alone."""
        refuse_foreign(url, self.domain)
        headers = {"content-type": "application/json", "accept": "application/json"}
        if keyed:
            headers["authorization"] = f"Bearer {self.key()}"
        try:
            return self.pool.request(
                method,
                url,
                body=body,
                headers=headers,
                timeout=TIMEOUT,
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except HTTPError as exc:
            raise Unavailable(UNKNOWN) from exc


def refuse_foreign(url: str, domain: str) -> None:
    """Raise `InvalidRequest` unless *url* is at *domain* or below it, by HTTPS.

    On this machine alone, as a stand-in is reached, HTTP will do.
    """
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    below = host == domain or host.endswith(f".{domain}")
    ours = below and _HOST.fullmatch(host) is not None
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))
    if not ours or not secure or parts.username is not None:
        raise InvalidRequest("The address is not one of Vapi's.", pointer="/control_url")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
