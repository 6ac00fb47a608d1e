"""Jobs that are started twice, late or not at all do no harm and catch up."""

import pytest
from prepaid.domain.entries import EntryKind
from prepaid.payments.ports import PaymentEvent

from tests.support.sales import Sales
from tests.support.selling import paid
from tests.support.stage import NOW, Stage, function

DAY = 86_400


@pytest.mark.fault(
    "C30.2",
    "The settlement runs twice, late or never",
    "Written once, in the order in which it ended; decisions do not wait for it",
)
def test_a_settlement_that_runs_twice_writes_once(funded: Stage) -> None:
    funded.hold()
    funded.give("3.00", expires_at=NOW + 30)
    funded.now += 60
    settle = function("settle_due")
    settle({})
    once = funded.entries()

    again = settle({})

    assert (again["accounts"], again["entries"]) == (0, 0)
    assert funded.entries() == once


@pytest.mark.fault("C30.2")
def test_a_settlement_that_is_a_month_late_writes_everything_at_its_own_place(
    funded: Stage,
) -> None:
    funded.give("1.00", expires_at=NOW + 3 * DAY, key="third")
    funded.hold()
    funded.give("2.00", expires_at=NOW + DAY, key="second")
    funded.now += 31 * DAY

    answer = function("settle_due")({})

    assert answer["entries"] == 3
    assert [(entry.kind, str(entry.amount)) for entry in funded.entries()[-3:]] == [
        (EntryKind.RELEASE, "0.00"),
        (EntryKind.EXPIRY, "-2.00"),
        (EntryKind.EXPIRY, "-1.00"),
    ]
    assert function("verify_ledger")({})["violations"] == 0


@pytest.mark.fault("C30.2")
def test_without_any_settlement_nothing_expired_is_spent_or_held(funded: Stage) -> None:
    funded.give("50.00", expires_at=NOW + 30)
    funded.hold(amount="90.00")
    funded.now += 60

    refused = funded.spend(body={"quantities": {"call": 201}})
    shown = funded.call("get_balance").json

    assert refused.json["available"] == "100.00"
    assert (shown["available"], shown["held"]) == ("100.00", "0.00")


@pytest.mark.fault(
    "C30.4",
    "The verification runs twice",
    "It changes nothing and reports drift once a day",
)
def test_a_verification_that_runs_twice_changes_nothing(funded: Stage) -> None:
    funded.spend()
    before = (funded.store.load(funded.entries()[0].account_id), funded.entries())

    answers = [function("verify_ledger")({}) for _ in range(2)]

    assert answers[0] == answers[1]
    assert (funded.store.load(funded.entries()[0].account_id), funded.entries()) == before


@pytest.mark.fault(
    "B27",
    "The endpoint was away for days",
    "The schedule learns what Stripe could not deliver",
)
def test_a_webhook_that_was_away_for_four_days_is_made_up_for_once(sales: Sales) -> None:
    payment = sales.payment(sales.buy())
    missed = PaymentEvent(
        intent_id=str(payment.intent_id), payment_id=payment.payment_id, fact=paid(payment)
    )
    sales.payment_processor.undelivered.append(missed)
    sales.stage.now += 4 * DAY
    reconcile = function("reconcile_payments")

    first, second = reconcile({}), reconcile({})

    asked = f"events from {NOW + 4 * DAY - 30 * DAY} to {NOW + 4 * DAY} after None"
    assert asked in sales.payment_processor.asked
    assert (first["healed"], second["healed"]) == (1, 0)
    assert sales.stage.balance() == "550.00"
    assert len(sales.stage.entries()) == 2
