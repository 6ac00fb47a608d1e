"""Calls as Vapi's API shows them, and the messages in which it tells of them."""

import operator
import os
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

DEFAULT_SECONDS = 600


def now() -> datetime:
    """The real time, moved by the seconds in the file that CLOCK_FILE names."""
    shift = 0
    if path := os.environ.get("CLOCK_FILE"):
        try:
            shift = int(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            shift = 0
    return datetime.fromtimestamp(int(time.time()) + shift, tz=UTC)


@dataclass
class Call:
    """One call. *overrides* are those that it was made or answered with."""

    kind: str
    overrides: Mapping[str, Any]
    phone_number_id: str | None
    assistant_id: str | None
    control_base: str
    call_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: datetime = field(default_factory=now)
    status: str = "queued"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_reason: str | None = None

    @property
    def longest(self) -> timedelta:
        """How long the call may be."""
        return timedelta(seconds=int(self.overrides.get("maxDurationSeconds", DEFAULT_SECONDS)))

    def begin(self) -> None:
        """Let somebody pick up."""
        self.status, self.started_at = "in-progress", now()

    def end(self, lasted: timedelta, reason: str) -> None:
        """Let the call end after it *lasted*, or at the longest that it may be."""
        if self.status == "ended":
            return
        if lasted > self.longest:
            lasted, reason = self.longest, "exceeded-max-duration"
        if self.started_at is not None:
            self.ended_at = self.started_at + lasted
        self.status, self.ended_reason = "ended", reason

    def shown(self) -> dict[str, Any]:
        """The call as `GET /call/{id}` answers it."""
        found = {
            "id": self.call_id,
            "orgId": "org-local",
            "type": self.kind,
            "status": self.status,
            "createdAt": _text(self.created_at),
            "updatedAt": _text(self.ended_at or self.started_at or self.created_at),
            "startedAt": _text(self.started_at),
            "endedAt": _text(self.ended_at),
            "endedReason": self.ended_reason,
            "phoneNumberId": self.phone_number_id,
            "assistantId": self.assistant_id,
            "assistantOverrides": dict(self.overrides),
            "monitor": {"controlUrl": f"{self.control_base}/{self.call_id}/control"},
            **self._costs(),
        }
        return {name: value for name, value in found.items() if value is not None}

    def request(self) -> dict[str, Any]:
        """Ask which assistant answers an inbound call."""
        return {"type": "assistant-request", "call": self.shown()}

    def update(self) -> dict[str, Any]:
        """Tell how far the call is."""
        ended = {"endedReason": self.ended_reason} if self.ended_reason else {}
        return {"type": "status-update", "status": self.status, "call": self.shown(), **ended}

    def report(self) -> dict[str, Any]:
        """Tell how the call was."""
        shown = self.shown()
        names = ("startedAt", "endedAt", "cost", "costs")
        return {
            "type": "end-of-call-report",
            "endedReason": self.ended_reason,
            "artifact": {},
            "analysis": {},
            **{name: shown[name] for name in names if name in shown},
            "call": shown,
        }

    def _costs(self) -> dict[str, Any]:
        """Vapi's own fee: 0.05 USD a minute, by the second."""
        if self.started_at is None or self.ended_at is None:
            return {}
        minutes = (self.ended_at - self.started_at) / timedelta(minutes=1)
        cost = minutes * 5 / 100
        return {
            "cost": cost,
            "costs": [{"type": "vapi", "subType": "normal", "minutes": minutes, "cost": cost}],
        }


_BOUNDS = {
    "createdAtGe": operator.ge,
    "createdAtGt": operator.gt,
    "createdAtLe": operator.le,
    "createdAtLt": operator.lt,
}


def bound(name: str, text: str) -> Callable[[Call], bool]:
    """Return what a filter of the list says of a call. Raises ValueError for no such filter."""
    compare, moment = _BOUNDS.get(name), datetime.fromisoformat(text)
    if compare is None or moment.tzinfo is None:
        raise ValueError(name)
    return lambda call: bool(compare(call.created_at, moment))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
