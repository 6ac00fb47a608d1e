"""What selling keeps beside the payments, in memory: the same promises, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from prepaid.domain.credits import AccountId, Instant
from prepaid.inbox.ports import ExceptionCase, Resolution
from prepaid.payments.ports import RefundReceipt, RefundRequest
from prepaid.windows import Window


class MemoryExceptions:
    """`Exceptions` and `Inbox`; `kept` holds the details by kind and subject."""

    def __init__(self) -> None:
        self.cases: dict[tuple[str, str], ExceptionCase] = {}

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

    def resolve(self, case: ExceptionCase, resolution: Resolution) -> None:
        """Keep what was done about a case."""
        self.cases[case.kind, case.subject] = replace(case, resolution=resolution)


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

    def customer(self, account_id: AccountId) -> str | None:
        """Return the customer's id, or `None`."""
        return self.customers.get(account_id)

    def remember(self, account_id: AccountId, customer_id: str) -> str:
        """Keep the customer's id, or return the one that was kept first."""
        return self.customers.setdefault(account_id, customer_id)

    def find(self, payment_id: str, key: str) -> RefundRequest | None:
        """Return the request for a payment under a key, or `None`."""
        return self.requests.get((payment_id, key))

    def ask(self, request: RefundRequest) -> RefundRequest:
        """Keep a request, or return the one with its payment and key."""
        return self.requests.setdefault((request.payment_id, request.key), request)

    def answer(self, request: RefundRequest, receipt: RefundReceipt) -> None:
        """Keep what the processor answered."""
        self.requests[request.payment_id, request.key] = replace(request, receipt=receipt)
