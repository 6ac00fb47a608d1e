"""Demo data: a month of accounts, right to the last entry, and added up as it was written."""

from collections import Counter

import pytest
from prepaid.analytics.flows import Flows
from prepaid.catalogue.seed import seed
from prepaid.domain.account import Status
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import EntryKind
from prepaid.ledger.verification import verify
from prepaid.payments.verification import PaymentCheck

from local.demo.__main__ import write
from local.demo.lives import DAY, DAYS
from local.demo.stores import DemoStores
from tests.analytics.company import Company, day_of, plain, recomputed
from tests.support.ledger_harness import NOW, LedgerHarness
from tests.support.memory import MemoryLedgerStore
from tests.support.memory_catalogue import MemoryCatalogue
from tests.support.memory_payments import MemoryExceptions, MemoryRecords

ACCOUNTS = 120
USER = AccountId("user-1")


@pytest.fixture(scope="module")
def lived() -> tuple[DemoStores, MemoryLedgerStore]:
    """Stores after a month of demo accounts; user-1 had 100.00 before."""
    store, catalogue, records = MemoryLedgerStore(), MemoryCatalogue(), MemoryRecords()
    seed(catalogue)
    LedgerHarness(store).give(USER, "100.00")
    stores = DemoStores(
        ledger_store=store,
        catalogue=catalogue,
        payments=store.payments,
        starts=store.payments,
        customers=records,
        refund_requests=records,
        exceptions=MemoryExceptions(),
    )
    assert write(stores, NOW, accounts=ACCOUNTS) == ACCOUNTS
    return stores, store


def names(store: MemoryLedgerStore) -> list[AccountId]:
    return list(store.accounts(segment=0, segments=1))


def test_every_account_of_demo_data_verifies(
    lived: tuple[DemoStores, MemoryLedgerStore],
) -> None:
    _, store = lived
    checks = [PaymentCheck(store.payments, ["stripe"])]

    assert [list(verify(store, each, checks)) for each in names(store)] == [[]] * (ACCOUNTS + 1)


def test_the_month_before_now_is_lived_and_user_1_stays_as_it_is(
    lived: tuple[DemoStores, MemoryLedgerStore],
) -> None:
    _, store = lived
    entries = [each for name in names(store) for each in store.all_entries(name)]
    demo = [each for each in entries if each.account_id != USER]

    assert len([each for each in entries if each.account_id == USER]) == 1
    assert min(each.posted_at for each in demo) >= NOW - DAYS * DAY
    assert max(each.posted_at for each in demo) <= NOW
    assert len({day_of(each.posted_at) for each in demo}) >= DAYS - 2


def test_demo_data_shows_what_a_product_meets_in_a_month(
    lived: tuple[DemoStores, MemoryLedgerStore],
) -> None:
    _, store = lived
    accounts = [store.load(each) for each in names(store)]
    kinds = Counter(each.kind for name in names(store) for each in store.all_entries(name))
    payments = [each for name in names(store) for each in store.payments.all_of(name)]

    assert {EntryKind.HOLD, EntryKind.CAPTURE, EntryKind.PURCHASE, EntryKind.BONUS} < set(kinds)
    assert {EntryKind.EXPIRY, EntryKind.REFUND, EntryKind.ADJUSTMENT} < set(kinds)
    assert any(each.status is Status.FROZEN for each in accounts)
    assert any(each.money_refunded for each in payments)
    assert len(payments) > 20


def test_a_second_time_nothing_is_added(lived: tuple[DemoStores, MemoryLedgerStore]) -> None:
    stores, store = lived
    before = {name: store.load(name) for name in names(store)}

    written = write(stores, Instant(NOW + DAY), accounts=ACCOUNTS)

    assert written == 0
    assert {name: store.load(name) for name in names(store)} == before


def test_a_snapshot_of_demo_data_equals_a_recomputation(
    lived: tuple[DemoStores, MemoryLedgerStore],
) -> None:
    _, store = lived
    company = Company()
    company.counter.store = store
    entries = [each for name in names(store) for each in store.all_entries(name)]

    company.snapshot()

    report = company.report(day_of(NOW - DAYS * DAY), day_of(NOW))
    expected = recomputed(entries)
    assert {each.day: plain(each.flows) for each in report.days} == {
        day: plain(expected.get(day, Flows())) for day in report.period.days()
    }
    assert report.standing.accounts == ACCOUNTS + 1
