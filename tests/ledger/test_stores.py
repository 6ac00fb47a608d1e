"""What every ledger store promises about commits and reads by key."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prepaid.domain.account import Account, Version
from prepaid.domain.credits import AccountId
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry
from prepaid.domain.keys import Key
from prepaid.domain.usage import ClosedDay
from prepaid.ledger.ports import LedgerAudit, Moved, Repeated

from tests.support import strategies
from tests.support.ledger_harness import Store, new_account_id
from tests.support.samples import DAY, closed_day, decision, entry

NEW = Version(0)
ONCE = Version(1)
ROUND_TRIPS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_numbers = count(1)


def test_an_account_that_nobody_wrote_reads_as_empty(any_store: Store) -> None:
    account_id = new_account_id()

    account = any_store.load(account_id)

    assert account == Account(account_id=account_id)


@pytest.mark.fault("A1")
def test_a_commit_writes_the_account_its_entries_and_its_closed_days(any_store: Store) -> None:
    account_id = new_account_id()
    entries = (entry(account_id, 1), entry(account_id, 2))
    made = decision(account_id, *entries, days=(closed_day(account_id),))

    any_store.commit(made, seen=NEW)

    assert any_store.load(account_id) == replace(made.account, version=ONCE)
    assert sorted(any_store.all_entries(account_id), key=lambda each: each.seq) == list(entries)
    assert any_store.closed_days(account_id) == [closed_day(account_id)]


def test_each_commit_raises_the_version_by_one(any_store: Store) -> None:
    account_id = new_account_id()
    any_store.commit(decision(account_id, entry(account_id, 1)), seen=NEW)

    any_store.commit(decision(account_id, entry(account_id, 2)), seen=ONCE)

    assert any_store.load(account_id).version == 2


@pytest.mark.fault("E36")
@pytest.mark.parametrize("seen", [0, 2])
def test_a_commit_on_another_version_gets_the_account_as_it_is(any_store: Store, seen: int) -> None:
    account_id = new_account_id()
    first = decision(account_id, entry(account_id, 1))
    any_store.commit(first, seen=NEW)
    late = decision(account_id, entry(account_id, 2), days=(closed_day(account_id),), balance=1)

    with pytest.raises(Moved) as raised:
        any_store.commit(late, seen=Version(seen))

    assert raised.value.account == replace(first.account, version=ONCE)
    assert any_store.load(account_id) == raised.value.account
    assert [each.seq for each in any_store.all_entries(account_id)] == [1]
    assert any_store.closed_days(account_id) == []


def test_a_commit_with_a_taken_key_gets_its_entry_and_writes_nothing(any_store: Store) -> None:
    account_id = new_account_id()
    first = decision(account_id, entry(account_id, 1, key="taken"))
    any_store.commit(first, seen=NEW)
    again = decision(
        account_id,
        entry(account_id, 2, key="free"),
        entry(account_id, 3, key="taken"),
        days=(closed_day(account_id),),
        balance=1,
    )

    with pytest.raises(Repeated) as raised:
        any_store.commit(again, seen=ONCE)

    assert raised.value.entries == {Key("taken"): first.entries[0]}
    assert raised.value.account is None
    assert any_store.load(account_id) == replace(first.account, version=ONCE)
    assert [each.key for each in any_store.all_entries(account_id)] == ["taken"]
    assert any_store.closed_days(account_id) == []


@pytest.mark.fault("A7")
def test_taken_keys_come_before_an_account_that_moved_and_bring_it_along(any_store: Store) -> None:
    account_id = new_account_id()
    first = decision(account_id, entry(account_id, 1), entry(account_id, 2))
    any_store.commit(first, seen=NEW)

    with pytest.raises(Repeated) as raised:
        any_store.commit(first, seen=NEW)

    assert raised.value.entries == {each.key: each for each in first.entries}
    assert raised.value.account == replace(first.account, version=ONCE)
    assert any_store.load(account_id).version == 1


def test_a_commit_of_one_hundred_items_is_whole(any_store: Store) -> None:
    account_id = new_account_id()
    entries = [entry(account_id, seq) for seq in range(1, 99)]

    any_store.commit(decision(account_id, *entries, days=(closed_day(account_id),)), seen=NEW)

    assert sorted(any_store.all_entries(account_id), key=lambda each: each.seq) == entries


@pytest.mark.parametrize("asked", [0, 1, 98, 100])
def test_entries_are_found_by_key_and_missing_ones_left_out(any_store: Store, asked: int) -> None:
    account_id = new_account_id()
    entries = [entry(account_id, seq) for seq in range(1, 99)]
    any_store.commit(decision(account_id, *entries), seen=NEW)

    found = any_store.entries(account_id, {Key(f"key-{seq}") for seq in range(1, asked + 1)})

    assert found == {each.key: each for each in entries[:asked]}


def test_a_key_that_is_not_taken_is_not_found(any_store: Store) -> None:
    account_id = new_account_id()
    any_store.commit(decision(account_id, entry(account_id, 1)), seen=NEW)

    found = any_store.entries(account_id, [Key("key-2")])

    assert found == {}


def test_accounts_do_not_share_keys(any_store: Store) -> None:
    mine, other = new_account_id("é#1"), new_account_id("é")
    any_store.commit(decision(mine, entry(mine, 1, key="same")), seen=NEW)

    any_store.commit(decision(other, entry(other, 1, key="same")), seen=NEW)

    assert any_store.entries(mine, [Key("same")]) == {Key("same"): entry(mine, 1, key="same")}
    assert any_store.entries(other, [Key("same")]) == {Key("same"): entry(other, 1, key="same")}


@pytest.mark.fault("F39")
@pytest.mark.parametrize("text", ["Zoë", "user#1", "USER#user#2", "../x", "👩‍🚀", "a\0b"])
def test_ids_are_opaque_and_twins_in_unicode_are_two_accounts(any_store: Store, text: str) -> None:
    composed = AccountId(unicodedata.normalize("NFC", text) + "|é")
    decomposed = AccountId(unicodedata.normalize("NFD", text) + "|e\N{COMBINING ACUTE ACCENT}")
    any_store.commit(decision(composed, entry(composed, 1, key="k#1")), seen=NEW)

    twin = any_store.load(decomposed)

    assert twin == Account(account_id=decomposed)
    assert any_store.load(composed).account_id == composed
    assert any_store.entries(decomposed, [Key("k#1")]) == {}


@given(account=strategies.accounts)
@ROUND_TRIPS
def test_every_field_of_an_account_survives(any_store: Store, account: Account) -> None:
    account = replace(account, account_id=_unused(account.account_id))

    any_store.commit(Decision(account=account, now=account.as_of), seen=NEW)

    assert any_store.load(account.account_id) == replace(account, version=ONCE)


@given(entries=st.lists(strategies.entries, min_size=1, max_size=3, unique_by=lambda e: e.key))
@ROUND_TRIPS
def test_every_field_of_an_entry_survives(any_store: Store, entries: list[Entry]) -> None:
    account_id = _unused(entries[0].account_id)
    mine = {each.key: replace(each, account_id=account_id) for each in entries}

    any_store.commit(decision(account_id, *mine.values()), seen=NEW)

    assert any_store.entries(account_id, mine.keys()) == mine


@given(closed=strategies.closed_days)
@example(closed=closed_day(AccountId("last"), date.max))
@ROUND_TRIPS
def test_every_field_of_a_closed_day_survives(any_store: Store, closed: ClosedDay) -> None:
    closed = replace(closed, account_id=_unused(closed.account_id))

    any_store.commit(decision(closed.account_id, days=(closed,)), seen=NEW)

    assert any_store.closed_days(closed.account_id) == [closed]


def test_closed_days_are_read_in_order_with_both_ends_included(any_store: Store) -> None:
    account_id = new_account_id()
    days = [DAY + timedelta(days=each) for each in (3, 0, 2, 1)]
    made = tuple(closed_day(account_id, each) for each in days)
    any_store.commit(decision(account_id, days=made), seen=NEW)

    found = any_store.closed_days(account_id, since=DAY + timedelta(1), until=DAY + timedelta(2))

    assert [each.day for each in found] == [DAY + timedelta(1), DAY + timedelta(2)]
    assert [each.day for each in any_store.closed_days(account_id)] == sorted(days)


def test_entries_under_a_prefix_come_by_key_and_no_more_than_asked_for(any_store: Store) -> None:
    account_id, other = new_account_id(), new_account_id()
    texts = ["expiry:1:2", "expiry:1:10", "expiry:10:3", "expiry:1", "expiry:2:4", "expiry:1:é"]
    made = [entry(account_id, seq, key=text) for seq, text in enumerate(texts, start=1)]
    any_store.commit(decision(account_id, *made), seen=NEW)
    any_store.commit(decision(other, entry(other, 1, key="expiry:1:2")), seen=NEW)

    found = any_store.entries_under(account_id, Key("expiry:1:"), limit=100)
    first = any_store.entries_under(account_id, Key("expiry:1:"), limit=2)

    assert [each.key for each in found] == ["expiry:1:10", "expiry:1:2", "expiry:1:é"]
    assert {each.account_id for each in found} == {account_id}
    assert first == found[:2]
    assert any_store.entries_under(account_id, Key("expiry:9:"), limit=100) == []


def test_an_audit_needs_nothing_else(any_store: Store) -> None:
    audit: LedgerAudit = any_store

    assert list(audit.all_entries(new_account_id())) == []


def test_entries_come_in_order_of_their_numbers_and_from_a_place_on(any_store: Store) -> None:
    audit, (account_id, other) = any_store, (new_account_id(), new_account_id())
    keys = ["b", "a", "c"]
    written = [entry(account_id, seq, key=key) for seq, key in enumerate(keys, start=1)]
    any_store.commit(decision(account_id, *written), seen=NEW)
    any_store.commit(decision(other, entry(other, 1)), seen=NEW)

    assert list(audit.in_order(account_id)) == written
    assert list(audit.in_order(account_id, after=(written[0].posted_at, 1))) == written[1:]
    assert list(audit.in_order(account_id, after=(written[2].posted_at, 3))) == []
    assert [each.key for each in audit.all_under(account_id, Key("a"))] == ["a"]


def test_accounts_go_on_after_one_of_them(any_store: Store) -> None:
    for _ in range(5):
        account_id = new_account_id()
        any_store.commit(decision(account_id, entry(account_id, 1)), seen=NEW)

    for segment in range(2):
        part = list(any_store.accounts(segment=segment, segments=2))
        for place, account_id in enumerate(part):
            rest = any_store.accounts(segment=segment, segments=2, after=account_id)
            assert list(rest) == part[place + 1 :]


def _unused(account_id: AccountId) -> AccountId:
    return AccountId(f"{account_id}|{next(_numbers)}")
