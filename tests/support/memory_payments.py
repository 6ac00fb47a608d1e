"""What selling keeps beside the payments, in memory: the same promises, for tests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.inbox.dead_letters import DeadLetter, StreamBatch
from prepaid.inbox.ports import ExceptionCase, Resolution
from prepaid.payments.ports import RefundReceipt, RefundRequest
from prepaid.windows import Window


class MemoryExceptions:
    """`Exceptions` and `Inbox`; `kept` holds the details by kind and subject."""

    def __init__(self) -> None:
        self.cases: dict[tuple[str, str], ExceptionCase] = {}
        self.audit: list[AuditRow] = []

    @property
    def stored(self) -> dict[tuple[str, str], str]:
        """What was reported."""
        return {place: case.detail for place, case in self.cases.items()}

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        case = ExceptionCase(kind=kind, subject=subject, detail=detail, created_at=now)
        self.cases.setdefault((kind, subject), case)

    def open_cases(
        self, *, limit: int, after: ExceptionCase | None = None
    ) -> Sequence[ExceptionCase]:
        """Return cases that nobody resolved, newest first."""
        waiting = [case for case in self.cases.values() if case.resolution is None]
        ordered = sorted(waiting, key=_place, reverse=True)
        return [case for case in ordered if after is None or _place(case) < _place(after)][:limit]

    def case(self, kind: str, subject: str) -> ExceptionCase | None:
        """Return a case, or `None`."""
        return self.cases.get((kind, subject))

    def resolve(self, case: ExceptionCase, resolution: Resolution, audit: AuditRow) -> bool:
        """Keep what was done about an open case."""
        stored = self.cases.get((case.kind, case.subject))
        if stored is None or stored.resolution is not None:
            return False
        self.cases[case.kind, case.subject] = replace(case, resolution=resolution)
        self.audit.append(audit)
        return True

    def note(self, audit: AuditRow) -> None:
        """Keep what was tried."""
        self.audit.append(audit)

    def list_older(self) -> int:
        """Return 0: every case is listed as it is reported."""
        return 0


class MemoryDeadLetters:
    """`DeadLetters`, `Redrive` and `StreamedRows`; `sent` are the letters that were sent again."""

    def __init__(self, reach: Callable[[], None] = lambda: None) -> None:
        self._reach = reach
        self.stored: dict[str, DeadLetter] = {}
        self.sent: list[DeadLetter] = []
        self.stored_at: dict[str, Instant] = {}
        self.streamed: dict[StreamBatch, Sequence[Mapping[str, str]]] = {}

    def keys(self, batch: StreamBatch) -> Sequence[Mapping[str, str]] | None:
        """Return the keys of the rows that came new in a range, while they are `streamed`."""
        self._reach()
        return self.streamed.get(batch)

    def keep(self, letter: DeadLetter, *, now: Instant) -> None:
        """Keep a letter, once."""
        self._reach()
        self.stored.setdefault(letter.letter_id, letter)
        self.stored_at.setdefault(letter.letter_id, now)

    def letter(self, letter_id: str) -> DeadLetter | None:
        """Return a letter, or `None`."""
        self._reach()
        return self.stored.get(letter_id)

    def send(self, letter: DeadLetter) -> str | None:
        """Send a letter."""
        self._reach()
        self.sent.append(letter)
        return None


def _place(case: ExceptionCase) -> tuple[int, str, str]:
    return case.created_at, case.kind, case.subject


@dataclass(slots=True)
class MemoryWindows:
    """`ReadWindows` in memory."""

    windows: dict[str, Window] = field(default_factory=dict)

    def window(self, source: str) -> Window | None:
        """Return the window of a list that is being read, or `None`."""
        return self.windows.get(source)

    def keep_window(self, source: str, window: Window) -> None:
        """Keep the window of a list."""
        self.windows[source] = window


@dataclass(slots=True)
class MemoryRecords(MemoryWindows):
    """`Customers`, `RefundRequests` and `ReadWindows`."""

    customers: dict[AccountId, str] = field(default_factory=dict)
    requests: dict[tuple[str, str], RefundRequest] = field(default_factory=dict)
    audit: list[AuditRow] = field(default_factory=list)

    def customer(self, account_id: AccountId) -> str | None:
        """Return the customer's id, or `None`."""
        return self.customers.get(account_id)

    def remember(self, account_id: AccountId, customer_id: str) -> str:
        """Keep the customer's id, or return the one that was kept first."""
        return self.customers.setdefault(account_id, customer_id)

    def find(self, payment_id: str, key: str) -> RefundRequest | None:
        """Return the request for a payment under a key, or `None`."""
        return self.requests.get((payment_id, key))

    def ask(self, request: RefundRequest, audit: AuditRow) -> RefundRequest:
        """Keep a request, or return the one with its payment and key."""
        place = request.payment_id, request.key
        if place not in self.requests:
            self.audit.append(audit)
        return self.requests.setdefault(place, request)

    def answer(self, request: RefundRequest, receipt: RefundReceipt) -> None:
        """Keep what the processor answered."""
        self.requests[request.payment_id, request.key] = replace(request, receipt=receipt)
