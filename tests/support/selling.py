"""A shop that sells packages, and a processor that plays along."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from prepaid.catalogue.packages import Package
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.errors import InvalidRequest, Unavailable
from prepaid.ledger.ports import RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.ledger.verification import Violation, verify
from prepaid.payments.facts import FactOutcome, PaymentFacts
from prepaid.payments.payment import Fact, Paid, Payment, PaymentStatus, Progress
from prepaid.payments.ports import (
    Intent,
    PaymentEvent,
    Payments,
    PaymentStarts,
    RefundReceipt,
    RefundRequest,
)
from prepaid.payments.purchases import Order, Purchases, Started
from prepaid.payments.reconciliation_ports import Found, FoundPage, Source
from prepaid.payments.refund_facts import ChargeRefunded, Refunded, RefundStatus
from prepaid.payments.verification import PaymentCheck
from prepaid.windows import Window

from tests.support.asking import new_request_id
from tests.support.ledger_harness import NOW, LedgerHarness, Store
from tests.support.memory import MemoryLedgerStore, MemoryRetryBudget
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.memory_payments import MemoryExceptions, MemoryRecords

PRICE = 4500
PROFESSIONAL = Package(
    package_id="professional",
    name="Professional",
    credits=Credits(50_000),
    bonus=Credits(5_000),
    price=PRICE,
    currency="usd",
    position=2,
)
STARTER = Package(
    package_id="starter",
    name="Starter",
    credits=Credits(10_000),
    bonus=Credits(0),
    price=1000,
    currency="usd",
    position=1,
)
YEN = Package(
    package_id="yen",
    name="Yen",
    credits=Credits(10_000),
    bonus=Credits(1_000),
    price=1500,
    currency="jpy",
    position=3,
)
DINAR = Package(
    package_id="dinar",
    name="Dinar",
    credits=Credits(10_000),
    bonus=Credits(0),
    price=3070,
    currency="kwd",
    position=4,
)
FOR_SALE = (STARTER, PROFESSIONAL, YEN, DINAR)


@dataclass
class FakePaymentProcessor:
    """`PaymentProcessor` in memory: it does what the test says, and counts what it was asked."""

    intents: dict[str, Intent] = field(default_factory=dict)
    undelivered: list[PaymentEvent] = field(default_factory=list)
    refunds: dict[str, RefundReceipt] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    listed: list[Found] = field(default_factory=list)
    page_size: int = 100
    charges: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    name: str = "stripe"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def create_customer(self, account_id: AccountId) -> str:
        self.asked.append("create_customer")
        return f"cus_{account_id}"

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:
        self.asked.append(f"create_intent for {customer_id}")
        for each in self.intents.values():
            if each.payment_id == payment.payment_id:
                return each
        intent_id = f"pi_{payment.payment_id}"
        intent = Intent(
            intent_id=intent_id,
            payment_id=payment.payment_id,
            client_secret=f"{intent_id}_secret",
            facts=(),
        )
        self.intents[intent_id] = intent
        return intent

    def intent(self, intent_id: str) -> Intent:
        self.asked.append("intent")
        return self.intents[intent_id]

    def refunds_of(self, intent_id: str) -> list[Fact]:
        self.asked.append(f"refunds of {intent_id}")
        if self.silent:
            raise Unavailable("Stripe does not answer.")
        facts = self.intents[intent_id].facts if intent_id in self.intents else ()
        return [each for each in facts if isinstance(each, Refunded | ChargeRefunded)]

    def intent_of_charge(self, charge_id: str) -> str | None:
        self.asked.append(f"intent of {charge_id}")
        if self.silent:
            raise Unavailable("Stripe does not answer.")
        return self.charges.get(charge_id)

    def page(self, source: Source, window: Window) -> FoundPage:
        """List what the test put there: everything is in every window."""
        self.asked.append(f"{source} from {window.since} to {window.until} after {window.after}")
        listed = self._listed(source)
        ids = [each.object_id for each in listed]
        if window.after is not None and window.after not in ids:
            raise InvalidRequest("There is no such object.", pointer="/starting_after")
        begin = ids.index(window.after) + 1 if window.after else 0
        found = listed[begin : begin + self.page_size]
        return FoundPage(found=found, more=begin + len(found) < len(listed))

    def _listed(self, source: Source) -> list[Found]:
        if source is Source.INTENTS:
            return [
                Found(
                    object_id=each.intent_id,
                    events=[
                        PaymentEvent(
                            intent_id=each.intent_id, payment_id=each.payment_id, fact=fact
                        )
                        for fact in each.facts
                    ],
                )
                for each in self.intents.values()
            ]
        if source is Source.EVENTS:
            reported = enumerate(self.undelivered)
            return [
                *self.listed,
                *(Found(object_id=f"evt_{n}", events=[each]) for n, each in reported),
            ]
        return []

    def refund(self, payment: Payment, request: RefundRequest, *, again: bool) -> RefundReceipt:
        self.asked.append(f"refund again={again}")
        made = RefundReceipt(
            refund_id=f"re_{next(self._numbers)}",
            amount=request.amount or payment.price - payment.money_refunded,
            currency=payment.currency,
            status="succeeded",
        )
        return self.refunds.setdefault(f"{payment.payment_id}/{request.key}", made)

    def tell(self, intent_id: str, *facts: Fact) -> None:
        """Let facts become true of an intent that nobody is told of."""
        intent = self.intents[intent_id]
        self.intents[intent_id] = replace(intent, facts=(*intent.facts, *facts))


@dataclass
class Counter:
    """One shop: its ledger, its payments, its processor, and short words for what happens."""

    store: Store = field(default_factory=MemoryLedgerStore)
    payments: Payments | None = None
    started: PaymentStarts | None = None
    payment_processor: FakePaymentProcessor = field(default_factory=FakePaymentProcessor)
    exceptions: MemoryExceptions = field(default_factory=MemoryExceptions)
    records: MemoryRecords = field(default_factory=MemoryRecords)
    budget: Callable[[], RetryBudget] = MemoryRetryBudget
    now: Instant = NOW

    @property
    def harness(self) -> LedgerHarness:
        """The same ledger, to give and spend."""
        return LedgerHarness(self.store)

    @property
    def stored(self) -> Payments:
        """Where the payments are."""
        if self.payments is None:
            assert isinstance(self.store, MemoryLedgerStore)
            return self.store.payments
        return self.payments

    @property
    def starts(self) -> PaymentStarts:
        """Where payments are started."""
        if self.started is None:
            assert isinstance(self.store, MemoryLedgerStore)
            return self.store.payments
        return self.started

    @property
    def facts(self) -> PaymentFacts:
        """What learns."""
        return PaymentFacts(
            ledger=Ledger(self.store, self.budget),
            payments=self.stored,
            exceptions=self.exceptions,
            requests=self.records,
            processor=lambda: self.payment_processor,
        )

    @property
    def purchases(self) -> Purchases:
        """What sells."""
        return Purchases(
            payments=self.stored,
            starts=self.starts,
            catalogue=MemoryCatalogue((), FOR_SALE),
            facts=self.facts,
            budget=self.budget,
        )

    def start(
        self,
        account_id: AccountId,
        key: str = "buy",
        package_id: str = PROFESSIONAL.package_id,
        *,
        save_card: bool = False,
    ) -> Started:
        """Begin to buy."""
        order = Order(account_id=account_id, package_id=package_id, key=key, save_card=save_card)
        return self.purchases.start(order, self.payment_processor, self.records, self.now)

    def record_fact(self, payment: Payment, fact: Fact, *, named: bool = True) -> FactOutcome:
        """Tell a fact about a payment, which the news names or not."""
        event = PaymentEvent(
            intent_id=payment.intent_id or f"pi_{payment.payment_id}",
            payment_id=payment.payment_id if named else None,
            fact=fact,
        )
        return self.facts.record_fact(event, request_id=new_request_id(), now=self.now)

    def buy(
        self, account_id: AccountId, key: str = "buy", package_id: str = PROFESSIONAL.package_id
    ) -> Payment:
        """Buy and pay."""
        started = self.start(account_id, key, package_id)
        self.record_fact(started.payment, paid(started.payment))
        return self.payment(started.payment)

    def payment(self, payment: Payment) -> Payment:
        """Return a payment as it is now."""
        found = self.stored.payment(payment.payment_id)
        assert found is not None
        return found

    def account(self, account_id: AccountId) -> Account:
        """Return an account."""
        return self.store.load(account_id)

    def balance(self, account_id: AccountId) -> str:
        """Return a balance as people read it."""
        return str(self.account(account_id).balance)

    def entries(self, account_id: AccountId) -> list[Entry]:
        """Return the account's entries by number."""
        return sorted(self.store.all_entries(account_id), key=lambda entry: entry.seq)

    def violations(self, account_id: AccountId) -> list[Violation]:
        """Return every invariant that the account breaks."""
        return list(verify(self.store, account_id, [PaymentCheck(self.stored, ["stripe"])]))


def paid(payment: Payment, at: Instant = NOW) -> Paid:
    """The payment's price was paid."""
    return Paid(amount=payment.price, currency=payment.currency, charge_id="ch_1", at=at)


def failed(at: int = NOW, reason: str = "Your card was declined.") -> Progress:
    """An attempt failed."""
    return Progress(status=PaymentStatus.FAILED, at=Instant(at), reason=reason)


def refunded(
    amount: int, status: str = "succeeded", refund_id: str = "re_a", at: int = NOW
) -> Refunded:
    """One refund."""
    return Refunded(
        refund_id=refund_id,
        amount=amount,
        status=RefundStatus(status),
        at=Instant(at),
        currency="usd",
    )
