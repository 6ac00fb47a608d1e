"""Puts the parts together: what each function asks for, built once and when it is first needed.

Tests replace `parts` as a whole: ``monkeypatch.setattr(wiring, "parts", Parts(store=…, …))``.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from prepaid.catalogue.dynamodb import DynamoCatalogue
from prepaid.catalogue.ports import Catalogue, CatalogueWriter
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.client import shared_client
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.dynamodb.store import DynamoLedgerStore, LedgerTables
from prepaid.ledger.ports import ExpiringAccounts, LedgerAudit, LedgerStore, RetryBudget
from prepaid.ledger.posting import Ledger
from prepaid.metering.usage import Metering
from prepaid.runtime.record_writers import record_writers
from prepaid.runtime.retries import Deadline
from prepaid.runtime.settings import Settings, settings

if TYPE_CHECKING:
    from prepaid.web.paging import Cursors


class Store(LedgerStore, ExpiringAccounts, LedgerAudit, Protocol):
    """Everything that is asked of the ledger's tables."""


class CatalogueStore(Catalogue, CatalogueWriter, Protocol):
    """Everything that is asked of the catalogue's tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    store: Callable[[], Store]
    catalogue: Callable[[], CatalogueStore]
    exceptions: Callable[[], Exceptions]
    signing_key: Callable[[], bytes]
    budget: Callable[[], RetryBudget]


def store_of(environment: Settings) -> Store:
    """Return the ledger's store on the tables that *environment* names."""
    tables = LedgerTables(
        user_credits=environment.user_credits_table,
        credit_transactions=environment.credit_transactions_table,
        usage_tracking=environment.usage_tracking_table,
    )
    writers = record_writers(
        usage_tracking=environment.usage_tracking_table,
        stripe_payments=environment.stripe_payments_table,
        credit_alerts=environment.credit_alerts_table,
    )
    return DynamoLedgerStore(shared_client(), tables, writers)


def _catalogue() -> CatalogueStore:
    return DynamoCatalogue(
        shared_client(),
        packages_table=settings.credit_packages_table,
        pricing_table=settings.credit_pricing_table,
    )


def _exceptions() -> Exceptions:
    from prepaid.inbox.dynamodb import DynamoExceptions  # noqa: PLC0415 - a spend reports nothing

    return DynamoExceptions(shared_client(), settings.credit_records_table)


def _signing_key() -> bytes:
    from prepaid.runtime.secrets import (  # noqa: PLC0415 - a spend needs no secret
        Unreadable,
        cached_secret,
    )

    try:
        return cached_secret(settings.signing_secret).get().encode()
    except Unreadable as exc:
        raise Unavailable("The secret that signs cursors cannot be read.") from exc


parts = Parts(
    store=cache(lambda: store_of(settings)),
    catalogue=cache(_catalogue),
    exceptions=cache(_exceptions),
    signing_key=_signing_key,
    budget=Deadline,
)

if settings.aws_lambda_function_name:
    shared_client()  # while Lambda initialises, before anybody waits for an answer
    gc.freeze()  # what is imported by now stays, so no collection need look at it again
    gc.set_threshold(50_000, 20, 50)


def store() -> Store:
    """Return the store of accounts and entries."""
    return parts.store()


def catalogue() -> CatalogueStore:
    """Return the packages and prices."""
    return parts.catalogue()


def exceptions() -> Exceptions:
    """Return where to report what an admin must look at."""
    return parts.exceptions()


def ledger() -> Ledger:
    """Return the ledger."""
    return Ledger(parts.store(), parts.budget)


def metering() -> Metering:
    """Return the metering of usage and holds."""
    return Metering(ledger(), parts.catalogue())


def cursors() -> "Cursors":
    """Return what writes and reads cursors. Raises `Unavailable` without its key."""
    from prepaid.web.paging import Cursors  # noqa: PLC0415 - a spend is no list

    return Cursors(parts.signing_key())
