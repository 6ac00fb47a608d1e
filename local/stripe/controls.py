"""The controls below /_standin/: play the customer, spoil the delivery, look inside."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.stripe.delivery import MODES, ORDERS, Deliverer, Mode
from local.stripe.engine import Engine
from local.stripe.errors import ApiError, InvalidParams, Json, NotFound
from local.stripe.money_shapes import SETTLEMENT
from local.stripe.outcomes import play, play_setup
from local.stripe.state import API_VERSION, Unit, visible

type Control = Callable[[Json], Awaitable[Json]]

MOST_COPIES = 20


class Controls:
    """What the controls do; each takes the JSON body (or the query) and returns JSON."""

    def __init__(self, engine: Engine, deliverer: Deliverer) -> None:
        self._engine = engine
        self._deliverer = deliverer
        self.latency = 0.0

    def routes(self) -> list[Route]:
        """The controls as routes."""
        posts: dict[str, Control] = {
            "pay": self.pay,
            "delivery": self.deliver,
            "delivery/flush": self.flush,
            "redeliver": self.redeliver,
            "endpoint": self.switch,
            "settlement": self.settle_in,
            "latency": self.slow_down,
            "reset": self.reset,
        }
        gets: dict[str, Control] = {"deliveries": self.deliveries, "health": self.health}
        return [
            *(
                Route(f"/_standin/{name}", _open(control), methods=["POST"])
                for name, control in posts.items()
            ),
            *(
                Route(f"/_standin/{name}", _open(control), methods=["GET"])
                for name, control in gets.items()
            ),
        ]

    async def pay(self, body: Json) -> Json:
        """Let an outcome happen to a payment intent (or a setup intent)."""
        unit = self._engine.unit()
        outcome = _text(body, "outcome") or ""
        setup_id = _text(body, "setup_intent")
        if setup_id is not None:
            after = play_setup(unit, unit.get("setup_intent", setup_id), outcome)
        else:
            after = self._play(unit, body, outcome)
        self._engine.commit(unit)
        events = [{"id": event["id"], "type": event["type"]} for event in unit.events()]
        return {after["object"]: visible(after), "events": events}

    @staticmethod
    def _play(unit: Unit, body: Json, outcome: str) -> Json:
        intent_id = _text(body, "payment_intent")
        if intent_id is None:
            raise InvalidParams("payment_intent is missing.", param="payment_intent")
        intent = unit.get("payment_intent", intent_id)
        amount, method = _number(body, "amount"), _text(body, "payment_method")
        if amount is not None and amount < 1:
            raise InvalidParams("amount must be at least 1.", param="amount")
        return play(unit, intent, outcome, amount=amount, method=method)

    async def deliver(self, body: Json) -> Json:
        """Choose what happens to the next events."""
        name = _text(body, "mode")
        if name not in MODES:
            raise InvalidParams(f"mode must be one of {', '.join(MODES)}.", param="mode")
        copies = _copies(body, 2 if name == "duplicate" else 1)
        count, seconds = _number(body, "count"), body.get("seconds", 2)
        if count is not None and count < 1:
            raise InvalidParams("count must be at least 1.", param="count")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= 3600:
            raise InvalidParams("seconds must be between 0 and 3600.", param="seconds")
        self._deliverer.mode = Mode(name, count, copies, float(seconds))
        return self._mode()

    async def flush(self, body: Json) -> Json:
        """Send everything that waits; answers when each was tried once."""
        order = _text(body, "order") or ORDERS[0]
        if order not in ORDERS:
            raise InvalidParams(f"order must be one of {', '.join(ORDERS)}.", param="order")
        return {
            "flushed": await self._deliverer.flush(
                order, _number(body, "copies") and _copies(body, 1)
            )
        }

    async def redeliver(self, body: Json) -> Json:
        """Send one event once more."""
        event_id = _text(body, "event") or ""
        if self._engine.state.get("event", event_id) is None:
            raise NotFound("event", event_id)
        await self._deliverer.redeliver(event_id, _copies(body, 1))
        return dict(self._engine.state.get("delivery", event_id) or {})

    async def deliveries(self, query: Json) -> Json:
        """What became of every event, oldest first; `state`, `event` and `object` select."""
        items = []
        for row in self._engine.state.every("delivery"):
            event = self._engine.state.get("event", row["id"])
            subject = event["data"]["object"] if event else {}
            item = {name: value for name, value in row.items() if name not in {"id", "object"}}
            item |= {"event": row["id"], "object": subject.get("id")}
            item["payment_intent"] = (
                item["object"]
                if subject.get("object") == "payment_intent"
                else subject.get("payment_intent")
            )
            if all(item.get(name) == value for name, value in query.items()):
                items.append(item)
        return {"delivery": self._mode(), "items": items}

    async def switch(self, body: Json) -> Json:
        """Disable the endpoint, or enable it: what happens meanwhile is never sent by itself."""
        enabled = body.get("enabled")
        if not isinstance(enabled, bool):
            raise InvalidParams("enabled must be true or false.", param="enabled")
        self._deliverer.enabled = enabled
        return {"enabled": enabled}

    async def settle_in(self, body: Json) -> Json:
        """Be paid in another currency, at *rate* millionths of what moves; no currency ends it."""
        currency, rate = _text(body, "currency"), _number(body, "rate")
        if currency is not None and (rate is None or rate < 1):
            raise InvalidParams("rate must be at least 1 millionth.", param="rate")
        unit = self._engine.unit()
        unit.put({"id": SETTLEMENT, "object": SETTLEMENT, "currency": currency, "rate": rate})
        self._engine.commit(unit)
        return {"currency": currency, "rate": rate}

    async def slow_down(self, body: Json) -> Json:
        """Let every API call take so many seconds longer; 0 ends it."""
        seconds = body.get("seconds")
        if not isinstance(seconds, int | float) or not 0 <= seconds <= 600:
            raise InvalidParams("seconds must be between 0 and 600.", param="seconds")
        self.latency = float(seconds)
        return {"seconds": self.latency}

    async def reset(self, _: Json) -> Json:
        """Forget every object, event, key and plan."""
        self._deliverer.forget()
        self._engine.reset()
        self.latency = 0.0
        return {"reset": True}

    async def health(self, _: Json) -> Json:
        """Whether the stand-in serves, and as which version of the API."""
        return {"status": "ok", "api_version": API_VERSION}

    def _mode(self) -> Json:
        mode = self._deliverer.mode
        return {"mode": mode.name, "count": mode.count, "copies": mode.copies}


def _open(control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        try:
            body = dict(request.query_params)
            if request.method == "POST":
                body = _object(await request.body())
            return JSONResponse(await control(body))
        except InvalidParams as error:
            return _refused(400, error)
        except NotFound as error:
            return _refused(404, error)
        except ApiError as error:
            return _refused(409, error)

    return handle


def _refused(status: int, error: ApiError) -> Response:
    return JSONResponse({"error": {"message": error.message, "param": error.param}}, status)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}")
    except (ValueError, RecursionError) as error:
        raise InvalidParams("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise InvalidParams("The body is not a JSON object.")
    return body


def _text(body: Json, name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidParams(f"{name} must be a string.", param=name)
    return value


def _number(body: Json, name: str) -> int | None:
    value = body.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise InvalidParams(f"{name} must be an integer.", param=name)
    return value


def _copies(body: Json, default: int) -> int:
    copies = _number(body, "copies")
    if copies is not None and not 1 <= copies <= MOST_COPIES:
        raise InvalidParams(f"copies must be between 1 and {MOST_COPIES}.", param="copies")
    return default if copies is None else copies
