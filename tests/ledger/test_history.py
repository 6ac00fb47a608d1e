"""What every ledger store promises about lists: history, what is due, all accounts."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from prepaid.domain.account import Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Grant, GrantKind
from prepaid.domain.holds import Hold
from prepaid.domain.keys import Writer
from prepaid.dynamodb import shards
from prepaid.ledger.ports import HistoryQuery, Page

from tests.support.ledger_harness import NOW, Store, new_account_id
from tests.support.samples import decision, entry, with_account

PER_COMMIT = 98


def test_history_is_newest_first_and_of_one_account(any_store: Store) -> None:
    account_id, other = new_account_id(), new_account_id()
    _keep(any_store, account_id, [entry(account_id, seq) for seq in (1, 2, 3)])
    _keep(any_store, other, [entry(other, 1)])

    page = any_store.history(HistoryQuery(account_id=account_id, limit=10))

    assert page == Page(
        entries=tuple(entry(account_id, seq) for seq in (3, 2, 1)), next_position=None
    )


def test_time_comes_before_number_in_history(any_store: Store) -> None:
    account_id = new_account_id()
    times = {1: NOW, 2: Instant(NOW + 1), 9: Instant(NOW + 1), 10: Instant(NOW + 1), 11: NOW}
    _keep(
        any_store, account_id, [entry(account_id, seq, posted_at=at) for seq, at in times.items()]
    )

    page = any_store.history(HistoryQuery(account_id=account_id, limit=10))

    assert [each.seq for each in page.entries] == [10, 9, 2, 11, 1]


def test_history_of_an_unknown_account_is_empty(any_store: Store) -> None:
    page = any_store.history(HistoryQuery(account_id=new_account_id(), limit=10))

    assert page == Page(entries=(), next_position=None)


@pytest.mark.parametrize("limit", [1, 3, 7, 20, 100])
def test_pages_visit_each_entry_once(any_store: Store, limit: int) -> None:
    account_id = new_account_id()
    entries = [entry(account_id, seq, posted_at=Instant(NOW + seq // 4)) for seq in range(1, 21)]
    _keep(any_store, account_id, entries)

    pages = list(_pages(any_store, HistoryQuery(account_id=account_id, limit=limit)))

    assert [each for page in pages for each in page.entries] == entries[::-1]
    assert all(len(page.entries) <= limit for page in pages)


@pytest.mark.parametrize("limit", [1, 3, 5, 100])
def test_filtered_pages_visit_each_entry_that_is_wanted_once(any_store: Store, limit: int) -> None:
    account_id = new_account_id()
    entries = [
        entry(
            account_id,
            seq,
            kind=EntryKind.USAGE if seq % 3 else EntryKind.CAPTURE,
            operation="message" if seq % 2 else "vapi_call",
        )
        for seq in range(1, 25)
    ]
    _keep(any_store, account_id, entries)
    query = HistoryQuery(
        account_id=account_id, limit=limit, kind=EntryKind.CAPTURE, operation="message"
    )

    found = [each.seq for page in _pages(any_store, query) for each in page.entries]

    assert found == [21, 15, 9, 3]


def test_entries_are_filtered_by_reference_and_by_hold(any_store: Store) -> None:
    account_id = new_account_id()
    entries = [
        replace(entry(account_id, 1), reference="a#1", hold_id=1),
        replace(entry(account_id, 2), reference="a#12", hold_id=12),
        replace(entry(account_id, 3), reference="a#1", hold_id=12),
        entry(account_id, 4),
    ]
    _keep(any_store, account_id, entries)

    def found(**more: Any) -> list[int]:
        query = HistoryQuery(account_id=account_id, limit=10, **more)
        return [each.seq for each in any_store.history(query).entries]

    assert found(reference="a#1") == [3, 1]
    assert found(hold_id=12) == [3, 2]
    assert found(reference="a#1", hold_id=12) == [3]


def test_both_ends_of_a_time_range_are_included(any_store: Store) -> None:
    account_id = new_account_id()
    _keep(
        any_store,
        account_id,
        [entry(account_id, seq, posted_at=Instant(NOW + seq)) for seq in range(1, 7)],
    )
    query = HistoryQuery(
        account_id=account_id, limit=2, since=Instant(NOW + 2), until=Instant(NOW + 4)
    )

    found = [each.seq for page in _pages(any_store, query) for each in page.entries]

    assert found == [4, 3, 2]


@pytest.mark.parametrize(
    ("since", "until", "seqs"),
    [(3, None, [6, 5, 4, 3]), (None, 3, [3, 2, 1]), (7, None, []), (None, 0, [])],
)
def test_a_time_range_may_be_open_at_either_end(
    any_store: Store, since: int | None, until: int | None, seqs: list[int]
) -> None:
    account_id = new_account_id()
    stored = [entry(account_id, seq, posted_at=Instant(NOW + seq)) for seq in range(1, 7)]
    _keep(any_store, account_id, stored)
    query = HistoryQuery(
        account_id=account_id,
        limit=2,
        since=None if since is None else Instant(NOW + since),
        until=None if until is None else Instant(NOW + until),
    )

    found = [each.seq for page in _pages(any_store, query) for each in page.entries]

    assert found == seqs


def test_a_range_that_ends_before_it_begins_is_empty(any_store: Store) -> None:
    account_id = new_account_id()
    _keep(any_store, account_id, [entry(account_id, 1)])
    query = HistoryQuery(account_id=account_id, limit=2, since=NOW, until=Instant(NOW - 1))

    page = any_store.history(query)

    assert page == Page(entries=(), next_position=None)


@pytest.mark.parametrize("backend", ["memory", "ministack"], indirect=True)
def test_a_page_reads_at_most_a_thousand_entries(any_store: Store) -> None:
    """Without moto, which takes half a minute to write a thousand entries."""
    account_id = new_account_id()
    _keep(any_store, account_id, [entry(account_id, 1, kind=EntryKind.ADJUSTMENT)])
    _keep(any_store, account_id, [entry(account_id, seq) for seq in range(2, 1102)])
    query = HistoryQuery(account_id=account_id, limit=10, kind=EntryKind.ADJUSTMENT)

    first = any_store.history(query)
    second = any_store.history(replace(query, after=first.next_position))

    assert first.entries == ()
    assert first.next_position is not None
    assert [each.seq for each in second.entries] == [1]


def test_an_account_is_due_from_the_moment_something_ends(any_store: Store) -> None:
    account_id = new_account_id()
    ends_at = Instant(NOW + 60)
    hold = Hold(
        number=1,
        amount=Credits(100),
        expires_at=ends_at,
        operation="message",
        maker=Writer.SERVICE,
        plan="default",
        opened_at=NOW,
    )
    _keep(any_store, new_account_id(), [])
    any_store.commit(with_account(decision(account_id), holds=(hold,)), seen=Version(0))

    assert _due(any_store, Instant(ends_at - 1)) == []
    assert _due(any_store, ends_at) == [account_id]


def test_an_account_is_due_no_more_when_all_has_been_settled(any_store: Store) -> None:
    account_id = new_account_id()
    grant = Grant(
        grant_id=1,
        kind=GrantKind.BONUS,
        amount=Credits(5000),
        remaining=Credits(5000),
        expires_at=NOW,
    )
    any_store.commit(with_account(decision(account_id), grants=(grant,)), seen=Version(0))
    assert _due(any_store, NOW) == [account_id]

    any_store.commit(decision(account_id, balance=0), seen=Version(1))

    assert _due(any_store, NOW) == []


def test_the_accounts_of_a_shard_are_due_the_longest_first_and_each_once(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = {}
    accounts = (AccountId(f"due-{number}") for number in count())
    shard = 7
    mine = (each for each in accounts if shards.shard_of(each) == shard)
    for delay, account_id in zip((30, 10, 20, 40), mine, strict=False):
        grant = Grant(
            grant_id=1,
            kind=GrantKind.BONUS,
            amount=Credits(1),
            remaining=Credits(1),
            expires_at=Instant(NOW + delay),
        )
        any_store.commit(with_account(decision(account_id), grants=(grant,)), seen=Version(0))
        waiting[account_id] = delay

    later = Instant(NOW + 35)
    found = list(any_store.due(now=later, shard=shard))
    monkeypatch.setattr(shards, "PAGE", 1)
    one_by_one = list(any_store.due(now=later, shard=shard))

    assert [waiting[each] for each in found] == [10, 20, 30]
    assert one_by_one == found
    assert list(any_store.due(now=later, shard=shard + 1)) == []


@pytest.mark.parametrize("segments", [1, 4])
def test_the_segments_of_a_scan_hold_each_account_once(any_store: Store, segments: int) -> None:
    ids = [new_account_id(name) for name in ["a", "é", "#", "b"] * 5]
    for account_id in ids:
        _keep(any_store, account_id, [])

    parts = [list(any_store.accounts(segment=each, segments=segments)) for each in range(segments)]

    assert sorted(each for part in parts for each in part) == sorted(ids)


def _keep(store: Store, account_id: AccountId, entries: list[Entry]) -> None:
    for start in range(0, len(entries) or 1, PER_COMMIT):
        made = decision(account_id, *entries[start : start + PER_COMMIT])
        store.commit(made, seen=store.load(account_id).version)


def _pages(store: Store, query: HistoryQuery) -> Iterator[Page]:
    while True:
        page = store.history(query)
        yield page
        if page.next_position is None:
            return
        query = replace(query, after=page.next_position)


def _due(store: Store, now: Instant) -> list[AccountId]:
    return [each for shard in store.shards for each in store.due(now=now, shard=shard)]
