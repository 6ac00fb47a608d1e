"""What a demo life writes to, and the product's use cases over it."""

from dataclasses import dataclass, field
from threading import Lock

from prepaid.catalogue.ports import Catalogue
from prepaid.domain.commands import Command, ExpireDue
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerStore
from prepaid.ledger.posting import Ledger
from prepaid.metering.usage import Metering
from prepaid.payments.facts import PaymentFacts
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.ports import (
    Customers,
    Intent,
    PaymentEvent,
    Payments,
    PaymentStarts,
    RefundReceipt,
    RefundRequest,
    RefundRequests,
)
from prepaid.payments.purchases import Order, Purchases
from prepaid.runtime.retries import Deadline


class DemoProcessor:
    """`PaymentProcessor` for payments that were made long ago: it knows what it was asked here."""

    name = "stripe"

    def __init__(self) -> None:
        self._intents: dict[str, Intent] = {}
        self._lock = Lock()

    def create_customer(self, account_id: AccountId) -> str:
        """Return the customer of an account."""
        return f"cus_{account_id}"

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:  # noqa: ARG002 - as it was made
        """Return the intent of a payment."""
        intent_id = f"pi_demo_{payment.payment_id}"
        intent = Intent(
            intent_id=intent_id,
            payment_id=payment.payment_id,
            client_secret=f"{intent_id}_secret",
            facts=(),
        )
        with self._lock:
            return self._intents.setdefault(intent_id, intent)

    def intent(self, intent_id: str) -> Intent:
        """Return an intent as it was made; its facts are told one by one."""
        payment_id = intent_id.removeprefix("pi_demo_")
        secret = f"{intent_id}_secret"
        return Intent(intent_id=intent_id, payment_id=payment_id, client_secret=secret, facts=())

    def refunds_of(self, intent_id: str) -> list[Fact]:  # noqa: ARG002 - told one by one
        """Return no refunds: each is told by itself."""
        return []

    def intent_of_charge(self, charge_id: str) -> str | None:  # noqa: ARG002 - intents are always named
        """Return `None`: every fact names its intent."""
        return None

    def refund(self, payment: Payment, request: RefundRequest, *, again: bool) -> RefundReceipt:  # noqa: ARG002 - refused
        """Refuse: nobody is asked for money here."""
        raise InvalidRequest("Payments of demo data cannot be sent back.", pointer="/payment_id")


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
