"""What selling keeps beside the payments, in memory: the same promises, for tests."""

from dataclasses import dataclass, field, replace

from prepaid.domain.credits import AccountId, Instant
from prepaid.payments.ports import RefundReceipt, RefundRequest
from prepaid.payments.reconciliation_ports import Source, Window


@dataclass(slots=True)
class MemoryExceptions:
    """`Exceptions`, by kind and subject."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject."""
        del now
        self.kept.setdefault((kind, subject), detail)


@dataclass(slots=True)
class MemoryRecords:
    """`Customers`, `RefundRequests` and `ReadWindows`."""

    customers: dict[AccountId, str] = field(default_factory=dict)
    requests: dict[tuple[str, str], RefundRequest] = field(default_factory=dict)
    windows: dict[Source, Window] = field(default_factory=dict)

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

    def window(self, source: Source) -> Window | None:
        """Return the window of a list that is being read, or `None`."""
        return self.windows.get(source)

    def keep_window(self, source: Source, window: Window) -> None:
        """Keep the window of a list."""
        self.windows[source] = window
