"""Selling: what a repeat finds, what races leave behind, and what reconciliation heals."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId
from prepaid.domain.errors import KeyReused, RateLimited
from prepaid.payments.payment import Payment
from prepaid.payments.ports import Intent
from prepaid.payments.purchase_starts import STARTED_WITHIN_SECONDS
from prepaid.payments.refunds import RefundOrder, Refunds

from tests.support.ledger_harness import NOW
from tests.support.selling import PRICE, Counter, FakePaymentProcessor, paid

USER = AccountId("user-1")


def test_the_terms_stay_as_bought_whatever_the_shelf_says_later() -> None:
    counter = Counter()

    payment = counter.start(USER).payment

    assert (payment.price, payment.currency) == (PRICE, "usd")
    assert (str(payment.credits), str(payment.bonus)) == ("500.00", "50.00")
    assert payment.created_at == NOW


def test_a_payment_and_its_entries_name_the_provider_that_took_the_money() -> None:
    counter = Counter()
    counter.payment_processor.name = "other"

    payment = counter.buy(USER)
    purchase, _ = counter.entries(USER)

    assert (payment.provider, purchase.actor) == ("other", "other")
    assert purchase.key == f"other:{payment.intent_id}"
    assert counter.violations(USER) == []


def test_a_key_that_began_with_one_provider_is_refused_with_another() -> None:
    counter = Counter()
    counter.start(USER)
    counter.payment_processor.name = "other"

    with pytest.raises(KeyReused):
        counter.start(USER)

    assert len(counter.payment_processor.intents) == 1


def test_a_refund_is_asked_of_the_provider_of_its_payment() -> None:
    counter = Counter()
    counter.payment_processor.name = "other"
    payment = counter.buy(USER)
    order = RefundOrder(
        payment_id=payment.payment_id,
        amount=None,
        reason="late",
        actor="admin:1",
        key="back",
        request_id="r",
    )

    Refunds(payments=counter.stored, requests=counter.records).refund(
        order, {"other": counter.payment_processor}.__getitem__, NOW
    )

    assert len(counter.payment_processor.refunds) == 1


def test_one_customer_serves_all_purchases_of_an_account() -> None:
    counter = Counter()

    counter.start(USER, "first")
    counter.start(USER, "second")

    assert counter.payment_processor.asked.count("create_customer") == 1
    assert counter.records.customers == {USER: f"cus_{USER}"}


def test_a_crash_before_the_intent_leaves_terms_that_a_repeat_completes() -> None:
    counter = Counter()
    made: Payment = counter.start(USER).payment
    counter.stored.save(replace(counter.payment(made), intent_id=None))

    again = counter.start(USER)

    assert (again.payment.intent_id, again.replayed) == (made.intent_id, False)
    assert len(counter.payment_processor.intents) == 1


class EarlyWebhookProcessor(FakePaymentProcessor):
    """A processor whose webhook is faster than its answer."""

    def __init__(self, during: Callable[[Intent], None]) -> None:
        super().__init__()
        self._during = during

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:
        intent = super().create_intent(payment, customer_id=customer_id)
        self._during(intent)
        return intent


def test_a_webhook_that_is_faster_than_the_answer_is_no_obstacle() -> None:
    counter = Counter()

    def record_first(intent: Intent) -> None:
        made = counter.stored.payment(intent.payment_id or "")
        assert made is not None
        counter.record_fact(replace(made, intent_id=intent.intent_id), paid(made))

    counter.payment_processor = EarlyWebhookProcessor(record_first)

    started = counter.start(USER)

    assert counter.balance(USER) == "550.00"
    assert started.payment == counter.payment(started.payment)


def test_somebody_who_writes_the_row_meanwhile_is_no_obstacle_either() -> None:
    counter = Counter()

    def touched(intent: Intent) -> None:
        made = counter.stored.payment(intent.payment_id or "")
        assert made is not None
        counter.stored.save(replace(made, problem="looked at"))

    counter.payment_processor = EarlyWebhookProcessor(touched)

    started = counter.start(USER)

    stored = counter.payment(started.payment)
    assert (stored.intent_id, stored.problem) == (f"pi_{stored.payment_id}", "looked at")


def test_an_hour_after_the_first_of_ten_one_more_may_begin() -> None:
    counter = Counter()
    for number in range(10):
        counter.start(USER, f"k-{number}", "starter")

    with pytest.raises(RateLimited) as too_many:
        counter.start(USER, "one-more", "starter")
    counter.now = type(NOW)(NOW + STARTED_WITHIN_SECONDS)
    started = counter.start(USER, "one-more", "starter")

    assert too_many.value.retry_after_seconds == STARTED_WITHIN_SECONDS
    assert not started.replayed
