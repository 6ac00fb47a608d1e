"""DynamoDB clients for tests, and tables of their own that match the template."""

from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.config import Config
from prepaid.catalogue.dynamodb import DynamoCatalogue
from prepaid.dynamodb.client import CONFIG
from prepaid.ledger.dynamodb.store import DynamoLedgerStore, LedgerTables

from tests.support.template import tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

REGION = "us-east-1"
UNHURRIED = Config(connect_timeout=20, read_timeout=20)
"""A busy machine is none of the faults that are tested."""
LEDGER_TABLES = tuple(field.name for field in fields(LedgerTables))
CATALOGUE_TABLES = ("credit_packages", "credit_pricing")
_numbers = count(1)


@lru_cache(maxsize=1)
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def new_client(url: str | None = None, **options: Any) -> "DynamoDBClient":
    """Return a client as the product configures it but for its timeouts and *options*."""
    client = _session().create_client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=CONFIG.merge(UNHURRIED).merge(Config(**options)),
    )
    return cast("DynamoDBClient", client)


def new_prefix() -> str:
    """Return a prefix that no other test's tables have."""
    return f"t{next(_numbers)}-"


def create_tables(client: "DynamoDBClient", prefix: str, names: Iterable[str]) -> None:
    """Create the template's tables *names*, with *prefix* in place of the stack's name."""
    definitions = tables()
    for name in names:
        client.create_table(TableName=prefix + name, **definitions[name])


def ledger_store(client: "DynamoDBClient", prefix: str) -> DynamoLedgerStore:
    """Return the store over the tables that *prefix* names."""
    return DynamoLedgerStore(client, ledger_tables(prefix))


def ledger_tables(prefix: str) -> LedgerTables:
    """Return the ledger's table names."""
    return LedgerTables(**{name: prefix + name for name in LEDGER_TABLES})


def catalogue(client: "DynamoDBClient", prefix: str, **options: Any) -> DynamoCatalogue:
    """Return the catalogue over the tables that *prefix* names."""
    return DynamoCatalogue(
        client,
        packages_table=f"{prefix}credit_packages",
        pricing_table=f"{prefix}credit_pricing",
        **options,
    )
