"""Facts that are learned at the same time: each pass goes on from what its rival left."""

from dataclasses import replace

import pytest
from prepaid.domain.credits import AccountId, Credits
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.facts import FactOutcome
from prepaid.payments.payment import Payment

from tests.support.ledger_harness import NOW
from tests.support.selling import PRICE, PROFESSIONAL, Counter, refunded
from tests.support.stores import TroubledStore, after

USER = AccountId("user-1")
LOST = Disputed(
    dispute_id="du_1",
    amount=PRICE,
    status=DisputeStatus.LOST,
    withdrawn=True,
    at=NOW,
    currency="usd",
)


@pytest.fixture
def store() -> TroubledStore:
    return TroubledStore()


@pytest.fixture
def counter(store: TroubledStore) -> Counter:
    return Counter(store=store, payments=store.payments)


@pytest.fixture
def payment(counter: Counter, store: TroubledStore) -> Payment:
    bought = counter.buy(USER)
    store.calls.clear()
    return bought


def test_a_fact_goes_on_from_the_account_that_its_rival_left(
    counter: Counter, store: TroubledStore, payment: Payment
) -> None:
    store.at_commit = [after(lambda: counter.harness.give(USER, "5"))]

    assert counter.record_fact(payment, refunded(PRICE)) is FactOutcome.NEW

    assert store.calls["commit"] == 3  # ours that was lost, the rival's, ours
    assert store.calls["load"] == 2  # ours, and the rival's
    assert counter.balance(USER) == "5.00"
    assert counter.violations(USER) == []


def test_a_payment_that_moved_alone_leaves_the_account_as_it_was_read(
    counter: Counter, store: TroubledStore, payment: Payment
) -> None:
    store.at_commit = [after(lambda: store.payments.save(replace(payment, save_card=True)))]

    assert counter.record_fact(payment, refunded(PRICE)) is FactOutcome.NEW

    assert (store.calls["load"], store.calls["commit"]) == (1, 2)
    assert counter.payment(payment).save_card
    assert counter.violations(USER) == []


def test_a_payment_is_written_alone_only_by_an_account_that_was_read_after_it(
    counter: Counter, store: TroubledStore, payment: Payment
) -> None:
    """The rival takes everything back, so that nothing is left to move."""
    store.at_commit = [after(lambda: counter.record_fact(payment, LOST))]

    assert counter.record_fact(payment, refunded(PRICE)) is FactOutcome.NEW

    assert store.calls["load"] == 3  # ours, the rival's, and ours again before the row is written
    assert counter.payment(payment).taken_back == PROFESSIONAL.credits + PROFESSIONAL.bonus
    assert counter.payment(payment).money_refunded == PRICE
    assert counter.account(USER).balance == Credits(0)
    assert counter.violations(USER) == []
