"""Puts together what reads entries by their keys alone, without the rest of the ledger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from prepaid.domain.entries import Entry
from prepaid.dynamodb.batches import read_batch
from prepaid.dynamodb.client import shared_client
from prepaid.dynamodb.values import serialize
from prepaid.ledger.dynamodb.items import entry_from_item
from prepaid.runtime.settings import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    entries: Callable[[Sequence[Mapping[str, str]]], Sequence[Entry]]


def _entries(rows: Sequence[Mapping[str, str]]) -> Sequence[Entry]:
    asked = [serialize(row) for row in rows]
    items = read_batch(shared_client(), settings.credit_transactions_table, asked)
    return [entry_from_item(item) for item in items]


parts = Parts(entries=_entries)


def entries_in(rows: Sequence[Mapping[str, str]]) -> Sequence[Entry]:
    """Return the entries in at most 100 rows, given by their keys. Raises `Unavailable`."""
    return parts.entries(rows)
