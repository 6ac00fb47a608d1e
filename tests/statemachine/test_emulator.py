"""Everything that can happen to an account, shortly, on the store that runs in production."""

import pytest
from hypothesis import HealthCheck, settings
from prepaid.alerts.dynamodb.outbox import alert_from_item
from prepaid.domain.credits import AccountId
from prepaid.domain.thresholds import Alert

from tests.statemachine.machine import MachineSetup, MakePlace, try_everything
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import new_account_id

SHORTLY = settings(
    max_examples=8,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def make_place(emulator: str) -> MakePlace:
    """Return a way to accounts of one store on the emulator."""
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    store = ledger_store(client, prefix)

    def alerts(account_id: AccountId) -> list[Alert]:
        answer = client.query(
            TableName=f"{prefix}credit_alerts",
            KeyConditionExpression="account_id = :account_id",
            ExpressionAttributeValues={":account_id": {"S": account_id}},
        )
        return list(map(alert_from_item, answer["Items"]))

    return lambda: MachineSetup(store, new_account_id(), alerts)


def test_dynamodb_keeps_every_invariant_whatever_happens(make_place: MakePlace) -> None:
    try_everything(make_place, SHORTLY)
