"""Everything that can happen to an account, shortly, on the store that runs in production."""

import pytest
from hypothesis import HealthCheck, settings
from prepaid.domain.credits import AccountId

from tests.statemachine.machine import AuditedStore, try_everything
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.shop import new_account_id

SHORTLY = settings(
    max_examples=8,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def store(emulator: str) -> AuditedStore:
    """Return an empty store on the emulator."""
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    return ledger_store(client, prefix)


def test_dynamodb_keeps_every_invariant_whatever_happens(store: AuditedStore) -> None:
    def place() -> tuple[AuditedStore, AccountId]:
        return store, new_account_id()

    try_everything(place, SHORTLY)
