"""DynamoDB clients for tests, and tables of their own that match the template."""

import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.config import Config
from prepaid.catalogue.dynamodb.catalogue import DynamoCatalogue
from prepaid.dynamodb.client import CONFIG
from prepaid.dynamodb.readable import held_readable
from prepaid.ledger.dynamodb.store import DynamoLedgerStore, LedgerTables, RecordWriter
from prepaid.payments.dynamodb.payments import DynamoPayments
from prepaid.runtime.wiring.record_writers import record_writers

from tests.support.template import tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REGION = "us-east-1"
UNHURRIED = Config(connect_timeout=20, read_timeout=20)
"""A busy machine is none of the faults that are tested."""
LEDGER_TABLES = (
    "user_credits",
    "credit_transactions",
    "usage_tracking",
    "stripe_payments",
    "credit_alerts",
    "credit_records",
)
CATALOGUE_TABLES = ("credit_packages", "credit_pricing")
READS = ("GetItem", "BatchGetItem", "Query", "Scan")
PRODUCT = "/layers/prepaid/prepaid/"
_numbers = count(1)


@lru_cache(maxsize=1)
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def new_client(url: str | None = None, **options: Any) -> "DynamoDBClient":
    """Return a client as the product configures it but for its timeouts and *options*.

    What the product reads with it must be read consistently, but for ids of accounts in a scan, and
    for indexes, which cannot be.
    """
    client = _session().create_client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=CONFIG.merge(UNHURRIED).merge(Config(**options)),
    )
    for operation in READS:
        client.meta.events.register(f"provide-client-params.dynamodb.{operation}", _consistent)
    return held_readable(cast("DynamoDBClient", client))


def _consistent(params: Mapping[str, Any], **_: object) -> None:
    """Fail where the product asks a table for what may be old."""
    if "IndexName" in params or params.get("ProjectionExpression") == "account_id":
        return
    if not _is_the_products(sys._getframe(1)):
        return
    tables = params.get("RequestItems", {params.get("TableName"): params})
    assert all(each.get("ConsistentRead") is True for each in tables.values()), (
        f"may be old: {params}"
    )


def _is_the_products(frame: FrameType | None) -> bool:
    """Say whether the product called the SDK, and not a test."""
    while frame is not None and "/site-packages/" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame is not None and PRODUCT in frame.f_code.co_filename


def new_prefix() -> str:
    """Return a prefix that no other test's tables have."""
    return f"t{next(_numbers)}-"


def create_tables(client: "DynamoDBClient", prefix: str, names: Iterable[str]) -> None:
    """Create the template's tables *names*, with *prefix* in place of the stack's name."""
    definitions = tables()
    for name in names:
        client.create_table(TableName=prefix + name, **definitions[name])


class LedgerStore(DynamoLedgerStore):
    """The product's store over the tables that *prefix* names, and the payments beside it."""

    def __init__(self, client: "DynamoDBClient", prefix: str) -> None:
        super().__init__(client, ledger_tables(prefix), writers(prefix))
        self.payments = DynamoPayments(client, f"{prefix}stripe_payments")


def ledger_store(client: "DynamoDBClient", prefix: str) -> LedgerStore:
    """Return the store over the tables that *prefix* names."""
    return LedgerStore(client, prefix)


def ledger_tables(prefix: str) -> LedgerTables:
    """Return the ledger's table names."""
    return LedgerTables(
        user_credits=f"{prefix}user_credits",
        credit_transactions=f"{prefix}credit_transactions",
        usage_tracking=f"{prefix}usage_tracking",
    )


def writers(prefix: str) -> Mapping[str, RecordWriter]:
    """Return the product's writers onto the tables that *prefix* names."""
    return record_writers(
        usage_tracking=f"{prefix}usage_tracking",
        stripe_payments=f"{prefix}stripe_payments",
        credit_alerts=f"{prefix}credit_alerts",
        credit_records=f"{prefix}credit_records",
    )


def catalogue(client: "DynamoDBClient", prefix: str, **options: Any) -> DynamoCatalogue:
    """Return the catalogue over the tables that *prefix* names."""
    return DynamoCatalogue(
        client,
        packages_table=f"{prefix}credit_packages",
        pricing_table=f"{prefix}credit_pricing",
        **options,
    )
