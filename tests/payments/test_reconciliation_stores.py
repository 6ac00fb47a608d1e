"""Reconciliation against a stand-in for Stripe: which list sees what, and at how many requests."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.payments.payment import Payment
from prepaid.payments.purchases import Order
from prepaid.payments.reconciliation import DAY_SECONDS, Reconciled, Reconciliation
from prepaid.payments.stripe.processor import StripeProcessor

from local.stripe.delivery import Endpoint
from tests.local_stripe.conftest import NEVER, StandIn, running
from tests.support.selling import PRICE, Counter
from tests.support.stripe_wire import Line, processor

BUYER = AccountId("buyer")
MANY = 250
WRITERS = 8


@dataclass
class Clock:
    """The time of both sides, which the test moves."""

    now: int = field(default_factory=lambda: int(time.time()))

    def __call__(self) -> int:
        return self.now

    def later(self, days: int) -> None:
        """Let days go by."""
        self.now += days * DAY_SECONDS


@dataclass
class Both:
    """Our side in memory, and Stripe's, whose webhooks reach nobody."""

    clock: Clock
    api: StandIn
    payment_processor: StripeProcessor
    line: Line
    counter: Counter = field(default_factory=Counter)

    def buy(self) -> Payment:
        """Start to buy, and pay."""
        order = Order(account_id=BUYER, package_id="professional", key=f"buy-{self.clock.now}")
        started = self.counter.purchases.start(
            order, self.payment_processor, self.counter.records, Instant(self.clock.now)
        )
        self.api.pay(str(started.payment.intent_id), "succeed")
        return started.payment

    def reconcile(self) -> Reconciled:
        """Run the job."""
        job = Reconciliation(
            lists=self.payment_processor,
            windows=self.counter.records,
            facts=self.counter.facts,
            exceptions=self.counter.exceptions,
            time_is_up=lambda: False,
            failed=lambda *_: None,
        )
        return job.run(request_id="job", now=Instant(self.clock.now + 1))


@pytest.fixture
def both() -> Iterator[Both]:
    clock, line = Clock(), Line()
    with (
        running(endpoint=Endpoint(url=None), now=clock) as api,
        processor(api.url, line) as payment_processor,
    ):
        yield Both(clock, api, payment_processor, line)


@pytest.mark.fault(
    "C30.13",
    "The webhook endpoint is disabled while a dispute or a refund comes, days or weeks after the "
    "payment",
    "The next run learns it: events are read whoever was told of them, objects by their own time",
)
def test_what_happens_while_the_endpoint_is_disabled_is_learned_by_the_next_run(
    both: Both,
) -> None:
    payment = both.buy()
    both.reconcile()
    after_payment = both.counter.balance(BUYER)
    both.clock.later(5)
    both.api.pay(str(payment.intent_id), "dispute-open")

    both.reconcile()
    while_disputed = both.counter.balance(BUYER)
    both.clock.later(1)
    both.reconcile()
    both.clock.later(20)
    both.api.pay(str(payment.intent_id), "dispute-won")
    both.reconcile()

    assert (after_payment, while_disputed) == ("550.00", "0.00")
    assert both.counter.balance(BUYER) == "550.00"
    assert both.counter.violations(BUYER) == []


@pytest.mark.fault(
    "C30.14",
    "Nobody reconciles for longer than Stripe keeps events",
    "Objects of 180 days are compared again",
)
@pytest.mark.parametrize(
    ("outcome", "balance"), [("half-refund", "275.00"), ("dispute-lost", "0.00")]
)
def test_what_happened_longer_ago_than_stripe_keeps_events_is_learned_from_the_objects(
    both: Both, outcome: str, balance: str
) -> None:
    payment = both.buy()
    both.reconcile()
    both.clock.later(2)
    both.api.pay(str(payment.intent_id), outcome)
    both.clock.later(40)
    both.api.intent()

    both.reconcile()

    assert both.counter.balance(BUYER) == balance


@pytest.mark.fault("C30.14")
def test_a_dispute_that_was_known_and_ended_in_a_long_silence_is_compared_again(
    both: Both,
) -> None:
    payment = both.buy()
    both.api.pay(str(payment.intent_id), "dispute-open")
    both.reconcile()
    disputed = both.counter.balance(BUYER)
    both.clock.later(1)
    both.reconcile()
    both.clock.later(1)
    both.api.pay(str(payment.intent_id), "dispute-won")
    both.clock.later(40)
    both.api.intent()

    both.reconcile()

    assert (disputed, both.counter.balance(BUYER)) == ("0.00", "550.00")


@pytest.mark.parametrize("currency", [None, "eur"])
def test_a_lost_dispute_that_returned_a_part_is_known_by_its_amounts(
    both: Both, currency: str | None
) -> None:
    payment = both.buy()
    both.api.control("settlement", currency=currency, rate=915_000)

    both.api.pay(str(payment.intent_id), "dispute-part-won", amount=PRICE // 2)
    both.reconcile()

    assert both.counter.balance(BUYER) == "275.00"
    assert both.counter.violations(BUYER) == []


def test_what_another_product_sells_is_passed_by_in_every_list(both: Both) -> None:
    payment = both.buy()
    for outcome in ("half-refund", "dispute-lost"):
        foreign = both.api.intent(900, "eur")
        both.api.pay(foreign, "succeed")
        both.api.pay(foreign, outcome)
    both.clock.later(1)

    done = both.reconcile()

    assert (done.healed, done.drifted, done.failed, done.unreadable) == (1, 0, 0, 0)
    assert list(both.counter.exceptions.stored) == [("payment_healed", payment.intent_id)]
    assert both.counter.balance(BUYER) == "550.00"


@pytest.mark.fault("C30.13")
def test_an_endpoint_that_is_enabled_days_later_has_missed_nothing(both: Both) -> None:
    payment = both.buy()
    both.api.control("endpoint", enabled=False)
    both.reconcile()
    both.clock.later(5)
    both.api.pay(str(payment.intent_id), "half-refund")
    both.clock.later(2)
    both.api.control("endpoint", enabled=True)

    both.reconcile()

    assert both.counter.balance(BUYER) == "275.00"


@pytest.mark.fault(
    "C30.15",
    "There are more payments than a run can compare",
    "One request for each list and page of news; the next run goes on where the last one stopped",
)
def test_hundreds_of_payments_without_news_cost_one_request_for_each_list(both: Both) -> None:
    payment = both.buy()
    both.reconcile()

    def pay(_: int) -> None:
        both.api.client.v1.payment_intents.create(
            {
                "amount": PRICE,
                "currency": "usd",
                "confirm": True,
                "payment_method": "pm_card_visa",
                "automatic_payment_methods": NEVER,  # type: ignore[typeddict-item]  # a plain dict
                "metadata": {"payment_id": payment.payment_id},
            }
        )

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(pay, range(MANY)))
    both.clock.later(1)
    both.counter.records.windows = {
        source: type(window)(since=Instant(both.clock.now), until=Instant(both.clock.now))
        for source, window in both.counter.records.windows.items()
    }
    both.line.sent.clear()

    done = both.reconcile()

    assert done == Reconciled()
    assert sorted(both.line.sent) == [
        "GET disputes",
        "GET events",
        "GET payment_intents",
        "GET refunds",
    ]


@pytest.mark.fault("B60")
def test_stripe_s_own_events_say_how_young_they_are(both: Both) -> None:
    both.buy()

    done = both.reconcile()

    assert (done.healed, done.in_flight) == (0, 1)
    assert both.counter.exceptions.stored == {}
    assert both.counter.balance(BUYER) == "550.00"
