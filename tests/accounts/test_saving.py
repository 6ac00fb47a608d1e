"""Settings on the stores: written with the account, over what was seen, and defaults never."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from moto import mock_aws
from prepaid.accounts.dynamodb.settings import DynamoSettings
from prepaid.accounts.ports import SettingsRows
from prepaid.accounts.saving import AccountSettings
from prepaid.accounts.settings import SavedSettings, Saving, Settings
from prepaid.domain.account import AccountDefaults, Overage, RunwayThreshold
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import PreconditionFailed, Unavailable
from prepaid.domain.keys import fingerprint
from prepaid.domain.limits import LimitOwner, LimitTerms, Window
from prepaid.dynamodb.records import RecordsTable
from prepaid.ledger.dynamodb.store import DynamoLedgerStore

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    ledger_tables,
    new_client,
    new_prefix,
    writers,
)
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness, Store, new_account_id
from tests.support.memory import MemoryLedgerStore
from tests.support.memory_mail import MemoryConsents
from tests.support.stores import TroubledStore, after, loses_the_reply_with

DEFAULTS = AccountDefaults(
    thresholds=(Credits(500), Credits(1_000)),
    runway_thresholds=(3, 30),
    overage=Overage.DEBT,
    limits=(LimitTerms(window=Window.DAY, amount=Credits(300)),),
)
CHOSEN = Settings(thresholds=(Credits(0), Credits(700)))


class Desk:
    """What saves settings over one store, and what was saved."""

    def __init__(self, store: Store, rows: SettingsRows) -> None:
        self.store = store
        self.rows = rows
        self.harness = LedgerHarness(store)

    @property
    def settings(self) -> AccountSettings:
        return AccountSettings(self.harness.ledger, self.store, self.rows, MemoryConsents())

    def save(self, saving: Saving, now: Instant = NOW) -> None:
        self.settings.save(saving, now)


@pytest.fixture(params=["memory", "moto"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    if request.param == "memory":
        store = MemoryLedgerStore()
        yield Desk(store, store.settings)
        return
    with mock_aws():
        client, prefix = new_client(None), new_prefix()
        create_tables(client, prefix, LEDGER_TABLES)
        rows = DynamoSettings(RecordsTable(client, f"{prefix}credit_records"))
        yield Desk(ledger_store(client, prefix), rows)


def saving(account_id: AccountId, settings: Settings = CHOSEN, *seen: int) -> Saving:
    return Saving(
        account_id=account_id,
        settings=settings,
        fingerprint=fingerprint(settings.content()),
        seen=set(seen),
        actor="user:user-1",
        request_id="request-1",
    )


def test_what_was_saved_is_written_with_the_account(desk: Desk) -> None:
    account_id = new_account_id()

    desk.save(saving(account_id, CHOSEN, 0))

    account = desk.store.load(account_id)
    assert (account.version, account.seq, account.settings_version) == (1, 0, 1)
    assert [each.at for each in account.thresholds] == [Credits(0), Credits(700)]
    assert desk.rows.saved(account_id) == SavedSettings(
        account_id=account_id,
        version=1,
        fingerprint=fingerprint(CHOSEN.content()),
        saved_at=NOW,
        saved_by="user:user-1",
    )
    assert desk.rows.saved(new_account_id()) is None


def test_what_is_refused_writes_neither(desk: Desk) -> None:
    account_id = new_account_id()
    desk.save(saving(account_id, CHOSEN, 0))
    before = desk.store.load(account_id), desk.rows.saved(account_id)

    with pytest.raises(PreconditionFailed):
        desk.save(saving(account_id, Settings(), 0))

    assert (desk.store.load(account_id), desk.rows.saved(account_id)) == before


@pytest.mark.fault("E85")
def test_of_two_who_save_at_once_one_is_told() -> None:
    store = TroubledStore()
    desk, account_id = Desk(store, store.settings), new_account_id()
    rival = saving(account_id, Settings(thresholds=(Credits(1),)), 0)
    store.at_commit.append(after(lambda: desk.save(rival)))

    with pytest.raises(PreconditionFailed):
        desk.save(saving(account_id, CHOSEN, 0))

    assert [each.at for each in store.load(account_id).thresholds] == [Credits(1)]


@pytest.mark.fault("A86")
def test_a_commit_whose_reply_is_lost_is_not_made_twice() -> None:
    store = TroubledStore()
    desk, account_id = Desk(store, store.settings), new_account_id()
    store.at_commit.append(loses_the_reply_with(Unavailable("no reply")))

    desk.save(saving(account_id, CHOSEN, 0))

    assert store.load(account_id).settings_version == 1


def test_a_spend_that_comes_between_is_counted_by_a_new_limit() -> None:
    store = TroubledStore()
    desk, account_id = Desk(store, store.settings), new_account_id()
    desk.harness.give(account_id, "10")
    monthly = Settings(limits=(LimitTerms(window=Window.MONTH, amount=Credits(500)),))
    desk.harness.spend(account_id, "yesterday", 2)
    tomorrow = Instant(NOW + DAY_SECONDS)
    store.at_commit.append(after(lambda: desk.harness.spend(account_id, "now", now=tomorrow)))

    desk.save(saving(account_id, monthly, 0), tomorrow)

    assert [each.used for each in store.load(account_id).limits] == [Credits(300)]


@pytest.fixture
def stores() -> Iterator[tuple[Store, Store]]:
    """Return a store with the product's defaults, and one over the same tables with others."""
    with mock_aws():
        client, prefix = new_client(None), new_prefix()
        create_tables(client, prefix, LEDGER_TABLES)
        others = DynamoLedgerStore(client, ledger_tables(prefix), writers(prefix), DEFAULTS)
        yield ledger_store(client, prefix), others  # type: ignore[misc]  # no payments are asked for


def test_defaults_hold_for_what_nobody_chose(stores: tuple[Store, Store]) -> None:
    product, others = stores
    account_id = new_account_id()
    nobody = others.load(account_id)
    LedgerHarness(product).give(account_id, "30")

    written = others.load(account_id)

    assert [each.at for each in product.load(account_id).thresholds] == [Credits(2_000)]
    for account in (nobody, written):
        assert tuple(each.at for each in account.thresholds) == DEFAULTS.thresholds
        assert tuple(each.days for each in account.runway_thresholds) == (3, 30)
        assert account.overage is Overage.DEBT
        assert [(each.by, each.amount) for each in account.limits] == [
            (LimitOwner.DEFAULT, Credits(300))
        ]


def test_a_default_limit_keeps_only_what_is_used(stores: tuple[Store, Store]) -> None:
    product, others = stores
    account_id = new_account_id()
    harness = LedgerHarness(others)
    harness.give(account_id, "30")
    harness.spend(account_id, "a", 2)

    [limit] = others.load(account_id).limits

    assert (limit.used, limit.amount) == (Credits(200), Credits(300))
    assert product.load(account_id).limits == ()


def test_a_default_that_was_announced_stays_a_default(stores: tuple[Store, Store]) -> None:
    product, others = stores
    account_id = new_account_id()
    harness = LedgerHarness(product)
    harness.give(account_id, "21")
    harness.spend(account_id, "a", 2)

    [threshold] = product.load(account_id).thresholds

    assert (threshold.at, threshold.alerted_at) == (Credits(2_000), NOW)
    assert tuple(each.at for each in others.load(account_id).thresholds) == DEFAULTS.thresholds
    elsewhere = new_account_id()
    harness = LedgerHarness(others)
    harness.give(elsewhere, "11")
    harness.spend(elsewhere, "a", 2)
    assert any(each.alerted_at for each in others.load(elsewhere).thresholds)
    assert [each.at for each in product.load(elsewhere).thresholds] == [Credits(2_000)]


def test_a_default_runway_that_was_announced_stays_a_default(
    stores: tuple[Store, Store],
) -> None:
    product, others = stores
    account_id = new_account_id()
    harness = LedgerHarness(product)
    harness.give(account_id, "4")
    for day in range(4):
        harness.spend(account_id, f"day-{day}", 1, now=Instant(NOW + day * DAY_SECONDS))
    announced = RunwayThreshold(days=7, alerted_at=Instant(NOW + 3 * DAY_SECONDS), open=True)

    assert product.load(account_id).runway_thresholds == (announced,)
    assert others.load(account_id).runway_thresholds == (
        RunwayThreshold(days=3),
        RunwayThreshold(days=30),
    )


def test_what_equals_its_default_and_was_chosen_stays_chosen(stores: tuple[Store, Store]) -> None:
    product, others = stores
    account_id = new_account_id()
    LedgerHarness(product).give(account_id, "30")
    rows = MemoryLedgerStore().settings
    chosen = Settings(thresholds=(Credits(2_000),), runway_thresholds=(7,), overage=Overage.ABSORB)

    settings = AccountSettings(LedgerHarness(product).ledger, product, rows, MemoryConsents())
    settings.save(replace(saving(account_id, chosen, 0), by_admin=True), NOW)

    read = others.load(account_id)
    assert [each.at for each in read.thresholds] == [Credits(2_000)]
    assert [each.days for each in read.runway_thresholds] == [7]
    assert read.overage is Overage.ABSORB
