"""Lists in pages: cursors, opaque to clients and signed for one account and one filter."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

from prepaid.web.errors import CursorInvalid
from prepaid.web.request import Answer, Request

if TYPE_CHECKING:
    from pydantic import BaseModel

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


class ListQuery(Protocol):
    """How much of a list is asked for, from where on, and which of its items."""

    @property
    def limit(self) -> int:
        """How many items a page has at most."""

    @property
    def cursor(self) -> str | None:
        """Where the page before ended."""

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to; it tells the list from others."""


class PageModel[T](Protocol):
    """A model of a page, by its two fields."""

    def __call__(self, *, items: list[T], next_cursor: str | None) -> "BaseModel":
        """Return the page."""


@dataclass(frozen=True, slots=True)
class Paged[Q: ListQuery]:
    """One request for a page of a list: where the page begins, and how it is answered."""

    request: Request[None, Q]
    cursors: Cursors

    def after(self) -> Position | None:
        """Return the last position of the page before, or `None` for the first page.

        Raises `CursorInvalid`.
        """
        query = self.request.query
        if query.cursor is None:
            return None
        account_id = self.request.account_id
        return self.cursors.read(query.cursor, account=account_id, filters=query.filters())

    def page[T](self, model: PageModel[T], items: list[T], last: Position | None) -> Answer:
        """Answer a page that ends at *last*, or is the list's end."""
        cursor = self._cursor(last)
        return Answer(model(items=items, next_cursor=cursor), headers=self._link(cursor))

    def link(self, last: Position | None) -> dict[str, str]:
        """Return the `Link` header to what comes after *last*; none at the list's end."""
        return self._link(self._cursor(last))

    def _cursor(self, last: Position | None) -> str | None:
        if last is None:
            return None
        request = self.request
        return self.cursors.write(last, account=request.account_id, filters=request.query.filters())

    def _link(self, cursor: str | None) -> dict[str, str]:
        return next_link(self.request.url, self.request.params, cursor)


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
