"""Every outbox keeps the same promises; a commit fills it with its entries or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from moto import mock_aws
from prepaid.alerts.dynamodb.outbox import DynamoOutbox, alert_from_item
from prepaid.alerts.ports import Claim, Claimed, Outbox, Waiting
from prepaid.domain.account import DEFAULT_THRESHOLDS, Account, Threshold, Version
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.limits import LimitOwner, Window
from prepaid.domain.thresholds import Alert, AlertKind, Ending, LimitStanding
from prepaid.dynamodb import shards
from prepaid.dynamodb.shards import shard_of
from prepaid.ledger.ports import LedgerStore, Moved, Repeated

from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import NOW, LedgerHarness, Store, new_account_id
from tests.support.memory import MemoryLedgerStore
from tests.support.samples import alert, decision, entry, with_account
from tests.support.strategies import account_ids, instants, signed
from tests.support.wire import Wire, error

NOWHERE = "http://127.0.0.1:9"
SOON = Instant(NOW + 60)
LATER = Instant(NOW + 1)
NEW = Version(0)


@dataclass(frozen=True)
class AlertStores:
    """A ledger's store and its outbox; `everything` reads all alerts, quiet and told ones too."""

    store: Store
    outbox: Outbox
    everything: Callable[[], list[Alert]]

    def raised(self, *alerts: Alert) -> None:
        """Commit alerts, each with an entry of its own."""
        for each in alerts:
            made = decision(each.account_id, entry(each.account_id, each.seq))
            seen = self.store.load(each.account_id).version
            self.store.commit(made.with_record(each), seen=seen)

    def waiting(self, account_id: AccountId, before: Instant = LATER) -> list[Waiting]:
        """Return what waits in the shard of an account."""
        shard = shard_of(account_id)
        found = self.outbox.waiting(before=before)
        return [each for each in found if shard_of(each.account_id) == shard]

    def waits(self, alert: Alert) -> bool:
        """Say whether an alert waits."""
        return alert in [each.read() for each in self.waiting(alert.account_id)]


@pytest.fixture
def adapters(backend: str, request: pytest.FixtureRequest) -> Iterator[AlertStores]:
    """Return an empty office."""
    if backend == "memory":
        store = MemoryLedgerStore()
        yield AlertStores(store, store.outbox, lambda: list(store.outbox.stored))
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> AlertStores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    table = f"{prefix}credit_alerts"

    def everything() -> list[Alert]:
        return list(map(alert_from_item, client.scan(TableName=table)["Items"]))

    return AlertStores(ledger_store(client, prefix), DynamoOutbox(client, table), everything)


def neighbours(of: AccountId) -> Iterator[AccountId]:
    """Go through other accounts of the same shard."""
    for number in count():
        account_id = AccountId(f"{of}-{number}")
        if shard_of(account_id) == shard_of(of):
            yield account_id


@pytest.mark.fault("A85")
def test_alerts_of_one_entry_are_kept_and_delivered_apart(adapters: AlertStores) -> None:
    account_id = new_account_id()
    standing = LimitStanding(
        operation="message#é",
        window=Window.HOUR,
        by=LimitOwner.ADMIN,
        amount=Credits(500),
        used=Credits(400),
        held=Credits(50),
        resets_at=Instant(NOW + 3_600),
    )
    low = alert(account_id)
    ends = (Ending(Instant(NOW + 60), Credits(500)), Ending(Instant(NOW + 61), Credits(1)))
    expiring = replace(low, about=AlertKind.EXPIRY_NEAR, thresholds=(), ends=ends)
    near = replace(low, about=AlertKind.LIMIT_NEAR, thresholds=(), limit=standing)
    users = replace(near, limit=replace(standing, by=LimitOwner.USER, operation=None))
    made = decision(account_id, entry(account_id))

    adapters.store.commit(made.with_records(low, near, users, expiring), seen=NEW)
    adapters.outbox.claim(near, now=NOW, until=SOON)
    adapters.outbox.delivered(near, now=NOW)

    assert {each.read() for each in adapters.waiting(account_id)} == {low, users, expiring}
    assert {each.alert_id for each in adapters.everything()} == {
        each.alert_id for each in (low, near, users, expiring)
    }
    assert near in adapters.everything()


def test_a_commit_writes_its_alerts_with_its_entries(adapters: AlertStores) -> None:
    account_id = new_account_id()
    alerts = (alert(account_id, 1), alert(account_id, 2, suppressed=True))
    made = decision(account_id, entry(account_id, 1), entry(account_id, 2))

    adapters.store.commit(replace(made, also=alerts), seen=NEW)

    assert sorted(adapters.everything(), key=lambda each: each.seq) == list(alerts)
    assert len(list(adapters.store.all_entries(account_id))) == 2


def test_a_commit_on_another_version_raises_no_alert(adapters: AlertStores) -> None:
    account_id = new_account_id()
    adapters.store.commit(decision(account_id, entry(account_id, 1)), seen=NEW)
    late = decision(account_id, entry(account_id, 2))

    with pytest.raises(Moved):
        adapters.store.commit(late.with_record(alert(account_id, 2)), seen=NEW)

    assert adapters.everything() == []
    assert [each.seq for each in adapters.store.all_entries(account_id)] == [1]


def test_a_commit_with_a_taken_key_raises_no_alert(adapters: AlertStores) -> None:
    account_id = new_account_id()
    adapters.store.commit(decision(account_id, entry(account_id, 1)), seen=NEW)
    again = decision(account_id, entry(account_id, 2, key="key-1"))

    with pytest.raises(Repeated):
        adapters.store.commit(again.with_record(alert(account_id, 2)), seen=Version(1))

    assert adapters.everything() == []
    assert [each.seq for each in adapters.store.all_entries(account_id)] == [1]


def test_a_spend_that_crosses_its_account_s_threshold_waits_in_the_outbox(
    adapters: AlertStores,
) -> None:
    account_id = new_account_id()
    harness = LedgerHarness(adapters.store)
    harness.give(account_id, "21.00")

    crossing = harness.spend(account_id, "crosses", executions=2).entry
    harness.spend(account_id, "below", executions=2)
    harness.spend(account_id, "crosses", executions=2)

    assert [each.read() for each in adapters.waiting(account_id)] == [
        replace(alert(account_id, crossing.seq), available=Credits(1_900))
    ]
    assert len(adapters.everything()) == 1


def test_a_loud_alert_waits_and_a_quiet_one_never(adapters: AlertStores) -> None:
    account_id = new_account_id()
    announced, suppressed = alert(account_id, 1), alert(account_id, 2, suppressed=True)

    adapters.raised(announced, suppressed)

    waiting = adapters.waiting(account_id)
    assert [each.read() for each in waiting] == [announced]
    assert [(each.account_id, each.raised_at) for each in waiting] == [(account_id, NOW)]
    assert suppressed in adapters.everything()


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(account_id=account_ids, at=instants, balance=signed, thresholds=st.sets(signed, min_size=1))
@example(AccountId("a#b"), Instant(1), Credits(-1), {Credits(0)})
def test_every_field_of_an_alert_survives(
    adapters: AlertStores,
    account_id: AccountId,
    at: Instant,
    balance: Credits,
    thresholds: set[Credits],
) -> None:
    seq = adapters.store.load(account_id).seq + 1
    made = replace(
        alert(account_id, seq, at=at),
        balance=balance,
        available=-balance,
        thresholds=tuple(sorted(thresholds, reverse=True)),
    )

    adapters.raised(made)

    found = adapters.waiting(account_id, Instant(at + 1))
    assert made in [each.read() for each in found]


def test_alerts_wait_in_order_of_time_whoever_they_warn(adapters: AlertStores) -> None:
    account_id = new_account_id()
    others = neighbours(account_id)
    first, second, third = (alert(next(others), at=NOW + late) for late in (-100, -10, 0))
    fourth = alert(third.account_id, 2)

    adapters.raised(second, third, fourth, first)

    found = [each.read() for each in adapters.waiting(account_id)]
    assert found[:2] == [first, second]
    assert {each.seq for each in found[2:]} == {1, 2}
    assert found[2:] == [third, fourth]


def test_alerts_wait_in_the_shard_of_their_account_only(adapters: AlertStores) -> None:
    owners = [AccountId(f"user-{number}") for number in range(1, 9)]
    adapters.raised(*(alert(each, at=NOW - late) for late, each in enumerate(owners)))

    found = [each.account_id for each in adapters.outbox.waiting(before=LATER)]

    assert found == sorted(owners, key=lambda each: (shard_of(each), -owners.index(each)))
    assert len({shard_of(each) for each in owners}) > 1


def test_only_alerts_raised_before_the_time_are_returned(adapters: AlertStores) -> None:
    account_id = new_account_id()
    early, at_once = alert(account_id, 2, at=NOW - 1), alert(account_id, 3, at=NOW)
    adapters.raised(early, at_once)

    found = adapters.waiting(account_id, before=Instant(NOW))

    assert [each.read() for each in found] == [early]


def test_alerts_are_found_page_by_page_each_once(
    adapters: AlertStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "PAGE", 2)
    account_id = new_account_id()
    alerts = [alert(account_id, seq) for seq in range(1, 6)]
    adapters.raised(*alerts)

    found = adapters.waiting(account_id)

    assert [each.read() for each in found] == alerts


def test_a_claimed_alert_is_nobody_else_s_until_its_time_has_come(adapters: AlertStores) -> None:
    made = alert()
    adapters.raised(made)

    first = adapters.outbox.claim(made, now=NOW, until=SOON)
    with pytest.raises(Claimed):
        adapters.outbox.claim(made, now=NOW, until=SOON)
    with pytest.raises(Claimed):
        adapters.outbox.claim(made, now=Instant(SOON - 1), until=Instant(SOON + 60))
    after = adapters.outbox.claim(made, now=SOON, until=Instant(SOON + 60))

    assert (first, after) == (Claim(), Claim())
    with pytest.raises(Claimed):
        adapters.outbox.claim(made, now=SOON, until=Instant(SOON + 60))


def test_a_claim_takes_one_alert_of_an_account_and_no_other(adapters: AlertStores) -> None:
    account_id = new_account_id()
    one, other = alert(account_id, 1), alert(account_id, 2)
    adapters.raised(one, other)
    adapters.outbox.claim(one, now=NOW, until=SOON)

    assert adapters.outbox.claim(other, now=NOW, until=SOON)


def test_a_claimed_alert_still_waits(adapters: AlertStores) -> None:
    made = alert()
    adapters.raised(made)

    adapters.outbox.claim(made, now=NOW, until=SOON)

    assert adapters.waits(made)


def test_an_alert_that_was_let_go_of_can_be_claimed_at_once(adapters: AlertStores) -> None:
    made = alert()
    adapters.raised(made)
    adapters.outbox.claim(made, now=NOW, until=SOON)

    adapters.outbox.release(made)

    assert adapters.waits(made)
    assert adapters.outbox.claim(made, now=NOW, until=SOON)


@pytest.mark.fault("C28")
def test_a_delivered_alert_waits_no_more_and_is_never_claimed_again(adapters: AlertStores) -> None:
    made = alert()
    adapters.raised(made)
    adapters.outbox.claim(made, now=NOW, until=SOON)

    adapters.outbox.delivered(made, now=NOW)

    assert not adapters.waits(made)
    assert not adapters.outbox.claim(made, now=NOW, until=SOON)
    assert not adapters.outbox.claim(
        made, now=Instant(NOW + 10**6), until=Instant(NOW + 10**6 + 60)
    )
    assert adapters.everything() == [made]


def test_an_alert_is_found_while_it_waits_and_only_then(adapters: AlertStores) -> None:
    made, find = alert(), adapters.outbox.find
    assert find(made.account_id, made.alert_id) is None
    adapters.raised(made)
    adapters.outbox.claim(made, now=NOW, until=SOON)

    waiting = find(made.account_id, made.alert_id)
    adapters.outbox.delivered(made, now=NOW)

    assert waiting is not None
    assert waiting.read() == made
    assert find(made.account_id, made.alert_id) is None


def test_a_delivered_alert_that_is_let_go_of_stays_delivered(adapters: AlertStores) -> None:
    made = alert()
    adapters.raised(made)
    adapters.outbox.claim(made, now=NOW, until=SOON)
    adapters.outbox.delivered(made, now=NOW)

    adapters.outbox.release(made)

    assert not adapters.waits(made)
    assert not adapters.outbox.claim(made, now=NOW, until=SOON)


def test_an_alert_that_does_not_exist_is_not_claimed_and_leaves_nothing(
    adapters: AlertStores,
) -> None:
    made = alert()

    claimed = adapters.outbox.claim(made, now=NOW, until=SOON)

    assert not claimed
    assert adapters.everything() == []
    assert not adapters.waits(made)


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
def test_a_claim_raises_what_it_does_not_know(code: str) -> None:
    client = new_client(NOWHERE)
    Wire(client, lambda _: error(code))
    outbox = DynamoOutbox(client, "credit_alerts")

    with pytest.raises(ClientError, match=code):
        outbox.claim(alert(), now=NOW, until=SOON)


def test_a_quiet_alert_is_not_claimed(adapters: AlertStores) -> None:
    made = alert(suppressed=True)
    adapters.raised(made)

    claimed = adapters.outbox.claim(made, now=NOW, until=SOON)

    assert not claimed
    assert adapters.everything() == [made]


@pytest.mark.parametrize(
    "thresholds",
    [
        (),
        DEFAULT_THRESHOLDS,
        (replace(DEFAULT_THRESHOLDS[0], alerted_at=NOW),),
        (Threshold(at=Credits(100)), Threshold(at=Credits(0), alerted_at=NOW)),
    ],
)
def test_thresholds_are_read_as_they_were_chosen(
    any_store: LedgerStore, thresholds: tuple[Threshold, ...]
) -> None:
    account_id = new_account_id()
    made = with_account(decision(account_id, entry(account_id)), thresholds=thresholds)

    any_store.commit(made, seen=NEW)

    assert any_store.load(account_id).thresholds == thresholds


def test_an_account_that_nobody_wrote_has_the_default_thresholds(any_store: LedgerStore) -> None:
    account_id = new_account_id()

    read = any_store.load(account_id)

    assert read == Account(account_id=account_id)
    assert read.thresholds == DEFAULT_THRESHOLDS
