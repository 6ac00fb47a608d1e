"""Puts together what edits prices: their table, and the records beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prepaid.catalogue.dynamodb.prices import DynamoPriceEditor
from prepaid.catalogue.ports import PriceEditor
from prepaid.dynamodb.client import shared_client
from prepaid.runtime.settings import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    price_editor: Callable[[], PriceEditor]


def _price_editor() -> PriceEditor:
    return DynamoPriceEditor(
        shared_client(),
        pricing=settings.credit_pricing_table,
        records=settings.credit_records_table,
    )


parts = Parts(price_editor=cache(_price_editor))


def price_editor() -> PriceEditor:
    """Return what admins edit prices with."""
    return parts.price_editor()
