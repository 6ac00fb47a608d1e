"""Vapi's API and the control addresses of running calls, both below one configured domain.

Source: https://docs.vapi.ai/api-reference/calls/get, https://docs.vapi.ai/api-reference/calls/list,
https://docs.vapi.ai/calls/call-features
"""

import ipaddress
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from prepaid.calls.facts import CallEvent
from prepaid.calls.ports import CallList
from prepaid.calls.vapi.messages import MessageInvalid, event_of_call
from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, Unavailable
from prepaid.web.json_body import Json, Number

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

API = "https://api.vapi.ai"
DOMAIN = "vapi.ai"
LARGEST_ANSWER = 8 * 1024 * 1024
TIMEOUT = urllib3.Timeout(connect=1.0, read=4.0)
LIST_TIMEOUT = urllib3.Timeout(connect=1.0, read=15.0)
NOT_FOUND = frozenset({404, 410})
_HOST = re.compile(r"[a-z0-9.-]{1,253}", re.ASCII)
"""What every reader of an address takes for the same host."""
UNKNOWN = "Vapi did not answer in time."
ODD = "Vapi's answer cannot be read."
PAGE = 100
"""So many calls Vapi lists unless it is asked for more."""
LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class VapiClient:
    """`CallProvider` at Vapi. *key* is called for each request, so that it can be rotated.

    It returns `None` while there is no key.
    """

    key: Callable[[], str | None]
    api_base: str = API
    domain: str = DOMAIN
    pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)

    def is_set_up(self) -> bool:
        """Say whether there is a key."""
        return self.key() is not None

    def calls(self, *, since: Instant, until: Instant) -> CallList:
        """List calls; which of them Vapi leaves out when there are more is not documented.

        An answer that is too large to be read says only that it is not whole.
        """
        most = LARGEST_PAGE if until - since <= 1 else PAGE
        query = {"createdAtGe": _text(since), "createdAtLt": _text(until), "limit": most}
        url = f"{self.api_base}/call?{urlencode(query)}"
        answer = self._send("GET", url, keyed=True, timeout=LIST_TIMEOUT)
        raw = _body(answer)
        if len(raw) >= LARGEST_ANSWER:
            return CallList(calls=[], whole=False)
        found = _parsed(raw)
        if not isinstance(found, list):
            raise Unavailable(ODD)
        read = [each for each in map(_event, found) if each is not None]
        return CallList(calls=read, whole=len(found) < most, unreadable=len(found) - len(read))

    def call(self, call_id: str) -> CallEvent | None:
        """Read a call."""
        answer = self._send("GET", f"{self.api_base}/call/{quote(call_id, safe='')}", keyed=True)
        if answer.status in NOT_FOUND:
            return None
        call_event = _event(_parsed(_body(answer)))
        if call_event is None or call_event.call_id != call_id:
            raise Unavailable("Vapi's answer is about something else.")
        return call_event

    def end_call(self, control_url: str) -> bool:
        """Tell a call's control address to end it."""
        body = json.dumps({"type": "end-call"}).encode()
        answer = self._send("POST", control_url, body)
        return 200 <= answer.status < 300

    def _send(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        *,
        keyed: bool = False,
        timeout: urllib3.Timeout = TIMEOUT,
    ) -> "BaseHTTPResponse":
        """Send once, following nothing; a key goes to the API alone."""
        refuse_foreign(url, self.domain)
        headers = {"content-type": "application/json", "accept": "application/json"}
        if keyed:
            key = self.key()
            if key is None:
                raise Unavailable("There is no key to Vapi.")
            headers["authorization"] = f"Bearer {key}"
        try:
            return self.pool.request(
                method,
                url,
                body=body,
                headers=headers,
                timeout=timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
        except HTTPError as exc:
            raise Unavailable(UNKNOWN) from exc


def _body(answer: "BaseHTTPResponse") -> bytes:
    """Return what was answered, up to a bound. Raises `Unavailable` for anything but a 200."""
    if answer.status != 200:
        raise Unavailable(f"Vapi answered {answer.status}.")
    try:
        return answer.read(LARGEST_ANSWER)
    except HTTPError as exc:
        raise Unavailable(UNKNOWN) from exc


def _parsed(raw: bytes) -> Json:
    """Read an answer, however odd the texts in it are: a transcript may hold anything.

    Raises `Unavailable` for what is no JSON.
    """
    try:
        found: Json = json.loads(
            raw.decode(errors="replace"),
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
        )
    except (ValueError, RecursionError) as exc:
        raise Unavailable(ODD) from exc
    return found


def _event(found: Json) -> CallEvent | None:
    """Return what a call of Vapi's API says, or `None` for what is no call."""
    try:
        return event_of_call(found) if isinstance(found, dict) else None
    except MessageInvalid:
        return None


def _text(at: Instant) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


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
