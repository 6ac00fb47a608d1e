"""Who sent a message: one of Vapi's ways to prove it, as the credential at Vapi is configured.

Source: https://docs.vapi.ai/server-url/server-authentication
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

from prepaid.domain.credits import Instant

TOLERANCE_SECONDS = 300
"""How old, or how far ahead of our clock, a signature may be."""
LEGACY_HEADER = "x-vapi-secret"
_ALGORITHMS = {"sha256": hashlib.sha256, "sha512": hashlib.sha512, "sha1": hashlib.sha1}
_PLACEHOLDER = re.compile(rb"\{(timestamp|body|method|url|svix-id)\}")
_SECONDS, _MILLISECONDS = re.compile(r"\d{1,10}", re.ASCII), re.compile(r"\d{11,13}", re.ASCII)


class NotVapi(Exception):
    """The request does not prove that Vapi sent it; which part is missing is not said."""


class PlansInvalid(Exception):
    """The configured ways to authenticate cannot be read, so nobody is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A request as it arrived: *header* returns a header's value whatever its case, or ``""``."""

    body: bytes
    header: Callable[[str], str]
    method: str
    url: str


class Plan(Protocol):
    """One way to prove that a request is Vapi's."""

    def accepts(self, received: Received, now: Instant) -> bool:
        """Say whether *received* proves itself, in a time that tells nothing of the secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A token in a header, behind ``Bearer`` or alone."""

    token: str
    header: str = "authorization"
    prefix: bool = True

    def accepts(self, received: Received, now: Instant) -> bool:
        """Compare the whole header."""
        del now
        expected = f"Bearer {self.token}" if self.prefix else self.token
        return _equal(received.header(self.header.lower()), expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hmac:
    """A signature over a text made of the request; each field is a setting of Vapi's."""

    secret: str
    algorithm: str = "sha256"
    signature_header: str = "x-signature"
    timestamp_header: str = "x-timestamp"
    signature_prefix: str = ""
    include_timestamp: bool = True
    payload_format: str = ""
    message_id_header: str = "svix-id"
    encoding: str = "hex"
    secret_is_base64: bool = False

    def __post_init__(self) -> None:
        if self.algorithm not in _ALGORITHMS or self.encoding not in {"hex", "base64"}:
            raise PlansInvalid("an algorithm or encoding that is not known")
        if self.include_timestamp and "{timestamp}" not in self._format:
            raise PlansInvalid("the timestamp would not be signed")
        if "{body}" not in self._format:
            raise PlansInvalid("the body would not be signed")

    @property
    def _format(self) -> str:
        return self.payload_format or ("{timestamp}.{body}" if self.include_timestamp else "{body}")

    def accepts(self, received: Received, now: Instant) -> bool:
        """Sign the request as Vapi did, and judge how old it is."""
        timestamp = received.header(self.timestamp_header.lower())
        digest = hmac.new(
            self._key(), self._signed(received, timestamp), _ALGORITHMS[self.algorithm]
        ).digest()
        made = digest.hex() if self.encoding == "hex" else base64.b64encode(digest).decode()
        matches = _equal(
            received.header(self.signature_header.lower()), self.signature_prefix + made
        )
        return matches and (not self.include_timestamp or _is_recent(timestamp, now))

    def _key(self) -> bytes:
        if not self.secret_is_base64:
            return self.secret.encode()
        try:
            return base64.b64decode(self.secret, validate=True)
        except binascii.Error as exc:
            raise PlansInvalid("a secret that is no base64") from exc

    def _signed(self, received: Received, timestamp: str) -> bytes:
        """Fill every placeholder once: what a body holds is never taken for one."""
        values = {
            b"timestamp": timestamp.encode(),
            b"body": received.body,
            b"method": received.method.encode(),
            b"url": received.url.encode(),
            b"svix-id": received.header(self.message_id_header.lower()).encode(),
        }
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self._format.encode())


def verify(received: Received, plans: Sequence[Plan], now: Instant) -> None:
    """Accept a request that any of *plans* accepts; raise `NotVapi`, also where there is none."""
    accepted = [plan.accepts(received, now) for plan in plans]
    if not any(accepted):
        raise NotVapi


def read_plans(text: str) -> tuple[Plan, ...]:
    """Read the configured ways: a bare token, or a JSON object or list of them.

    ``{"bearer": {"token": …}}`` and ``{"hmac": {"secret": …}}`` take the fields of `Bearer` and
    `Hmac`. A bare token is believed as a bearer and in the legacy header `X-Vapi-Secret`.
    Raises `PlansInvalid`.
    """
    text = text.strip()
    if not text.startswith(("{", "[")):
        return tuple(plan for token in re.split(r"[\s,]+", text) if token for plan in _bare(token))
    try:
        found = json.loads(text)
    except ValueError as exc:
        raise PlansInvalid("neither a token nor JSON") from exc
    return tuple(_plan(each) for each in (found if isinstance(found, list) else [found]))


def _bare(token: str) -> tuple[Plan, Plan]:
    return Bearer(token=token), Bearer(token=token, header=LEGACY_HEADER, prefix=False)


def _plan(found: Any) -> Plan:
    """Make one plan; every field must be known, and a secret must be there."""
    if not isinstance(found, Mapping) or len(found) != 1:
        raise PlansInvalid("a way to authenticate has one name")
    [(name, settings)] = found.items()
    kind: type[Bearer | Hmac] | None = {"bearer": Bearer, "hmac": Hmac}.get(name)
    if kind is None or not isinstance(settings, Mapping):
        raise PlansInvalid("a way to authenticate that is not known")
    types = {each.name: each.type for each in fields(kind)}
    secret = settings.get("token" if kind is Bearer else "secret")
    if not secret or any(type(value) is not types.get(key) for key, value in settings.items()):
        raise PlansInvalid("a setting that is not known, or no secret")
    return kind(**settings)


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _is_recent(timestamp: str, now: Instant) -> bool:
    """Judge a time in seconds or milliseconds; Vapi does not say which it sends."""
    if _SECONDS.fullmatch(timestamp):
        return abs(now - int(timestamp)) <= TOLERANCE_SECONDS
    if _MILLISECONDS.fullmatch(timestamp):
        return abs(now * 1000 - int(timestamp)) <= TOLERANCE_SECONDS * 1000
    return False
