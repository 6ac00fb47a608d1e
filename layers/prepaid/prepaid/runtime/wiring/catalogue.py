"""Puts together the catalogue: packages and prices on DynamoDB."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from prepaid.catalogue.dynamodb import DynamoCatalogue
from prepaid.catalogue.ports import Catalogue, CatalogueWriter
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.settings import Settings, settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class CatalogueStore(Catalogue, CatalogueWriter, Protocol):
    """Everything that is asked of the catalogue's tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    catalogue: Callable[[], CatalogueStore]


def catalogue_of(
    environment: Settings, client: "Callable[[], DynamoDBClient]" = shared_client
) -> CatalogueStore:
    """Return the catalogue on the tables that *environment* names."""
    return DynamoCatalogue(
        client(),
        packages_table=environment.credit_packages_table,
        pricing_table=environment.credit_pricing_table,
    )


parts = Parts(catalogue=cache(lambda: catalogue_of(settings)))


def catalogue() -> CatalogueStore:
    """Return the packages and prices."""
    return parts.catalogue()
