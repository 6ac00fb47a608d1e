"""Every object as it is now, and the changes of one request, made together or not at all."""

import secrets
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from local.stripe.errors import Json, NotFound

API_VERSION = "2026-10-28.endive"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "balance_transaction": "txn",
        "charge": "ch",
        "customer": "cus",
        "dispute": "du",
        "event": "evt",
        "payment_intent": "pi",
        "payment_method": "pm",
        "refund": "re",
        "setup_intent": "seti",
    }
)

STRIPES_PAGES = "https://pay.stripe.com"
"""Where pages for payers are, unless they are served here."""
_ALPHABET = string.ascii_letters + string.digits


def random_text(length: int) -> str:
    """Letters and digits that nobody can guess."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


class State:
    """The committed rows by kind and id, oldest first. Rows are never changed in place."""

    def __init__(self, rows: Iterable[Json] = ()) -> None:
        self._kinds: dict[str, dict[str, Json]] = {}
        self.apply(rows)

    def apply(self, rows: Iterable[Json]) -> None:
        """Insert or replace *rows*; a replaced row keeps its place in the order."""
        for row in rows:
            self._kinds.setdefault(row["object"], {})[row["id"]] = row

    def forget(self, rows: Iterable[Json]) -> None:
        """Remove *rows*."""
        for row in rows:
            self._kinds.get(row["object"], {}).pop(row["id"], None)

    def clear(self) -> None:
        """Forget everything."""
        self._kinds.clear()

    def get(self, kind: str, row_id: str) -> Json | None:
        """The row, None when there is none."""
        return self._kinds.get(kind, {}).get(row_id)

    def every(self, kind: str) -> Iterator[Json]:
        """All rows of *kind*, oldest first."""
        yield from self._kinds.get(kind, {}).values()


class Unit:
    """One request's view of the state, with its own changes staged on top.

    *now* is in epoch seconds. Members whose names begin with an underscore are the stand-in's own
    notes; clients never see them.
    """

    def __init__(
        self,
        state: State,
        *,
        now: int,
        request_id: str | None = None,
        idempotency_key: str | None = None,
        random: Callable[[int], str] = random_text,
        pages: str = STRIPES_PAGES,
    ) -> None:
        self.pages = pages
        self._state = state
        self.now = now
        self._request = {"id": request_id, "idempotency_key": idempotency_key}
        self._random = random
        self.staged: dict[tuple[str, str], Json] = {}

    def new_id(self, kind: str) -> str:
        """A fresh id with the prefix of *kind*."""
        return f"{PREFIXES[kind]}_{self._random(24)}"

    def secret_of(self, object_id: str) -> str:
        """A fresh client secret for the object with *object_id*."""
        return f"{object_id}_secret_{self._random(25)}"

    def get(self, kind: str, row_id: str, *, param: str = "id") -> Json:
        """The object as this request sees it; raises `NotFound` naming *param*."""
        row = self.staged.get((kind, row_id)) or self._state.get(kind, row_id)
        if row is None:
            raise NotFound(kind, row_id, param=param)
        return row

    def find(self, kind: str, row_id: str | None) -> Json | None:
        """The object, None when it does not exist."""
        if row_id is None:
            return None
        return self.staged.get((kind, row_id)) or self._state.get(kind, row_id)

    def every(self, kind: str) -> Iterator[Json]:
        """All objects of *kind*, oldest first, as this request sees them."""
        for row in self._state.every(kind):
            yield self.staged.get((kind, row["id"]), row)
        for (staged_kind, row_id), row in self.staged.items():
            if staged_kind == kind and self._state.get(kind, row_id) is None:
                yield row

    def put(self, row: Json) -> Json:
        """Stage *row*, new or replaced, and return it."""
        self.staged[row["object"], row["id"]] = row
        return row

    def change(self, row: Json, **members: Any) -> Json:
        """Stage the newest version of *row* with *members* replaced, and return it."""
        return self.put({**self.get(row["object"], row["id"]), **members})

    def emit(self, event_type: str, row: Json, *, before: Json | None = None) -> None:
        """Stage an event with a snapshot of *row* and of what differed in *before*."""
        data: Json = {"object": visible(row)}
        if before is not None:
            data["previous_attributes"] = {
                name: before.get(name)
                for name, value in visible(row).items()
                if before.get(name) != value
            }
        self.put(
            {
                "id": self.new_id("event"),
                "object": "event",
                "api_version": API_VERSION,
                "created": self.now,
                "data": data,
                "livemode": False,
                "pending_webhooks": 1,
                "request": dict(self._request),
                "type": event_type,
            }
        )

    def events(self) -> list[Json]:
        """The events this request emitted, in order."""
        return [row for (kind, _), row in self.staged.items() if kind == "event"]


def visible(row: Json) -> Json:
    """*row* as clients see it."""
    return {name: value for name, value in row.items() if not name.startswith("_")}
