"""Calls, their sources and their provider in memory: the same promises, for tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from prepaid.calls.call import Call
from prepaid.calls.facts import CallEvent
from prepaid.calls.ports import CallList, CallSource
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Unavailable
from prepaid.ledger.ports import RecordMoved


def _reached() -> None:
    """Reach what is there."""


@dataclass
class MemoryCalls:
    """`Calls`; *reach* raises while nothing can be reached.

    Each of *trouble* is raised by the next save, after it landed if so marked.
    """

    stored: dict[str, Call] = field(default_factory=dict)
    reach: Callable[[], None] = _reached
    trouble: list[tuple[Exception, bool]] = field(default_factory=list)

    def call(self, call_id: str) -> Call:
        self.reach()
        return self.stored.get(call_id) or Call(call_id=call_id)

    def save(self, call: Call) -> None:
        self.reach()
        error, landed = self.trouble.pop(0) if self.trouble else (None, True)
        if landed:
            if self.call(call.call_id).version != call.version:
                raise RecordMoved
            self.stored[call.call_id] = replace(call, version=call.version + 1)
        if error is not None:
            raise error

    def due(self, *, now: Instant) -> Iterator[str]:
        found = [
            (each.due_at, each.call_id)
            for each in self.stored.values()
            if each.due_at is not None and each.due_at <= now
        ]
        return iter([call_id for _, call_id in sorted(found)])


@dataclass
class MemoryCallSources:
    """`CallSources`."""

    stored: dict[str, CallSource] = field(default_factory=dict)
    audit: list[AuditRow] = field(default_factory=list)
    reach: Callable[[], None] = _reached

    def source(self, source_id: str) -> CallSource | None:
        self.reach()
        return self.stored.get(source_id)

    def change(self, before: CallSource | None, after: CallSource | None, audit: AuditRow) -> bool:
        self.reach()
        if self.stored.get(audit.subject) != before:
            return False
        if after is None:
            del self.stored[audit.subject]
        else:
            self.stored[after.source_id] = after
        self.audit.append(audit)
        return True

    def sources(self, *, limit: int, after: str | None = None) -> Sequence[CallSource]:
        self.reach()
        ordered = sorted(self.stored.values(), key=lambda each: each.source_id.encode())
        return [each for each in ordered if after is None or each.source_id > after][:limit]


@dataclass
class MemoryCallProvider:
    """`CallProvider`: the calls that it knows, and those that it was asked to end.

    It lists at most *page* calls, those of a single second all; *odd* counts what cannot be read.
    """

    known: dict[str, CallEvent] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    listed: list[tuple[int, int]] = field(default_factory=list)
    page: int = 100
    odd: int = 0
    away: bool = False
    has_key: bool = True

    def is_set_up(self) -> bool:
        return self.has_key

    def calls(self, *, since: Instant, until: Instant) -> CallList:
        self.listed.append((since, until))
        self._reach()
        found = [
            each
            for each in self.known.values()
            if each.created_at is not None and since <= each.created_at < until
        ]
        whole = len(found) < self.page or until - since <= 1
        return CallList(
            calls=found[: None if whole else self.page], whole=whole, unreadable=self.odd
        )

    def call(self, call_id: str) -> CallEvent | None:
        self.asked.append(call_id)
        self._reach()
        return self.known.get(call_id)

    def end_call(self, control_url: str) -> bool:
        self._reach()
        self.ended.append(control_url)
        return True

    def _reach(self) -> None:
        if self.away:
            raise Unavailable("Vapi did not answer in time.")
