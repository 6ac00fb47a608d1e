"""What each request sends, reads and writes, counted at the client."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prepaid.domain.account import Version
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InsufficientCredits
from prepaid.domain.pricing import ONE, Quantity
from prepaid.ledger.dynamodb import items
from prepaid.metering.work import PaidWork, Used, Work

from tests.support.asking import actor
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.full_account import full_account
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, new_account_id
from tests.support.measures import item_size, metered

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BATCH = 50
TOMORROW = Instant(NOW + DAY_SECONDS)
LONG_TEXT = "3f0c9a52-7d1e-4b63-9a41-52d0c8e7b6f9"


@dataclass(frozen=True, slots=True)
class Cost:
    """One request: its round trips and units, and how many entries it wrote."""

    name: str
    calls: int
    read: float
    write: float
    entries: int


def measured(url: str) -> list[Cost]:
    """Make each request once, on an account of 100.00 with one hold."""
    client, prefix = _tables(url)
    units = metered(client)
    harness = LedgerHarness(ledger_store(client, prefix))

    def cost(name: str, entries: int, request: Callable[[AccountId, int], object]) -> Cost:
        account_id = new_account_id()
        harness.give(account_id, "100.00")
        hold_id = harness.hold(account_id, "hold", "2.00", expires_in=2 * DAY_SECONDS).entry.seq
        harness.spend(account_id, "earlier")
        units.clear()
        with suppress(InsufficientCredits):
            request(account_id, hold_id)
        return Cost(name, units.calls, units.read, units.write, entries)

    return [
        cost("spend", 1, lambda who, _: harness.spend(who, "k")),
        cost("spend, first of a day", 1, lambda who, _: harness.spend(who, "k", now=TOMORROW)),
        cost("spend that raises an alert", 1, lambda who, _: harness.spend(who, "k", 80)),
        cost("replay", 0, lambda who, _: harness.spend(who, "earlier")),
        cost("refusal", 0, lambda who, _: harness.spend(who, "k", 1_000)),
        cost(f"batch of {BATCH}", BATCH, lambda who, _: harness.spend_many(who, _texts())),
        cost("hold", 1, lambda who, _: harness.hold(who, "k", "1.00", expires_in=60)),
        cost("capture", 1, lambda who, hold: harness.capture(who, hold, "k")),
        cost("void", 1, lambda who, hold: harness.void(who, hold, "k")),
        cost("guarded work (2 before, 2 after)", 2, lambda who, _: _guarded(harness, who)),
        cost("adjustment", 1, lambda who, _: harness.give(who, "1.00", "k")),
    ]


def _guarded(harness: LedgerHarness, account_id: AccountId) -> None:
    """Do what the middleware does around a handler."""
    work = Work(
        account_id=account_id,
        operation="workflow_execution",
        key="k",
        seconds=60,
        expected=Quantity(ONE),
    )
    paid_work = PaidWork(harness.ledger, harness.catalogue)
    attempt = paid_work.begin(work, actor(), NOW)
    paid_work.pay(attempt, Used(quantities=Quantity(ONE)), actor(), NOW)


def sizes(url: str) -> dict[str, int]:
    """Return the bytes of an account with everything on it, and of entries."""
    client, prefix = _tables(url)
    harness, account_id = LedgerHarness(ledger_store(client, prefix)), AccountId(LONG_TEXT)
    harness.give(account_id, "100.00")
    spent = harness.spend(account_id, LONG_TEXT).entry
    held = harness.hold(account_id, LONG_TEXT, "2.00").entry
    full = items.account_to_item(full_account(account_id), version=Version(10_000))
    return {
        "account: 3 grants, 2 holds, 5 operations, settings, alerts": item_size(full),
        "entry of a spend": item_size(items.entry_to_item(spent)),
        "entry of a hold": item_size(items.entry_to_item(held)),
    }


def _tables(url: str) -> "tuple[DynamoDBClient, str]":
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    return client, prefix


def _texts() -> list[str]:
    return [f"event-{number}" for number in range(BATCH)]
