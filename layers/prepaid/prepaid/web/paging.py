"""Cursors: where a list goes on, opaque to clients and signed for one account and one filter."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from prepaid.web.errors import CursorInvalid

VERSION = 1
MAX_CURSOR = 2048
MIN_KEY_BYTES = 32
_MAC_BYTES = 32

type Position = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Cursors:
    """Writes and reads cursors with a secret key of at least 32 bytes."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < MIN_KEY_BYTES:
            raise ValueError(f"the key that signs cursors needs at least {MIN_KEY_BYTES} bytes")

    def write(self, last: Position, *, account: str, filters: Mapping[str, object]) -> str:
        """Return the cursor that goes on after *last* in the list of *account* under *filters*."""
        payload = _json({"v": VERSION, "last": dict(last)})
        return _encoded(self._mac(payload, account, filters) + payload)

    def read(self, cursor: str, *, account: str, filters: Mapping[str, object]) -> Position:
        """Return the position in *cursor*.

        Raises `CursorInvalid` for one that was changed, or written for another account, other
        filters or by another version.
        """
        mac, payload = _split(cursor)
        if not hmac.compare_digest(mac, self._mac(payload, account, filters)):
            raise CursorInvalid(
                "The cursor does not belong to this list. Start from its first page."
            )
        position: Position = json.loads(payload)["last"]
        return position

    def _mac(self, payload: bytes, account: str, filters: Mapping[str, object]) -> bytes:
        given = {name: str(value) for name, value in filters.items() if value is not None}
        context = _json({"v": VERSION, "account": account, "filters": given})
        parts = hashlib.sha256(context).digest() + payload
        return hmac.new(self.key, parts, hashlib.sha256).digest()


def next_link(url: str, params: Mapping[str, str], cursor: str | None) -> dict[str, str]:
    """Return the `Link` header to the next page of a request; none after the last page."""
    if cursor is None:
        return {}
    query = urlencode({**params, "cursor": cursor})
    return {"link": f'<{url}?{query}>; rel="next"'}


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _split(cursor: str) -> tuple[bytes, bytes]:
    try:
        text = cursor[: MAX_CURSOR + 1].encode("ascii")
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as exc:
        raise CursorInvalid("The cursor is not one of ours.") from exc
    if len(cursor) > MAX_CURSOR or _encoded(raw) != cursor:
        raise CursorInvalid("The cursor is not one of ours.")
    return raw[:_MAC_BYTES], raw[_MAC_BYTES:]
