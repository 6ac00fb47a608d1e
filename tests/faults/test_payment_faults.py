"""Every call of buying, lost before it was sent and lost after: it ends as if none was."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import pytest
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.errors import RateLimited, Unavailable
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.ledger.ports import RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.facts import FactOutcome, PaymentFacts
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.ports import PaymentEvent
from prepaid.payments.purchase_starts import MAX_STARTED
from prepaid.payments.purchases import Order, Purchases, Started
from prepaid.payments.refunds import RefundOrder, Refunds
from prepaid.payments.stripe.processor import StripeProcessor
from prepaid.runtime.retries import Deadline

from tests.local_stripe.conftest import StandIn, running
from tests.support.asking import new_request_id
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import NOW, Store, new_account_id
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.selling import FOR_SALE, PRICE, paid, refunded
from tests.support.stripe_wire import Line, processor
from tests.support.verifying import verify
from tests.support.wire import Fault, Killed, Plan, Wire, only, since, unharmed


@dataclass
class Seller:
    """One process that sells: everything it says to DynamoDB and to Stripe goes over one line."""

    line: Line
    store: Store
    payments: DynamoPayments
    starts: DynamoPaymentStarts
    records: DynamoRecords
    exceptions: DynamoExceptions
    payment_processor: StripeProcessor
    budget: Callable[[], RetryBudget]

    @property
    def facts(self) -> PaymentFacts:
        return PaymentFacts(
            ledger=Ledger(self.store, self.budget),
            payments=self.payments,
            exceptions=self.exceptions,
            requests=self.records,
            processor=lambda: self.payment_processor,
        )

    @property
    def purchases(self) -> Purchases:
        return Purchases(
            payments=self.payments,
            starts=self.starts,
            catalogue=MemoryCatalogue((), FOR_SALE),
            facts=self.facts,
            budget=self.budget,
        )

    def start(self, account_id: AccountId, key: str = "buy") -> Started:
        order = Order(account_id=account_id, package_id="professional", key=key)
        return self.purchases.start(order, self.payment_processor, self.records, NOW)

    def payment(self, account_id: AccountId) -> Payment:
        found = self.payments.of_account(account_id, limit=2)
        assert len(found) == 1
        stored = self.payments.payment(found[0].payment_id)
        assert stored is not None
        return stored

    def record_fact(self, payment: Payment, fact: Fact, *, named: bool = False) -> FactOutcome:
        assert payment.intent_id is not None
        name = payment.payment_id if named else None
        event = PaymentEvent(intent_id=payment.intent_id, payment_id=name, fact=fact)
        return self.facts.record_fact(event, request_id=new_request_id(), now=NOW)


@dataclass
class Market:
    """Tables on the emulator and a stand-in for Stripe, which sellers share."""

    emulator: str
    prefix: str
    standin: StandIn
    closing: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def clean(self) -> Seller:
        """The seller to whom nothing happens."""
        return self.seller()

    def seller(
        self, plan: Plan = unharmed, budget: Callable[[], RetryBudget] = MemoryRetryBudget
    ) -> Seller:
        """Open a seller that tries each call once."""
        line = Line(plan)
        retries = {"mode": "standard", "total_max_attempts": 1}
        client = new_client(self.emulator, retries=retries, max_pool_connections=16)
        wire = Wire(client, lambda n: line.fate(wire.sent[n - 1]))
        records = RecordsTable(client, f"{self.prefix}credit_records")
        return Seller(
            line=line,
            store=ledger_store(client, self.prefix),
            payments=DynamoPayments(client, f"{self.prefix}stripe_payments"),
            starts=DynamoPaymentStarts(
                client,
                payments=f"{self.prefix}stripe_payments",
                records=f"{self.prefix}credit_records",
            ),
            records=DynamoRecords(records, "stripe"),
            exceptions=DynamoExceptions(records),
            payment_processor=self.closing.enter_context(processor(self.standin.url, line)),
            budget=budget,
        )


@pytest.fixture(scope="module")
def market(emulator: str) -> Iterator[Market]:
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    with running() as standin, ExitStack() as closing:
        yield Market(emulator, prefix, standin, closing)


def nothing(_: Seller, __: AccountId, ___: StandIn) -> None:
    """Prepare nothing."""


def begun(seller: Seller, account_id: AccountId, _: StandIn) -> None:
    """Begin to buy."""
    seller.start(account_id)


def bought(seller: Seller, account_id: AccountId, standin: StandIn) -> None:
    """Buy, pay and have it credited."""
    payment = seller.start(account_id).payment
    standin.pay(payment.intent_id or "", "succeed")
    seller.record_fact(payment, paid(payment))


def unheard(seller: Seller, account_id: AccountId, standin: StandIn) -> None:
    """Buy and pay, and nobody tells."""
    payment = seller.start(account_id).payment
    standin.pay(payment.intent_id or "", "succeed")
    standin.pay(payment.intent_id or "", "half-refund")


def refresh(seller: Seller, account_id: AccountId) -> object:
    payment = seller.payment(account_id)
    return seller.purchases.refresh(
        payment, seller.payment_processor, request_id=new_request_id(), now=NOW
    )


def send_back(seller: Seller, account_id: AccountId) -> object:
    payments = seller.payments.of_account(account_id, limit=1)
    order = RefundOrder(
        payment_id=payments[0].payment_id,
        amount=450,
        reason="asked",
        actor="admin:a",
        key="back",
        request_id=new_request_id(),
    )
    refunds = Refunds(payments=seller.payments, requests=seller.records)
    return refunds.refund(order, lambda _: seller.payment_processor, NOW)


LOST = Disputed(dispute_id="du_1", amount=PRICE, status=DisputeStatus.LOST, withdrawn=True)
GET, PUT, FIND, WRITE = "GetItem", "PutItem", "Query", "TransactWriteItems"
ASK = ("GET payment_intents", "GET refunds", "GET disputes")
RECORD = (GET, GET, WRITE)
RECORD_BACK = (GET, GET, FIND, FIND, WRITE)
"""With what has expired of the credits and of the bonus."""
RECEIPT = (GET, PUT)


@dataclass(frozen=True)
class Deed:
    """Something done by one request, and all that is true once it was done.

    `calls` is what it says when nothing fails.
    """

    name: str
    calls: tuple[str, ...]
    before: Callable[[Seller, AccountId, StandIn], None]
    do: Callable[[Seller, AccountId], object]
    balance: str
    entries: int
    refunds: int = 0


DEEDS = [
    Deed(
        "beginning to buy",
        (GET, GET, WRITE, GET, "POST customers", PUT, "POST payment_intents", PUT),
        nothing,
        lambda seller, account_id: seller.start(account_id),
        balance="0.00",
        entries=0,
    ),
    Deed(
        "learning that it is paid",
        (FIND, GET, FIND, GET, GET, WRITE),
        begun,
        lambda seller, account_id: seller.record_fact(
            payment := seller.payment(account_id), paid(payment)
        ),
        balance="550.00",
        entries=2,
    ),
    Deed(
        "learning of a half refund",
        (FIND, GET, FIND, *RECORD_BACK),
        bought,
        lambda seller, account_id: seller.record_fact(
            seller.payment(account_id), refunded(PRICE // 2)
        ),
        balance="275.00",
        entries=3,
    ),
    Deed(
        "learning of a lost dispute",
        (FIND, GET, *RECORD_BACK),
        bought,
        lambda seller, account_id: seller.record_fact(seller.payment(account_id), LOST, named=True),
        balance="0.00",
        entries=3,
    ),
    Deed(
        "learning of a refund before the payment",
        (FIND, GET, FIND, GET, PUT),
        begun,
        lambda seller, account_id: seller.record_fact(
            seller.payment(account_id), refunded(PRICE // 2)
        ),
        balance="0.00",
        entries=0,
    ),
    Deed(
        "asking Stripe",
        (FIND, GET, *ASK, *RECORD, *RECEIPT, *RECORD_BACK, GET, GET, FIND, FIND, PUT, GET),
        unheard,
        refresh,
        balance="275.00",
        entries=3,
        refunds=1,
    ),
    Deed(
        "sending money back",
        (FIND, GET, GET, WRITE, "POST refunds", PUT),
        bought,
        send_back,
        balance="550.00",
        entries=2,
        refunds=1,
    ),
]
EVERY_CALL = [
    pytest.param(deed, n, fault, id=f"{deed.name}, call {n} {fault.value}")
    for deed in DEEDS
    for n, fault in product(range(1, len(deed.calls) + 1), (Fault.NOT_SENT, Fault.REPLY_LOST))
]
EVERY_PLACE = [
    pytest.param(deed, n, id=f"{deed.name}, call {n}")
    for deed in DEEDS
    for n in range(1, len(deed.calls) + 1)
]
every_call = pytest.mark.parametrize(("deed", "n", "fault"), EVERY_CALL)


def opened(market: Market, deed: Deed) -> AccountId:
    account_id = new_account_id("buyer")
    deed.before(market.clean, account_id, market.standin)
    return account_id


def done(market: Market, deed: Deed, account_id: AccountId) -> None:
    """Assert all that is true once the deed was done, however often it was begun."""
    seller = market.clean
    payment = seller.payment(account_id)
    entries = list(seller.store.all_entries(account_id))
    intents = market.standin.client.v1.payment_intents.list({"limit": 20}).data
    mine = [each for each in intents if each.metadata["account_id"] == account_id]
    refunds = market.standin.client.v1.refunds.list({"payment_intent": mine[0].id}).data
    assert [each.id for each in mine] == [payment.intent_id]
    assert seller.records.customer(account_id) == mine[0].customer
    assert len(refunds) == deed.refunds
    assert len(entries) == deed.entries
    assert seller.store.load(account_id).balance == Credits.parse(deed.balance)
    assert verify(seller.store, account_id) == []


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_clean_run_makes_the_calls_that_are_failed_below(market: Market, deed: Deed) -> None:
    account_id = opened(market, deed)
    seller = market.seller()

    deed.do(seller, account_id)

    assert tuple(seller.line.sent) == deed.calls
    done(market, deed, account_id)


@every_call
def test_one_lost_call_and_a_repeat_end_as_if_nothing_was_lost(
    market: Market, deed: Deed, n: int, fault: Fault
) -> None:
    account_id = opened(market, deed)
    seller = market.seller(only(n, fault))

    try:
        deed.do(seller, account_id)
    except Unavailable:
        deed.do(market.clean, account_id)

    done(market, deed, account_id)


@every_call
def test_silence_from_some_call_on_and_a_repeat_end_as_if_nothing_was_lost(
    market: Market, deed: Deed, n: int, fault: Fault
) -> None:
    account_id = opened(market, deed)
    seller = market.seller(since(n, fault), budget=lambda: MemoryRetryBudget(pauses=2))

    with pytest.raises(Unavailable):
        deed.do(seller, account_id)
    deed.do(market.clean, account_id)

    done(market, deed, account_id)


@pytest.mark.fault(
    "A12",
    "Stripe opened an intent and our write failed",
    "The repeat finds the same intent; one that nobody pays does no harm",
)
@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.KILLED_AFTER])
@pytest.mark.parametrize(("deed", "n"), EVERY_PLACE)
def test_a_process_that_is_killed_at_any_call_leaves_what_a_repeat_completes(
    market: Market, deed: Deed, n: int, fault: Fault
) -> None:
    account_id = opened(market, deed)
    seller = market.seller(only(n, fault))

    with pytest.raises(Killed):
        deed.do(seller, account_id)
    assert verify(market.clean.store, account_id) == []
    deed.do(market.clean, account_id)

    done(market, deed, account_id)


@pytest.mark.fault("B13")
def test_sixteen_at_once_credit_a_payment_once(market: Market) -> None:
    account_id = new_account_id("buyer")
    payment = market.clean.start(account_id).payment
    sellers = [market.seller(budget=lambda: Deadline(seconds=20)) for _ in range(16)]
    facts: list[Fact] = [paid(payment), refunded(PRICE // 2)] * 8

    def tell(place: int) -> FactOutcome:
        return sellers[place].record_fact(payment, facts[place], named=True)

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(tell, range(16)))

    seller = market.clean
    assert sorted(outcomes) == [FactOutcome.KNOWN] * 14 + [FactOutcome.NEW] * 2
    assert str(seller.store.load(account_id).balance) == "275.00"
    assert verify(seller.store, account_id) == []


def test_sixteen_at_once_begin_one_purchase(market: Market) -> None:
    account_id = new_account_id("buyer")
    sellers = [market.seller() for _ in range(16)]

    def begin(seller: Seller) -> Started | Unavailable:
        try:
            return seller.start(account_id)
        except Unavailable as busy:
            return busy

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(begin, sellers))

    started = [each for each in answers if isinstance(each, Started)]
    assert started
    assert len({(each.payment.payment_id, each.client_secret) for each in started}) == 1
    deed = replace(DEEDS[0], refunds=0)
    done(market, deed, account_id)


@pytest.mark.fault(
    "E36.2",
    "Thirty-two requests start purchases of one account at once",
    "Ten get through, in every hour",
)
def test_thirty_two_at_once_start_as_many_purchases_as_an_hour_allows(market: Market) -> None:
    account_id = new_account_id("buyer")
    sellers = [market.seller(budget=lambda: Deadline(seconds=20)) for _ in range(32)]

    def begin(place: int) -> Started | RateLimited:
        try:
            return sellers[place].start(account_id, f"buy-{place}")
        except RateLimited as refused:
            return refused

    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(begin, range(32)))

    started = [each for each in answers if isinstance(each, Started)]
    stored = market.clean.payments.of_account(account_id, limit=33)
    assert len(started) == MAX_STARTED
    assert {each.payment_id for each in stored} == {each.payment.payment_id for each in started}
    assert market.clean.starts.starts(account_id).at == (NOW,) * MAX_STARTED
