"""An account of the first release lives on: read, decided on, written in the form of today."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws
from prepaid.domain.credits import AccountId, Credits
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.dynamodb.payments import DynamoPayments, payment_from_item
from prepaid.payments.payment import PaymentStatus

from tests.golden.reading import stored
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import DAY_SECONDS, NOW
from tests.support.selling import Counter, refunded

OWNER = AccountId("konto-é-1")
KEPT = {
    "user_credits": "account",
    "credit_transactions": "entries",
    "usage_tracking": "closed_days",
    "stripe_payments": "payment",
}


class Upgraded:
    """A stack whose tables hold what the first release wrote."""

    def __init__(self, url: str | None) -> None:
        self.client, self.prefix = new_client(url), new_prefix()
        create_tables(self.client, self.prefix, LEDGER_TABLES)
        for table, name in KEPT.items():
            found = stored("release_1", name)
            for item in found if isinstance(found, list) else [found]:
                self.client.put_item(TableName=self.prefix + table, Item=item)
        self.counter = Counter(
            store=ledger_store(self.client, self.prefix),
            payments=DynamoPayments(self.client, f"{self.prefix}stripe_payments"),
        )

    def item(self, table: str, **key: str) -> Any:
        """Return an item as it stands in a table."""
        typed = {name: {"S": value} for name, value in key.items()}
        return self.client.get_item(TableName=self.prefix + table, Key=typed).get("Item")


@pytest.fixture(params=["moto", "ministack"])
def upgraded(request: pytest.FixtureRequest) -> Iterator[Upgraded]:
    """Return a stack that was just upgraded."""
    if request.param == "moto":
        with mock_aws():
            yield Upgraded(None)
    else:
        yield Upgraded(request.getfixturevalue("emulator"))


def test_what_the_first_release_wrote_verifies(upgraded: Upgraded) -> None:
    counter = upgraded.counter

    assert counter.violations(OWNER) == []
    assert counter.balance(OWNER) == "321.81"


def test_the_next_commit_writes_the_form_of_today(upgraded: Upgraded) -> None:
    counter = upgraded.counter

    spent = counter.harness.spend(OWNER, "first-of-today", 3).entry

    assert spent.seq == 16
    item = upgraded.item("user_credits", account_id=OWNER)
    assert item["version"] == {"N": "14"}
    assert item["b"] == {"N": "31881"}
    assert not {"balance", "operations", "holds", "grants", "as_of"} & item.keys()
    assert counter.violations(OWNER) == []


def test_holds_of_the_first_release_are_captured_at_their_price_and_expire(
    upgraded: Upgraded,
) -> None:
    counter = upgraded.counter

    captured = counter.harness.capture(OWNER, 10, "end", 5).entry
    ended = counter.harness.settle(OWNER, type(NOW)(NOW + 7_200))

    assert (captured.amount, captured.held_change) == (Credits(-500), Credits(-4_000))
    assert [(each.key, each.held_change) for each in ended] == [("hold-end:11", Credits(-1_500))]
    assert counter.account(OWNER).holds == ()
    assert counter.violations(OWNER) == []


def test_a_key_of_the_first_release_is_still_answered_with_its_entry(upgraded: Upgraded) -> None:
    counter = upgraded.counter

    found = counter.harness.ledger.entry(OWNER, counter.entries(OWNER)[7].key)

    assert found is not None
    assert (found.seq, found.amount) == (8, Credits(-175))


def test_money_that_the_first_release_took_back_is_given_back(upgraded: Upgraded) -> None:
    counter = upgraded.counter
    payment = payment_from_item(stored("release_1", "payment"))

    counter.record_fact(
        payment, Disputed(dispute_id="du_1", amount=500, status=DisputeStatus.WON, reinstated=True)
    )

    assert counter.balance(OWNER) == "382.92"
    assert counter.violations(OWNER) == []
    counter.record_fact(payment, refunded(3_000, refund_id="re_b"))
    assert counter.payment(payment).status is PaymentStatus.REFUNDED
    assert counter.payment(payment).taken_back == Credits(55_000)
    assert counter.violations(OWNER) == []


def test_days_and_grants_of_the_first_release_end_as_they_would_have(upgraded: Upgraded) -> None:
    counter = upgraded.counter
    later = type(NOW)(NOW + 3 * DAY_SECONDS)

    counter.harness.settle(OWNER, later)
    counter.harness.spend(OWNER, "later", now=later)

    today = upgraded.item("usage_tracking", account_id=OWNER, day="2026-11-18")
    assert {row["L"][0]["S"] for row in today["operations"]["L"]} == {
        "vapi_call",
        "transcription",
        "workflow_execution",
    }
    assert [each.day.day for each in counter.store.closed_days(OWNER)] == [17, 18]
    assert counter.balance(OWNER) == "304.56"
    assert counter.violations(OWNER) == []
