"""What decides is read consistently; only indexes, which cannot be, and a scan of ids are not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.catalogue.dynamodb.catalogue import DynamoCatalogue
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Key
from prepaid.dynamodb.records import RecordsTable
from prepaid.ledger.dynamodb.store import DynamoLedgerStore
from prepaid.ledger.ports import HistoryQuery
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.reconciliation_ports import Source

from tests.support.dynamodb import (
    CATALOGUE_TABLES,
    LEDGER_TABLES,
    catalogue,
    create_tables,
    ledger_store,
    new_client,
)
from tests.support.ledger_harness import NOW

ACCOUNT = AccountId("user-1")
KEYS = (Key("u:usage:1"), Key("u:usage:2"))


@dataclass(frozen=True)
class Adapters:
    """Everything that reads tables, and the requests that were made of DynamoDB."""

    ledger: DynamoLedgerStore
    catalogue: DynamoCatalogue
    payments: DynamoPayments
    starts: DynamoPaymentStarts
    records: DynamoRecords
    outbox: DynamoOutbox
    requests: list[dict[str, Any]]


@pytest.fixture
def adapters() -> Iterator[Adapters]:
    with mock_aws():
        client, requests = new_client(), []
        create_tables(client, "", [*LEDGER_TABLES, *CATALOGUE_TABLES])
        client.meta.events.register(
            "provide-client-params.dynamodb", lambda params, **_: requests.append(dict(params))
        )
        yield Adapters(
            ledger_store(client, ""),
            catalogue(client, ""),
            DynamoPayments(client, "stripe_payments"),
            DynamoPaymentStarts(client, payments="stripe_payments", records="credit_records"),
            DynamoRecords(RecordsTable(client, "credit_records"), "stripe"),
            DynamoOutbox(client, "credit_alerts"),
            requests,
        )


def is_consistent(request: dict[str, Any]) -> bool:
    batches = request.get("RequestItems", {"": request})
    return all(each.get("ConsistentRead") is True for each in batches.values())


CONSISTENT: dict[str, Callable[[Adapters], object]] = {
    "an account": lambda on: on.ledger.load(ACCOUNT),
    "an entry": lambda on: on.ledger.entries(ACCOUNT, KEYS[:1]),
    "entries": lambda on: on.ledger.entries(ACCOUNT, KEYS),
    "entries under a prefix": lambda on: on.ledger.entries_under(ACCOUNT, KEYS[0], limit=5),
    "all entries": lambda on: list(on.ledger.all_entries(ACCOUNT)),
    "all entries under a prefix": lambda on: list(on.ledger.all_under(ACCOUNT, KEYS[0])),
    "closed days": lambda on: on.ledger.closed_days(ACCOUNT),
    "prices of an operation": lambda on: on.catalogue.prices("default", "message"),
    "a payment": lambda on: on.payments.payment("pay_1"),
    "starts of purchases": lambda on: on.starts.starts(ACCOUNT),
    "a customer": lambda on: on.records.customer(ACCOUNT),
    "a refund's request": lambda on: on.records.find("pay_1", "key"),
    "a window of reconciliation": lambda on: on.records.window(next(iter(Source))),
}
FROM_AN_INDEX: dict[str, Callable[[Adapters], object]] = {
    "history": lambda on: on.ledger.history(HistoryQuery(account_id=ACCOUNT, limit=5)),
    "entries in order": lambda on: list(on.ledger.in_order(ACCOUNT)),
    "accounts that are due": lambda on: next(on.ledger.due(now=NOW, shard=0), None),
    "the payment of an intent": lambda on: on.payments.by_intent("pi_1"),
    "payments of an account": lambda on: on.payments.of_account(ACCOUNT, limit=5),
    "packages": lambda on: on.catalogue.packages(),
    "the price list": lambda on: on.catalogue.price_list("default"),
    "alerts that wait": lambda on: next(on.outbox.waiting(before=Instant(NOW)), None),
}


@pytest.mark.parametrize("read", CONSISTENT.values(), ids=CONSISTENT)
def test_what_decides_is_read_consistently(
    adapters: Adapters, read: Callable[[Adapters], object]
) -> None:
    read(adapters)

    assert adapters.requests
    assert all(is_consistent(each) for each in adapters.requests)


@pytest.mark.parametrize("read", FROM_AN_INDEX.values(), ids=FROM_AN_INDEX)
def test_what_is_listed_is_read_from_an_index(
    adapters: Adapters, read: Callable[[Adapters], object]
) -> None:
    read(adapters)

    assert adapters.requests
    assert all("IndexName" in each for each in adapters.requests)


def test_ids_of_all_accounts_are_scanned_without_their_accounts(adapters: Adapters) -> None:
    assert list(adapters.ledger.accounts(segment=0, segments=1)) == []

    [request] = adapters.requests
    assert request["ProjectionExpression"] == "account_id"
