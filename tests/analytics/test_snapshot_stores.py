"""What every store of snapshots promises, in memory and in DynamoDB."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from moto import mock_aws
from prepaid.analytics.dynamodb import rows, snapshots
from prepaid.analytics.dynamodb.account_days import DynamoAccountDays
from prepaid.analytics.dynamodb.snapshots import DynamoSnapshots
from prepaid.analytics.flows import Costed, Flows
from prepaid.analytics.money import MoneySum
from prepaid.analytics.snapshot_ports import (
    AccountDay,
    AccountDays,
    Part,
    Snapshot,
    Snapshots,
    SystemDay,
)
from prepaid.analytics.standing import Standing
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.pricing import Quantity
from prepaid.domain.usage import Counter

from tests.analytics.company import ACCOUNTS, Company, Event
from tests.support.dynamodb import create_tables, new_client, new_prefix
from tests.support.ledger_harness import NOW, LedgerHarness, Store
from tests.support.memory_analytics import MemoryAccountDays, MemorySnapshots

PART, OTHER = Part(0, 2), Part(1, 2)
DAY = date(2026, 11, 18)
STRANGE = AccountId("é#%1 😀")
FLOWS = Flows(
    credits={"sold": Credits(10_000), "refunded": Credits(-5)},
    usage={
        "call #1": Counter(
            count=2,
            credits=Credits(260),
            waived=Credits(1),
            reversed=Credits(3),
            units={"minute": Quantity(3_200_000)},
        )
    },
    earned={"usd": 26, "jpy": 1},
    breakage={"usd": 7},
    costed={"call #1": Costed(provider_cost=9, credits=Credits(260), basis={"usd": 26})},
    active=1,
    opened=1,
)
STANDING = Standing(
    accounts=3,
    by_status={"active": 2, "frozen": 1},
    unlimited=1,
    low=2,
    in_debt=1,
    balance=Credits(-5),
    debt=Credits(25),
    held=Credits(10),
    unspent={"purchased": Credits(20)},
    liability={"usd": 200},
)


@dataclass(frozen=True)
class SnapshotStores:
    """Where snapshots are kept, and what moved in each account."""

    account_days: AccountDays
    snapshots: Snapshots


@pytest.fixture
def stored(backend: str, request: pytest.FixtureRequest) -> Iterator[SnapshotStores]:
    """Return empty stores."""
    if backend == "memory":
        yield SnapshotStores(MemoryAccountDays(), MemorySnapshots())
        return
    cloud: AbstractContextManager[object] = mock_aws() if backend == "moto" else nullcontext()
    with cloud:
        url = None if backend == "moto" else request.getfixturevalue("emulator")
        client, prefix = new_client(url), new_prefix()
        create_tables(client, prefix, ["credit_records"])
        table = f"{prefix}credit_records"
        yield SnapshotStores(DynamoAccountDays(client, table), DynamoSnapshots(client, table))


def account_day(day: date = DAY, seq: int = 3, account_id: AccountId = STRANGE) -> AccountDay:
    return AccountDay(account_id=account_id, day=day, seq=seq, at=Instant(NOW + seq), flows=FLOWS)


def snapshot(part: Part = PART, as_of: int = NOW) -> Snapshot:
    days = [DAY - timedelta(days=1), DAY]
    return Snapshot(
        part=part,
        as_of=Instant(as_of),
        standing=STANDING,
        days=[SystemDay(day=each, flows=FLOWS, as_of=Instant(as_of)) for each in days],
        money={DAY: {"usd": MoneySum(1000, 5)}},
        active=2,
        active_since=DAY,
        top={"balance": ((STRANGE, Credits(20)),), "spend": (), "debt": ()},
    )


def test_a_day_of_an_account_is_read_as_it_was_kept(stored: SnapshotStores) -> None:
    stored.account_days.keep(PART, account_day())

    assert stored.account_days.day(PART, STRANGE, DAY) == account_day()
    assert stored.account_days.day(OTHER, STRANGE, DAY) is None
    assert stored.account_days.day(PART, STRANGE, DAY - timedelta(days=1)) is None


def test_days_come_in_order_from_a_day_on_and_of_one_part_only(stored: SnapshotStores) -> None:
    days = [DAY + timedelta(days=number) for number in (2, 0, -1, 1)]
    for day in days:
        stored.account_days.keep(PART, account_day(day))
    stored.account_days.keep(OTHER, account_day(account_id=AccountId("b")))

    found = [each.day for each in stored.account_days.since(PART, DAY)]

    assert found == sorted(days)[1:]
    assert [each.day for each in stored.account_days.since(PART, date.min)] == sorted(days)


@pytest.mark.fault("C71")
def test_what_knows_of_fewer_entries_replaces_nothing(stored: SnapshotStores) -> None:
    stored.account_days.keep(PART, account_day(seq=5))

    stored.account_days.keep(PART, account_day(seq=4))
    first = stored.account_days.day(PART, STRANGE, DAY)
    stored.account_days.keep(PART, account_day(seq=6))

    assert first is not None
    assert first.seq == 5
    assert stored.account_days.day(PART, STRANGE, DAY) == account_day(seq=6)


def test_a_snapshot_is_read_when_every_part_has_one(stored: SnapshotStores) -> None:
    stored.snapshots.keep(snapshot(PART))
    half = stored.snapshots.read(DAY, DAY)
    stored.snapshots.keep(snapshot(OTHER))

    found = stored.snapshots.read(DAY, DAY)

    assert half == []
    assert [each.part for each in found] == [PART, OTHER]
    assert found[0] == replace(snapshot(PART), days=snapshot(PART).days[1:])
    assert stored.snapshots.last(PART) == NOW
    assert stored.snapshots.last(Part(0, 1)) is None


def test_days_before_and_after_are_left_out(stored: SnapshotStores) -> None:
    stored.snapshots.keep(snapshot(Part(0, 1)))

    [found] = stored.snapshots.read(DAY - timedelta(days=1), DAY - timedelta(days=1))

    assert [each.day for each in found.days] == [DAY - timedelta(days=1)]
    assert found.money == {}


def test_a_snapshot_replaces_the_one_before_also_where_the_clock_went_back(
    stored: SnapshotStores,
) -> None:
    stored.snapshots.keep(snapshot(Part(0, 1)))
    earlier = replace(
        snapshot(Part(0, 1), NOW - 60), money={}, top={"balance": (), "spend": (), "debt": ()}
    )
    stored.snapshots.keep(earlier)

    [found] = stored.snapshots.read(DAY, DAY)

    assert found.as_of == NOW - 60
    assert [each.as_of for each in found.days] == [NOW - 60]
    assert {day: money for day, money in found.money.items() if money} == {}
    assert found.top["balance"] == ()


def test_of_several_divisions_the_latest_whole_one_counts(stored: SnapshotStores) -> None:
    stored.snapshots.keep(snapshot(Part(0, 1), NOW))
    stored.snapshots.keep(snapshot(PART, NOW + 60))
    before = [each.part for each in stored.snapshots.read(DAY, DAY)]
    stored.snapshots.keep(snapshot(OTHER, NOW + 60))

    assert before == [Part(0, 1)]
    assert [each.part for each in stored.snapshots.read(DAY, DAY)] == [PART, OTHER]


FIRST = replace(
    snapshot(Part(0, 1)),
    days=[
        SystemDay(day=DAY - timedelta(days=ago), flows=FLOWS, as_of=NOW)
        for ago in reversed(range(25))
    ],
)
"""The first snapshot of a ledger that is 25 days old."""


def test_a_first_snapshot_of_hundreds_of_days_is_kept_whole(
    stored: SnapshotStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "TOGETHER", 10)
    whole = replace(FIRST, money={each.day: {"usd": MoneySum(1, 0)} for each in FIRST.days})

    stored.snapshots.keep(whole)

    [found] = stored.snapshots.read(FIRST.days[0].day, DAY)
    assert [each.day for each in found.days] == [each.day for each in FIRST.days]
    assert found.money == whole.money


def test_the_latest_days_are_written_with_the_sums_in_one_full_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(snapshots, "TOGETHER", 10)
    sizes: list[int] = []
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_records"])
        client.meta.events.register(
            "provide-client-params.dynamodb.TransactWriteItems",
            lambda params, **_: sizes.append(len(params["TransactItems"])),
        )
        DynamoSnapshots(client, "credit_records").keep(FIRST)

    assert sizes[-1] == max(sizes) == 10


def test_a_day_on_which_nothing_happened_is_read_as_nothing() -> None:
    nothing = rows.flows_to_row(Flows())

    assert nothing == {}
    assert rows.flows_from_row(nothing) == Flows()
    assert (Flows().active, Flows().opened) == (0, 0)


def test_a_list_ends_where_a_row_would_be_too_large() -> None:
    ranked = tuple((AccountId(f"{number:0128d}"), Credits(1)) for number in range(10_000))

    stored = rows.ranked_to_rows(ranked)

    assert len(stored) == 300_000 // (128 + 20)


def test_a_list_of_just_as_much_as_a_row_may_hold_is_whole_and_nothing_is_left_out_of_it() -> None:
    full = [AccountId("x" * 980)] * 300
    longer, short = AccountId("y" * 981), AccountId("z")

    assert len(rows.ranked_to_rows(tuple((each, Credits(1)) for each in full))) == 300
    cut = rows.ranked_to_rows(tuple((each, Credits(1)) for each in (*full[1:], longer, short)))
    assert [name for name, _ in cut] == full[1:]


def test_all_accounts_are_read_whole_each_in_one_part(any_store: Store) -> None:
    harness = LedgerHarness(any_store)
    for name in ("a", "b#", "c %"):
        harness.give(AccountId(name), "10.00")
        harness.spend(AccountId(name), "k")

    parts = [list(any_store.whole_accounts(segment=number, segments=3)) for number in range(3)]

    found = [each for part in parts for each in part]
    assert sorted(each.account_id for each in found) == ["a", "b#", "c %"]
    assert all(each == any_store.load(each.account_id) for each in found)


def test_a_company_on_dynamodb_is_added_up_as_in_memory() -> None:
    """The whole job over the adapters gives the snapshot that it gives in memory."""
    company = Company(parts=2)
    for account_id in ACCOUNTS:
        for what in ("buy", "spend", "hold", "refund"):
            company.play(Event(600, account_id, what, amount=321))
    company.snapshot()
    with mock_aws():
        client = new_client()
        create_tables(client, "", ["credit_records"])
        cloud = replace(
            company,
            account_days=DynamoAccountDays(client, "credit_records"),
            snapshots=DynamoSnapshots(client, "credit_records"),
        )
        for _ in range(2):
            cloud.snapshot()

        assert cloud.report(DAY, DAY) == company.report(DAY, DAY)
