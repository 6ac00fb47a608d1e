"""Rows of credit_records, word for word: each is written so and read by every later release."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Fingerprint
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoExceptions
from prepaid.payments.dynamodb.records import DynamoRecords
from prepaid.payments.dynamodb.starts import DynamoPaymentStarts
from prepaid.payments.ports import RefundReceipt, RefundRequest
from prepaid.payments.purchase_starts import PurchaseStarts
from prepaid.payments.reconciliation_ports import Source
from prepaid.windows import Window

from tests.golden.reading import stored
from tests.payments.test_stores import payment
from tests.support.audits import audit_row
from tests.support.dynamodb import create_tables, new_client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "credit_records"
OWNER = AccountId("konto-é-1")
AT = Instant(1_795_000_000)
ASKED = RefundRequest(
    payment_id="pay_1",
    account_id=OWNER,
    key="k-1",
    fingerprint=Fingerprint("v1:terms"),
    actor="admin-é",
    reason="zwei Anrufe fielen aus – Kulanz",
    amount=None,
    asked_at=AT,
)
RECEIPT = RefundReceipt(refund_id="re_1", amount=1_500, currency="usd", status="pending")
PART = replace(ASKED, key="k-2", amount=1_500)
STARTS = PurchaseStarts(account_id=OWNER, at=(Instant(AT - 60), AT), version=7)
READING = Window(since=Instant(AT - 3_600), until=AT, after="evt_1")
READ = Window(since=Instant(AT - 3_600), until=AT)


@pytest.fixture
def client() -> Iterator["DynamoDBClient"]:
    """Return a client of empty tables."""
    with mock_aws():
        made = new_client()
        create_tables(made, "", ["stripe_payments", TABLE])
        yield made


def starts_of(client: "DynamoDBClient") -> DynamoPaymentStarts:
    return DynamoPaymentStarts(client, payments="stripe_payments", records=TABLE)


def rows(client: "DynamoDBClient") -> list[Any]:
    """Return every row of the table but those of the audit, in the order of their keys."""
    found = client.scan(TableName=TABLE)["Items"]
    others = [row for row in found if not row["kind_id"]["S"].startswith("audit#")]
    return sorted(others, key=lambda row: (row["kind_id"]["S"], row["sort"]["S"]))


def test_rows_are_written_word_for_word(client: "DynamoDBClient") -> None:
    records = DynamoRecords(RecordsTable(client, TABLE), "stripe")

    DynamoExceptions(RecordsTable(client, TABLE)).report(
        "unreadable_event", "evt_é", "Ohne Währung.", now=AT
    )
    records.remember(OWNER, "cus_1")
    records.ask(ASKED, audit_row())
    records.answer(records.ask(PART, audit_row()), RECEIPT)
    records.keep_window(Source.EVENTS, READING)
    records.keep_window(Source.DISPUTES, READ)
    for starts in (replace(STARTS, version=0, at=(AT,)), replace(STARTS, version=1)):
        starts_of(client).start(payment(f"pay_{starts.version}", OWNER), starts)

    assert rows(client) == stored("release_3", "records")


def test_another_provider_has_rows_of_its_own(client: "DynamoDBClient") -> None:
    table = RecordsTable(client, TABLE)
    first, other = DynamoRecords(table, "stripe"), DynamoRecords(table, "other")
    first.remember(OWNER, "cus_1")
    first.keep_window(Source.EVENTS, READING)

    assert (other.customer(OWNER), other.window(Source.EVENTS)) == (None, None)
    assert other.remember(OWNER, "buyer-7") == "buyer-7"
    other.keep_window(Source.EVENTS, READ)
    assert (first.customer(OWNER), first.window(Source.EVENTS)) == ("cus_1", READING)
    assert (other.customer(OWNER), other.window(Source.EVENTS)) == ("buyer-7", READ)


@pytest.mark.parametrize("release", ["release_2", "release_3"])
def test_rows_are_read(client: "DynamoDBClient", release: str) -> None:
    records = DynamoRecords(RecordsTable(client, TABLE), "stripe")
    for row in stored(release, "records"):
        client.put_item(TableName=TABLE, Item=row)

    assert records.customer(OWNER) == "cus_1"
    assert records.find("pay_1", "k-1") == ASKED
    assert records.find("pay_1", "k-2") == replace(PART, receipt=RECEIPT)
    assert records.window(Source.EVENTS) == READING
    assert records.window(Source.DISPUTES) == READ
    assert starts_of(client).starts(OWNER) == replace(STARTS, version=2)


def test_an_exception_that_was_reported_is_not_written_again(client: "DynamoDBClient") -> None:
    for row in stored("release_2", "records"):
        client.put_item(TableName=TABLE, Item=row)

    DynamoExceptions(RecordsTable(client, TABLE)).report(
        "unreadable_event", "evt_é", "other", now=Instant(AT + 1)
    )

    assert rows(client) == stored("release_2", "records")
