"""Puts together the catalogue: packages and prices on DynamoDB."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from prepaid.catalogue.dynamodb.catalogue import DynamoCatalogue
from prepaid.catalogue.ports import Catalogue, CatalogueWriter, PackageEditor
from prepaid.domain.auditing import AuditRow
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.settings import Settings, settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class CatalogueStore(Catalogue, CatalogueWriter, PackageEditor, Protocol):
    """Everything that is asked of the catalogue's tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    catalogue: Callable[[], CatalogueStore]


def write_audit(row: AuditRow, table: str) -> dict[str, Any]:
    """Return the write of what an admin did to the catalogue."""
    from prepaid.dynamodb.audit import put_audit_row  # noqa: PLC0415 - when an admin acts

    return put_audit_row(row, table)


def catalogue_of(
    environment: Settings, client: "Callable[[], DynamoDBClient]" = shared_client
) -> CatalogueStore:
    """Return the catalogue on the tables that *environment* names."""
    return DynamoCatalogue(
        client(),
        packages_table=environment.credit_packages_table,
        pricing_table=environment.credit_pricing_table,
        write_audit=lambda row: write_audit(row, environment.credit_records_table),
    )


parts = Parts(catalogue=cache(lambda: catalogue_of(settings)))


def catalogue() -> CatalogueStore:
    """Return the packages and prices."""
    return parts.catalogue()
