"""Rows of edited prices, word for word: each is written so and read by every later release."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws
from prepaid.catalogue.dynamodb.prices import DynamoPriceEditor
from prepaid.catalogue.versions import OperationPrices, PriceChange, PriceDraft
from prepaid.domain.credits import Instant
from prepaid.domain.pricing import ONE, Price, Quantity, Rate, UnitPrice

from tests.golden.reading import stored
from tests.support.audits import audit_row
from tests.support.dynamodb import create_tables, new_client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLES = ("credit_pricing", "credit_records")
AT = Instant(1_795_000_000)
ODD = "Ton #1 %25 😀"
PAGE = UnitPrice(
    unit="Seite",
    rate=Rate(100_000),
    increment=Quantity(ONE),
    minimum=Quantity(2 * ONE),
    description="je Seite",
    counted=True,
)
PRICE = Price(plan="default", operation=ODD, effective_from=AT, units=(PAGE,))
ENDED = Price(
    plan="default", operation=ODD, effective_from=Instant(AT + 600), units=(PAGE,), ended=True
)
DRAFT = PriceDraft(
    draft_id="entwurf",
    plan="default",
    operation=ODD,
    units=(PAGE,),
    prices_version=2,
    updated_at=AT,
    updated_by="admin:ä",
)


@pytest.fixture
def client() -> Iterator["DynamoDBClient"]:
    with mock_aws():
        made = new_client()
        create_tables(made, "", TABLES)
        yield made


def editor(client: "DynamoDBClient") -> DynamoPriceEditor:
    return DynamoPriceEditor(client, pricing="credit_pricing", records="credit_records")


def rows(client: "DynamoDBClient") -> dict[str, list[Any]]:
    """Return every row but those of the audit."""
    found = {table: client.scan(TableName=table)["Items"] for table in TABLES}
    return {
        "credit_pricing": sorted(
            found["credit_pricing"], key=lambda row: int(row["effective_from"]["N"])
        ),
        "credit_records": sorted(
            (row for row in found["credit_records"] if "audit#" not in row["kind_id"]["S"]),
            key=lambda row: row["kind_id"]["S"],
        ),
    }


def test_prices_their_changes_and_drafts_are_written_word_for_word(
    client: "DynamoDBClient",
) -> None:
    editing = editor(client)
    for version, price in enumerate((PRICE, ENDED)):
        read = OperationPrices(plan="default", operation=ODD, versions=(), version=version)
        editing.change_prices(PriceChange(read=read, add=price), audit_row())
    editing.write_draft(DRAFT, audit_row(), new=True)

    assert rows(client) == stored("release_3", "prices")


def test_prices_their_changes_and_drafts_are_read(client: "DynamoDBClient") -> None:
    for table, found in stored("release_3", "prices").items():
        for row in found:
            client.put_item(TableName=table, Item=row)

    read = editor(client).prices_of("default", ODD)
    [draft] = editor(client).drafts()

    assert (read.versions, read.version) == ((PRICE, ENDED), 2)
    assert (draft.draft_id, draft.units, draft.prices_version, draft.version) == (
        "entwurf",
        (PAGE,),
        2,
        1,
    )
