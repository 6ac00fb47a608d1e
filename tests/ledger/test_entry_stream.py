"""Entries come in order from an index that may lag; the table has what it lacks."""

from dataclasses import dataclass

import pytest
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.domain.entries import Entry
from prepaid.ledger.entry_stream import EntryStream

from tests.support.samples import entry


@dataclass
class Index:
    """The part of a ledger that is read in order: its index, and the table behind it."""

    indexed: list[int]
    stored: list[int]
    reads: int = 0

    def in_order(self, account_id: AccountId, *, after: object) -> list[Entry]:
        del after
        return [entry(account_id, seq) for seq in self.indexed]

    def all_entries(self, account_id: AccountId) -> list[Entry]:
        self.reads += 1
        return [entry(account_id, seq) for seq in self.stored]


@pytest.mark.parametrize(
    ("indexed", "stored", "found", "reads"),
    [
        ([1, 2, 3], [1, 2, 3], [1, 2, 3], 0),
        ([1, 3], [1, 2, 3], [1, 2, 3], 1),
        ([1, 2], [1, 2, 3], [1, 2, 3], 1),
        ([2, 3], [1, 2, 3], [1, 2, 3], 1),
        ([1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3], 0),
        ([1, 3], [1, 3], [1, 3], 1),
    ],
)
def test_the_table_is_read_only_for_what_the_index_lacks(
    indexed: list[int], stored: list[int], found: list[int], reads: int
) -> None:
    index = Index(indexed, stored)
    account = Account(account_id=AccountId("a"), seq=3)
    stream = EntryStream(index, account)  # type: ignore[arg-type]  # the part that is asked

    assert [each.seq for each in stream.after(None)] == found
    assert index.reads == reads
