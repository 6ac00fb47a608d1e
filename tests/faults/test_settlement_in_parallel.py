"""The settlement on the emulator: one client, several threads, and each request counted."""

from collections import Counter
from collections.abc import Iterator

import pytest
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import EntryKind
from prepaid.dynamodb import shards
from prepaid.dynamodb.shards import SHARDS, shard_of
from prepaid.ledger.dynamodb.store import DynamoLedgerStore
from prepaid.ledger.settlement import Settled, Settlement
from prepaid.runtime.jobs import in_parallel

from tests.faults.conftest import EmulatorTables
from tests.support.dynamodb import LEDGER_TABLES, create_tables, new_client, new_prefix
from tests.support.ledger_harness import NOW, LedgerHarness, new_account_id
from tests.support.verifying import verify
from tests.support.wire import Plan, error, since, unharmed

pytestmark = pytest.mark.emulator
LATER = Instant(NOW + 100)
MANY = 120
PAGE = 5


@pytest.fixture
def empty(emulator: str, monkeypatch: pytest.MonkeyPatch) -> EmulatorTables:
    """Return tables of this test's own, in which nothing is due; a page has 5 rows."""
    monkeypatch.setattr(shards, "PAGE", PAGE)
    client, prefix = new_client(emulator), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    return EmulatorTables(emulator, prefix)


def due_accounts(tables: EmulatorTables) -> Iterator[AccountId]:
    """Put credits that have ended into many accounts."""
    harness = LedgerHarness(tables.harness()[0].store)
    for _ in range(MANY):
        account_id = new_account_id("due")
        harness.give(account_id, "1.00")
        harness.hold(account_id, "h", "1.00")
        yield account_id


def settled(tables: EmulatorTables, plan: Plan = unharmed) -> tuple[Settled, Counter[str]]:
    """Settle what is due, and count the requests."""
    harness, wire = tables.harness(plan, attempts=1)

    def failed(_: object, exc: Exception) -> None:
        assert exc

    settlement = Settlement(
        expiring=harness.store,
        ledger=harness.ledger,
        time_is_up=lambda: False,
        failed=failed,
        unfound=failed,
        in_parallel=in_parallel,
    )
    return settlement.run(now=LATER, request_id="job-1"), Counter(wire.sent)


def pages(accounts: list[AccountId]) -> range:
    """Return how many requests find accounts: the last page may say that there is another."""
    in_shards = Counter(map(shard_of, accounts))
    whole = [in_shards[shard] // PAGE for shard in range(SHARDS)]
    left = [bool(in_shards[shard] % PAGE) or not in_shards[shard] for shard in range(SHARDS)]
    return range(sum(whole) + sum(left), sum(whole) + SHARDS + 1)


def test_threads_share_a_client_and_settle_each_account_once(empty: EmulatorTables) -> None:
    accounts = list(due_accounts(empty))

    done, requests = settled(empty)

    assert done == Settled(accounts=MANY, entries=MANY)
    assert (requests["GetItem"], requests["TransactWriteItems"]) == (MANY, MANY)
    assert requests["Query"] in pages(accounts)
    for account_id in accounts:
        entries = list(empty.clean.store.all_entries(account_id))
        assert Counter(each.kind for each in entries)[EntryKind.RELEASE] == 1
        assert verify(empty.clean.store, account_id) == []
    assert settled(empty)[0] == Settled()


@pytest.mark.fault(
    "C62",
    "Nothing that is due can be settled",
    "Each account is tried once; each page of them is read once, however many they are",
)
def test_what_cannot_be_settled_is_found_once_in_a_run(
    empty: EmulatorTables, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = list(due_accounts(empty))
    monkeypatch.setattr(DynamoLedgerStore, "commit", None)

    done, requests = settled(empty)

    assert done == Settled(failed=MANY)
    assert requests["Query"] in pages(accounts)


def test_no_shard_that_cannot_be_read_is_settled(empty: EmulatorTables) -> None:
    done, _ = settled(empty, since(1, error("InternalServerError", 500)))

    assert done == Settled(unfound=SHARDS)
