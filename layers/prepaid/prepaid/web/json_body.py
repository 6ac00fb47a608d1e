"""Bodies are read strictly before anything is made of them: size, encoding, depth and text."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from prepaid.web.errors import InvalidFields, MalformedRequest, TooLarge, UnsupportedMediaType

SMALL_BODY = 256 * 1024
BATCH_BODY = 1024 * 1024
MAX_DEPTH = 32

type Json = "dict[str, Json] | list[Json] | str | Number | bool | None"

_MEDIA_TYPE = re.compile(r'application/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?', re.IGNORECASE)
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?+|[\[{]|[\]}]', re.DOTALL)
"""A string, closed or not, or a bracket. Possessive, so that hostile text costs linear time."""


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it was written: it becomes no `float`, and no `int` before it is bounded."""

    literal: str


def read_body(
    event: Mapping[str, object], *, limit_bytes: int = SMALL_BODY, required: bool = False
) -> dict[str, Json]:
    """Return the JSON object that an HTTP API event carries.

    An absent body is an empty object, or malformed where one is *required*.

    Raises `MalformedRequest`, `TooLarge`, `UnsupportedMediaType` or, for a body that is JSON but
    no object, `InvalidFields`.
    """
    raw = raw_body(event, limit_bytes=limit_bytes)
    if not raw and required:
        raise MalformedRequest("A body is required.")
    if not raw:
        return {}
    if _MEDIA_TYPE.fullmatch(header(event, "content-type").strip()) is None:
        raise UnsupportedMediaType("Send the body as application/json in UTF-8.")
    body = parse(raw)
    if not isinstance(body, dict):
        detail = "The body must be a JSON object."
        raise InvalidFields([{"pointer": "", "code": "type", "detail": detail}])
    return body


def header(event: Mapping[str, object], name: str) -> str:
    """Return a header's value, whatever the case of its name; an absent one is empty."""
    headers = event.get("headers")
    if not isinstance(headers, Mapping):
        return ""
    found = next((value for key, value in headers.items() if str(key).lower() == name), "")
    return found if isinstance(found, str) else ""


def parse(raw: bytes) -> Json:
    """Read JSON text; raise `MalformedRequest` for anything that two readers could differ on."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise MalformedRequest("The body is not UTF-8.") from exc
    _refuse_depth(text)
    try:
        parsed: Json = json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as exc:
        raise MalformedRequest("The body is not JSON.") from exc
    if "\\u" in text:
        _refuse_unreadable(parsed)
    return parsed


def raw_body(event: Mapping[str, object], *, limit_bytes: int) -> bytes:
    """Return the bytes that were sent. Raises `MalformedRequest` or `TooLarge`."""
    body = event.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise MalformedRequest("The body is not text.")
    if len(body) > limit_bytes * 4 // 3 + 4:
        raise TooLarge(f"The body may have at most {limit_bytes} bytes.")
    try:
        raw = _decoded(body) if event.get("isBase64Encoded") is True else body.encode("utf-8")
    except ValueError as exc:
        raise MalformedRequest("The body's encoding is broken.") from exc
    if len(raw) > limit_bytes:
        raise TooLarge(f"The body may have at most {limit_bytes} bytes.")
    return raw


def _decoded(body: str) -> bytes:
    return base64.b64decode(body.encode("ascii"), validate=True)


def _refuse_depth(text: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(text):
        first = text[match.start()]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise MalformedRequest(f"The body is nested deeper than {MAX_DEPTH} levels.")
        elif first in "]}":
            depth -= 1


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise MalformedRequest("An object in the body has the same key twice.")
    return result


def _refuse_unreadable(value: Json) -> None:
    """Refuse what only escapes can bring in: NUL characters and halves of surrogate pairs."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
            raise MalformedRequest("A text in the body holds a NUL or half of a surrogate pair.")
    elif isinstance(value, dict):
        for key, each in value.items():
            _refuse_unreadable(key)
            _refuse_unreadable(each)
    elif isinstance(value, list):
        for each in value:
            _refuse_unreadable(each)
