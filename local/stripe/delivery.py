"""Delivers events to the webhook endpoint: in order, signed, again until they are answered 2xx."""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from local.stripe.engine import Engine
from local.stripe.errors import Json
from local.stripe.signing import signature

MODES = ("normal", "duplicate", "reorder", "drop", "hold", "delay")
ORDERS = ("first", "reversed", "shuffled")
WAITING = ("pending", "held")
REORDER_AFTER_SECONDS = 0.5


@dataclass(slots=True)
class Mode:
    """What happens to the next events: to *count* of them, then normal; None is for ever.

    Reordered events wait until *count* are there, or, for ever, until half a second brings no more.
    """

    name: str = "normal"
    count: int | None = None
    copies: int = 1
    seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where events go and how patiently; seconds. No *url*: they stay here."""

    url: str | None = None
    secrets: tuple[str, ...] = ("whsec_local",)
    first_wait: float = 1.0
    longest_wait: float = 60.0
    attempts: int = 12
    timeout: float = 20.0


@dataclass(frozen=True, slots=True)
class Errand:
    """One event to be posted *copies* times at once; *done* is set after that."""

    event_id: str
    copies: int
    done: asyncio.Event


class Deliverer:
    """Owns the queue. Every method runs in the event loop that `start` ran in."""

    def __init__(self, engine: Engine, endpoint: Endpoint) -> None:
        self.mode = Mode()
        self.enabled = True
        self._engine = engine
        self._endpoint = endpoint
        self._queue: asyncio.Queue[Errand] = asyncio.Queue()
        self._collected: list[str] = []
        self._copies: dict[str, int] = {}
        self._under_way: dict[str, asyncio.Event] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Take up what an earlier run left, then whatever comes."""
        for row in list(self._engine.state.every("delivery")):
            if row["state"] == "pending":
                self._send(row["id"])
        self._engine.listeners.append(self.accept)
        self._worker = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop at once; what is pending stays so and is taken up at the next start."""
        self.forget()
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    def forget(self) -> None:
        """Drop every plan, as after a reset: nothing waits any more, and the mode is normal."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._collected.clear()
        self._copies.clear()
        while not self._queue.empty():
            self._queue.get_nowait().done.set()
        self._under_way.clear()
        self.mode = Mode()
        self.enabled = True

    def accept(self, events: list[Json]) -> None:
        """Plan the delivery of new *events* as the mode says."""
        for event in events:
            if self._endpoint.url is None or not self.enabled:
                self._note(event["id"], state="no_endpoint")
            else:
                self._plan(event["id"], self._next_mode())

    def _next_mode(self) -> Mode:
        mode = self.mode
        if mode.count is not None:
            mode.count -= 1
            if mode.count <= 0:
                self.mode = Mode()
        return mode

    def _plan(self, event_id: str, mode: Mode) -> None:
        self._copies[event_id] = mode.copies
        match mode.name:
            case "drop":
                self._note(event_id, state="dropped")
            case "hold":
                self._note(event_id, state="held")
            case "delay":
                self._later(event_id, mode.seconds)
            case "reorder":
                self._collected.append(event_id)
                if mode.count is None:
                    self._timer("reorder", REORDER_AFTER_SECONDS, self._reversed)
                elif mode.count == 0:
                    self._reversed()
            case _:
                self._send(event_id)

    def _reversed(self) -> None:
        """Send what was collected, last first."""
        newest_first, self._collected = self._collected[::-1], []
        for event_id in newest_first:
            self._send(event_id)

    def _send(self, event_id: str) -> asyncio.Event:
        timer = self._timers.pop(event_id, None)
        if timer is not None:
            timer.cancel()
        errand = Errand(event_id, self._copies.pop(event_id, 1), asyncio.Event())
        self._under_way[event_id] = errand.done
        self._queue.put_nowait(errand)
        return errand.done

    def _later(self, event_id: str, seconds: float) -> None:
        self._note(event_id, next_attempt_at=self._engine.now() + round(seconds))
        self._timer(event_id, seconds, lambda: self._send(event_id))

    def _timer(self, name: str, seconds: float, run: Callable[[], object]) -> None:
        earlier = self._timers.pop(name, None)
        if earlier is not None:
            earlier.cancel()
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, run)

    async def flush(self, order: str, copies: int | None) -> int:
        """Send what is held, delayed or waiting to be tried again, now; how many that were.

        Returns after each was tried once, and after what was on its way already.
        """
        rows = [row for row in self._engine.state.every("delivery") if row["state"] in WAITING]
        started = list(self._under_way.values())
        ids = [row["id"] for row in rows if row["id"] not in self._under_way]
        if order == "reversed":
            ids.reverse()
        if order == "shuffled":
            secrets.SystemRandom().shuffle(ids)
        self._collected.clear()
        for event_id in ids if copies else ():
            self._copies[event_id] = copies or 1
        for done in [*started, *[self._send(event_id) for event_id in ids]]:
            await done.wait()
        return len(ids)

    async def redeliver(self, event_id: str, copies: int) -> None:
        """Send the event once more, whatever became of it; returns after the attempt."""
        self._copies[event_id] = copies
        await self._send(event_id).wait()

    async def _work(self) -> None:
        async with httpx.AsyncClient(timeout=self._endpoint.timeout, trust_env=False) as client:
            while True:
                errand = await self._queue.get()
                try:
                    await self._attempt(client, errand)
                finally:
                    if self._under_way.get(errand.event_id) is errand.done:
                        del self._under_way[errand.event_id]
                    errand.done.set()

    async def _attempt(self, client: httpx.AsyncClient, errand: Errand) -> None:
        event = self._engine.state.get("event", errand.event_id)
        row = self._engine.state.get("delivery", errand.event_id)
        if event is None or row is None or self._endpoint.url is None:
            return
        body = json.dumps(event, indent=2, ensure_ascii=False).encode()
        results = await asyncio.gather(
            *(self._post(client, self._endpoint.url, body) for _ in range(errand.copies))
        )
        attempts = [*row["attempts"], *results]
        if self._engine.state.get("delivery", errand.event_id) is None:
            return
        if all(200 <= (each["status"] or 0) < 300 for each in results):
            self._note(event["id"], attempts=attempts, state="delivered", next_attempt_at=None)
        elif len(attempts) >= self._endpoint.attempts:
            self._note(event["id"], attempts=attempts, state="failed", next_attempt_at=None)
        else:
            self._note(event["id"], attempts=attempts, state="pending")
            wait = self._endpoint.first_wait * 2 ** (len(attempts) - 1)
            self._later(event["id"], min(wait, self._endpoint.longest_wait))

    async def _post(self, client: httpx.AsyncClient, url: str, body: bytes) -> Json:
        at = self._engine.now()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, self._endpoint.secrets, at),
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        }
        try:
            answer = await client.post(url, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return {"at": at, "status": None, "error": type(error).__name__}
        return {"at": at, "status": answer.status_code, "error": None}

    def _note(self, event_id: str, **members: object) -> None:
        row = self._engine.state.get("delivery", event_id)
        if row is not None:
            self._engine.keep([{**row, **members}])
