"""The alerts of an account over HTTP, and every history that keeps the same promises."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from moto import mock_aws
from prepaid.alerts.dynamodb.history import DynamoAlertHistory
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.alerts.history import AlertHistory, PastAlert
from prepaid.alerts.ports import Outbox
from prepaid.domain.account import Version
from prepaid.domain.credits import Instant

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import Store, new_account_id
from tests.support.memory import MemoryLedgerStore
from tests.support.samples import alert, decision, entry
from tests.support.stage import NOW, OTHER, USER, Stage


@dataclass(frozen=True)
class AlertStores:
    store: Store
    outbox: Outbox
    history: AlertHistory


@pytest.fixture(params=["memory", "moto"])
def adapters(request: pytest.FixtureRequest) -> Iterator[AlertStores]:
    if request.param == "memory":
        store = MemoryLedgerStore()
        yield AlertStores(store, store.outbox, store.outbox)
        return
    with mock_aws():
        client, prefix = new_client(None), new_prefix()
        create_tables(client, prefix, LEDGER_TABLES)
        table = f"{prefix}credit_alerts"
        yield AlertStores(
            ledger_store(client, prefix),
            DynamoOutbox(client, table),
            DynamoAlertHistory(client, table),
        )


def test_a_history_is_of_one_account_and_the_latest_first(adapters: AlertStores) -> None:
    account_id, another = new_account_id(), new_account_id()
    alerts = [alert(account_id, seq, at=NOW + seq, suppressed=seq == 2) for seq in (1, 2, 3)]
    made = decision(account_id, entry(account_id))
    theirs = decision(another, entry(another)).with_record(alert(another))
    adapters.store.commit(made.with_records(*alerts), seen=Version(0))
    adapters.store.commit(theirs, seen=Version(0))
    announced = Instant(NOW + 9)
    adapters.outbox.delivered(alerts[0], now=announced)

    everything = adapters.history.of_account(account_id, limit=9)
    first = adapters.history.of_account(account_id, limit=2)
    rest = adapters.history.of_account(account_id, limit=2, before=first[-1].alert.alert_id)

    assert list(everything) == [*first, *rest]
    assert [each.alert.seq for each in everything] == [3, 2, 1]
    assert everything[1].alert.suppressed
    assert rest == [PastAlert(rest[0].alert, announced)]
    assert everything[0].delivered_at is None


def test_an_account_sees_what_it_was_warned_of(stage: Stage) -> None:
    stage.fund("22.00")
    stage.call("put_settings", {"limits": {"daily": "2.60"}}, headers={"if-match": "*"})
    stage.spend("a")

    reply = stage.call("list_alerts")

    reached, low = sorted(reply.json["items"], key=lambda each: str(each["kind"]), reverse=True)
    assert reply.status == 200
    assert (low["kind"], low["thresholds"], low["limit"]) == ("balance_low", ["20.00"], None)
    assert (reached["kind"], reached["limit"]["used"]) == ("limit_reached", "2.60")
    assert reached["limit"]["resets_at"] == "2026-11-19T00:00:00Z"
    assert low["alert_id"] != reached["alert_id"]
    assert (low["raised_at"], low["delivered_at"], low["quiet"]) == (
        "2026-11-18T11:06:40Z",
        None,
        False,
    )


def test_pages_follow_one_another_and_belong_to_one_account(stage: Stage) -> None:
    stage.fund("22.00")
    stage.call("put_settings", {"limits": {"daily": "2.60"}}, headers={"if-match": "*"})
    stage.spend("a")
    first = stage.call("list_alerts", query={"limit": "1"}).json
    cursor = {"limit": "1", "cursor": first["next_cursor"]}

    second = stage.call("list_alerts", query=cursor).json
    others = stage.call("list_alerts", query=cursor, account_id=OTHER)
    admins = stage.call(
        "list_alerts", query={"account_id": USER}, role="admin", account_id="admin-1"
    )

    assert second["next_cursor"] is None
    assert admins.json["items"] == [*first["items"], *second["items"]]
    assert (others.status, others.code) == (400, "cursor_invalid")
