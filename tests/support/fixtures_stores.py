"""The stores that one contract holds to their promises."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import Store
from tests.support.memory import MemoryLedgerStore

BACKENDS = ("memory", "moto", "ministack")


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Return the name of what keeps the data."""
    return str(request.param)


@pytest.fixture
def any_store(backend: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return an empty store."""
    if backend == "memory":
        yield MemoryLedgerStore()
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> Store:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    return ledger_store(client, prefix)
