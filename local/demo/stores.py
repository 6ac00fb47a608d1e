"""What a demo life writes to, and the product's use cases over it."""

from dataclasses import dataclass, field

from prepaid.catalogue.ports import Catalogue
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.following import ExpireDue
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerStore
from prepaid.ledger.posting import Ledger
from prepaid.metering.usage import Metering
from prepaid.payments.facts import PaymentFacts
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.ports import (
    Customers,
    PaymentEvent,
    Payments,
    PaymentStarts,
    RefundRequests,
)
from prepaid.payments.purchases import Order, Purchases
from prepaid.runtime.retries import Deadline

from local.demo.payments import DemoProcessor


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStores:
    """Where everything is kept, and what writes there."""

    ledger_store: LedgerStore
    catalogue: Catalogue
    payments: Payments
    starts: PaymentStarts
    customers: Customers
    refund_requests: RefundRequests
    exceptions: Exceptions
    processor: DemoProcessor = field(default_factory=DemoProcessor)

    @property
    def ledger(self) -> Ledger:
        """What posts entries."""
        return Ledger(self.ledger_store, Deadline)

    @property
    def metering(self) -> Metering:
        """What records usage."""
        return Metering(self.ledger, self.catalogue)

    @property
    def facts(self) -> PaymentFacts:
        """What learns of payments."""
        return PaymentFacts(
            ledger=self.ledger,
            payments=self.payments,
            exceptions=self.exceptions,
            requests=self.refund_requests,
            processor=lambda: self.processor,
        )

    def post(self, account_id: AccountId, command: Command, now: Instant) -> None:
        """Decide and commit a command."""
        self.ledger.post(account_id, lambda _: command, now)

    def settle(self, account_id: AccountId, now: Instant) -> None:
        """Write what has ended."""
        self.ledger.expire_due(account_id, ExpireDue(request_id=f"demo-settle-{now}"), now)

    def start(self, order: Order, now: Instant) -> Payment:
        """Start to buy."""
        purchases = Purchases(
            payments=self.payments,
            starts=self.starts,
            catalogue=self.catalogue,
            facts=self.facts,
            budget=Deadline,
        )
        return purchases.start(order, self.processor, self.customers, now).payment

    def tell(self, payment: Payment, fact: Fact, now: Instant) -> None:
        """Record a fact about a payment."""
        event = PaymentEvent(
            intent_id=payment.intent_id or "", payment_id=payment.payment_id, fact=fact
        )
        self.facts.record_fact(event, request_id=f"demo-fact-{now}", now=now)
