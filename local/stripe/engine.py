"""Runs one call: reads it, carries it out once per idempotency key, and commits what it did."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from local.stripe.calls import find_call
from local.stripe.errors import ApiError, InvalidParams, Json, KeyReused, UnknownRoute
from local.stripe.forms import Form, Params
from local.stripe.listing import shown
from local.stripe.state import STRIPES_PAGES, State, Unit, random_text
from local.stripe.store import Store

KEY_LENGTH = 255
KEY_SECONDS = 24 * 3600
EVENT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; *form* is its query or its body."""

    method: str
    path: str
    form: Form
    key: str | None = None
    request_id: str = field(default_factory=lambda: f"req_{random_text(14)}")

    def fingerprint(self) -> str:
        """The same for the same call with the same parameters, whatever their order."""
        text = json.dumps([self.method, self.path, self.form], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client gets."""

    status: int
    body: Json
    headers: dict[str, str]


class Engine:
    """The stand-in without its HTTP: state, disk, clock, and who receives new events."""

    def __init__(self, store: Store, clock: Callable[[], int], pages: str = STRIPES_PAGES) -> None:
        self._pages = pages
        self._store = store
        self._clock = clock
        self.state = State(store.load())
        self.listeners: list[Callable[[list[Json]], None]] = []

    def now(self) -> int:
        """The stand-in's time in epoch seconds."""
        return self._clock()

    def unit(self, request_id: str | None = None, key: str | None = None) -> Unit:
        """An empty set of changes at this moment."""
        return Unit(
            self.state,
            now=self.now(),
            request_id=request_id,
            idempotency_key=key,
            pages=self._pages,
        )

    def commit(self, unit: Unit) -> None:
        """Make the unit's changes durable and visible, then hand on its events."""
        rows = list(unit.staged.values())
        events = unit.events()
        rows += [_delivery(event) for event in events]
        self.keep(rows)
        if events:
            for listen in self.listeners:
                listen(events)

    def keep(self, rows: list[Json]) -> None:
        """Make *rows* durable and visible; what is too old goes in the same write."""
        old = self._old() if rows else []
        self._store.write(rows, forget=old)
        self.state.apply(rows)
        self.state.forget(old)

    def _old(self) -> list[Json]:
        """Keys of more than a day and events of more than thirty, from the oldest on."""
        found: list[Json] = []
        for kind, seconds in (("idempotency", KEY_SECONDS), ("event", EVENT_SECONDS)):
            for row in self.state.every(kind):
                if row["created"] >= self.now() - seconds:
                    break
                found.append(row)
        gone = [self.state.get("delivery", row["id"]) for row in found if row["object"] == "event"]
        return [*found, *(row for row in gone if row is not None)]

    def reset(self) -> None:
        """Forget everything, on disk too."""
        self._store.clear()
        self.state.clear()

    def close(self) -> None:
        """Release the file."""
        self._store.close()

    def answer(self, request: Request) -> Answer:
        """Carry *request* out, or replay what its idempotency key was answered before."""
        try:
            return self._replayed(request) or self._run(request)
        except ApiError as error:
            return Answer(error.status, error.body(request.request_id), {})

    def _replayed(self, request: Request) -> Answer | None:
        if request.key is None:
            return None
        if len(request.key) > KEY_LENGTH:
            raise InvalidParams(f"An idempotency key has at most {KEY_LENGTH} characters.")
        record = self.state.get("idempotency", request.key)
        if record is None or record["created"] < self.now() - KEY_SECONDS:
            return None
        if record["path"] != request.path:
            raise KeyReused(
                "Keys for idempotent requests can only be used for the same endpoint they were "
                f"first used for ('{record['path']}'). Try using a key other than '{request.key}' "
                "if you meant to execute a different request."
            )
        if record["fingerprint"] != request.fingerprint():
            raise KeyReused(
                "Keys for idempotent requests can only be used with the same parameters they were "
                f"first used with. Try using a key other than '{request.key}' if you meant to "
                "execute a different request."
            )
        replayed = {"Idempotent-Replayed": "true", "Original-Request": record["request_id"]}
        return Answer(record["status"], record["body"], replayed)

    def _run(self, request: Request) -> Answer:
        found = find_call(request.method, request.path)
        if found is None:
            raise UnknownRoute(
                f"Unrecognized request URL ({request.method}: {request.path}): the stand-in has "
                "only the calls that local/stripe/README.md lists."
            )
        call, ids = found
        unit = self.unit(request.request_id, request.key)
        params = Params(request.form)
        try:
            answer = Answer(200, shown(unit, call.run(unit, params, ids), params), {})
        except ApiError as error:
            if not error.stored:
                raise
            answer = Answer(error.status, error.body(request.request_id), {})
            if not error.keeps_changes:
                unit = self.unit(request.request_id, request.key)
        if request.key is not None:
            unit.put(self._idempotency_record(request, answer))
        self.commit(unit)
        return answer

    def _idempotency_record(self, request: Request, answer: Answer) -> Json:
        return {
            "id": request.key,
            "object": "idempotency",
            "body": answer.body,
            "created": self.now(),
            "fingerprint": request.fingerprint(),
            "path": request.path,
            "request_id": request.request_id,
            "status": answer.status,
        }


def _delivery(event: Json) -> Json:
    """Nothing has been tried yet to deliver *event*."""
    return {
        "id": event["id"],
        "object": "delivery",
        "attempts": [],
        "next_attempt_at": None,
        "state": "pending",
        "type": event["type"],
    }
