"""Commands as the web makes them of a request: a service's, unless somebody else asks."""

from dataclasses import replace
from itertools import count
from typing import Any

from prepaid.domain import keys
from prepaid.domain.commands import Actor, Command, Spend
from prepaid.domain.hold_commands import Capture, ExtendHold, OpenHold, Void
from prepaid.domain.keys import Writer
from prepaid.domain.pricing import RequestedQuantities

_numbers = count(1)


def new_request_id() -> str:
    """Return the id of another request."""
    return f"request-{next(_numbers)}"


def actor() -> Actor:
    """Return a service that asks in a request of its own."""
    return Actor(writer=Writer.SERVICE, name="service:calls", request_id=new_request_id())


def again[C: Command](command: C) -> C:
    """Return the same command in another request."""
    return replace(command, request_id=new_request_id())


def spend(
    key: str, operation: str, asked: RequestedQuantities, by: Actor | None = None, **said: Any
) -> Spend:
    """Return usage that is to be paid for."""
    by = by or actor()
    return Spend(
        key=keys.usage(by.writer, key),
        operation=operation,
        quantities=asked,
        unlimited=by.unlimited,
        **_by(by),
        **said,
    )


def open_hold(
    key: str, operation: str, expires_in: int, by: Actor | None = None, **said: Any
) -> OpenHold:
    """Return a hold that is to be opened."""
    by = by or actor()
    return OpenHold(
        key=keys.hold(by.writer, key),
        operation=operation,
        expires_in=expires_in,
        maker=by.writer,
        **_by(by),
        **said,
    )


def extend(key: str, hold_id: int, **said: Any) -> ExtendHold:
    """Return an extension of a hold."""
    by = actor()
    text = keys.extension(by.writer, key)
    return ExtendHold(key=text, hold_id=hold_id, writer=by.writer, **_by(by), **said)


def capture(key: str, hold_id: int, by: Actor | None = None, **said: Any) -> Capture:
    """Return a capture of a hold."""
    by = by or actor()
    return Capture(client_key=key, hold_id=hold_id, writer=by.writer, **_by(by), **said)


def void(key: str, hold_id: int, by: Actor | None = None) -> Void:
    """Return the end of a hold that was not used."""
    by = by or actor()
    return Void(client_key=key, hold_id=hold_id, writer=by.writer, **_by(by))


def _by(by: Actor) -> dict[str, Any]:
    return {"actor": by.name, "request_id": by.request_id}
