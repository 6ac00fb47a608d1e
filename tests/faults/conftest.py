"""What tests of faults share: tables on the emulator, and writers whose wire can fail."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import botocore.endpoint
import pytest
from prepaid.ledger.ports import RetryBudget

from tests.support.dynamodb import (
    CATALOGUE_TABLES,
    LEDGER_TABLES,
    catalogue,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import PRICES, LedgerHarness
from tests.support.memory import MemoryRetryBudget
from tests.support.wire import Plan, Wire, unharmed


@dataclass
class EmulatorTables:
    """Tables on the emulator, with prices; `clean` is a writer to whom nothing happens."""

    url: str
    prefix: str

    @cached_property
    def clean(self) -> LedgerHarness:
        """Return the writer that prepares and looks after."""
        return self.harness()[0]

    def harness(
        self,
        plan: Plan = unharmed,
        *,
        attempts: int = 2,
        budget: Callable[[], RetryBudget] = MemoryRetryBudget,
    ) -> tuple[LedgerHarness, Wire]:
        """Open a writer with an empty cache, whose client makes so many *attempts* at a call."""
        retries = {"mode": "standard", "total_max_attempts": attempts}
        client = new_client(self.url, retries=retries, max_pool_connections=16)
        wire = Wire(client, plan)
        harness = LedgerHarness(
            ledger_store(client, self.prefix), catalogue(client, self.prefix), budget=budget
        )
        return harness, wire


@pytest.fixture(scope="session")
def tables(emulator: str) -> EmulatorTables:
    """Return tables that these tests share: each test has accounts of its own."""
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, [*LEDGER_TABLES, *CATALOGUE_TABLES])
    prices = catalogue(client, prefix)
    for each in PRICES:
        prices.add_price(each)
    return EmulatorTables(emulator, prefix)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore try again at once."""
    monkeypatch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
