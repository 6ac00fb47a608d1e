"""How much usage analytics read: by day, operation and variant the same, whatever happened."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws
from prepaid.analytics.periods import Grouping
from prepaid.analytics.usage import UsageAnalytics, UsageQuestion
from prepaid.domain.credits import AccountId, Instant

from tests.support.dynamodb import LEDGER_TABLES, create_tables, ledger_store, new_client
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, new_account_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FLAT = [each for each in Grouping if each is not Grouping.REFERENCE]
DAYS = 3


@pytest.fixture
def client() -> "Iterator[DynamoDBClient]":
    with mock_aws():
        client = new_client()
        create_tables(client, "", LEDGER_TABLES)
        yield client


def used_for_days(client: "DynamoDBClient", uses_a_day: int) -> AccountId:
    harness = LedgerHarness(ledger_store(client, ""))
    account_id = new_account_id()
    harness.give(account_id, "10000")
    for day in range(DAYS):
        now = Instant(NOW + day * DAY_SECONDS)
        harness.spend_many(account_id, [f"{day}-{number}" for number in range(uses_a_day)], now)
    return account_id


def read_for(
    client: "DynamoDBClient", account_id: AccountId, grouping: Grouping, **asked: Any
) -> tuple[int, int]:
    """Answer one question; count its requests and the items that they read."""
    counted = {"requests": 0, "items": 0}

    def add(parsed: dict[str, Any], **_: object) -> None:
        counted["requests"] += 1
        counted["items"] += parsed.get("ScannedCount", "Item" in parsed)

    events = client.meta.events
    events.register("after-call.dynamodb", add)
    try:
        question = UsageQuestion(account_id=account_id, grouping=grouping, **asked)
        analytics = UsageAnalytics(history=ledger_store(client, ""), time_is_up=lambda: False)
        analytics.report(question, Instant(NOW + (DAYS - 1) * DAY_SECONDS))
    finally:
        events.unregister("after-call.dynamodb", add)
    return counted["requests"], counted["items"]


@pytest.mark.fault(
    "E71",
    "An account used so much that its entries cannot be read for an answer",
    "By time, operation and variant an answer reads the account and its closed days",
)
def test_an_answer_reads_the_same_after_few_events_or_many(client: "DynamoDBClient") -> None:
    few, many = used_for_days(client, 2), used_for_days(client, 40)

    read = {
        read_for(client, account_id, grouping, compare=True)
        for account_id in (few, many)
        for grouping in FLAT
    }

    assert read == {(3, 5)}


def test_only_entries_tell_of_references_and_of_the_largest(client: "DynamoDBClient") -> None:
    account_id = used_for_days(client, 2)

    assert read_for(client, account_id, Grouping.REFERENCE) == (4, 12)
    assert read_for(client, account_id, Grouping.DAY, largest=True) == (4, 12)
