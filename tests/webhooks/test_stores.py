"""Every store of webhooks, deliveries and walks keeps the same promises."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import PreconditionFailed
from prepaid.dynamodb.audit import put_audit_row
from prepaid.dynamodb.records import RecordsTable
from prepaid.inbox.dynamodb import DynamoAuditLog
from prepaid.webhooks.delivery import Delivery, DeliveryState, Outcome, new_delivery
from prepaid.webhooks.dynamodb.deliveries import DynamoDeliveries, DynamoWalks
from prepaid.webhooks.dynamodb.rows import delivery_partition, walk_partition
from prepaid.webhooks.dynamodb.webhooks import DynamoWebhooks
from prepaid.webhooks.ports import Claimed, Deliveries, Walks, Webhooks
from prepaid.webhooks.queueing import Queueing
from prepaid.webhooks.retrying import REPLAY_SECONDS
from prepaid.webhooks.walking import replay_walk
from prepaid.webhooks.webhook import DisabledBecause, SecretVersion

from tests.support.dynamodb import create_tables, new_client, new_prefix
from tests.support.memory_webhooks import MemoryDeliveries, MemoryQueue, MemoryWalks, MemoryWebhooks
from tests.support.wire import Wire, error
from tests.webhooks.test_rules import NOW, WEBHOOK, event

SOON = Instant(NOW + 60)
FRESH = replace(WEBHOOK, version=0)
WHOLE = replace(
    FRESH,
    webhook_id="wh_whole",
    description="All of it",
    event_types=("credits.balance.*",),
    account_ids=(AccountId("a#b"),),
    secrets=(
        SecretVersion(key_id="k2", number=2, made_by="second"),
        SecretVersion(key_id="k1", number=1, made_by="first", valid_until=Instant(NOW + 9)),
    ),
    disabled=DisabledBecause.GONE,
    disabled_at=NOW,
    failing_since=Instant(NOW - 5),
)
AUDIT = AuditRow(
    at=NOW,
    actor="admin:admin-1",
    action="create_webhook",
    subject="wh_1",
    request_id="req-1",
    before={},
    after={"url": "https://example.com"},
)


@dataclass
class Stores:
    """What one technology keeps."""

    webhooks: Webhooks
    deliveries: Deliveries
    walks: Walks
    audits: "DynamoAuditLog | MemoryWebhooks"

    def audited(self) -> list[AuditRow]:
        if isinstance(self.audits, MemoryWebhooks):
            return self.audits.audit
        return [row for _, row in self.audits.latest(now=NOW, limit=9)]


@pytest.fixture
def stores(backend: str, request: pytest.FixtureRequest) -> Iterator[Stores]:
    if backend == "memory":
        webhooks = MemoryWebhooks()
        yield Stores(webhooks, MemoryDeliveries(), MemoryWalks(), webhooks)
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> Stores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, ("credit_records",))
    table = f"{prefix}credit_records"
    return Stores(
        DynamoWebhooks(client, table, lambda row: put_audit_row(row, table)),
        DynamoDeliveries(client, table),
        DynamoWalks(client, table),
        DynamoAuditLog(RecordsTable(client, table)),
    )


def delivery(number: int = 1, webhook_id: str = "wh_1") -> Delivery:
    made = replace(event(), event_id=f"event-{number}", at=Instant(NOW + number))
    return new_delivery(made, webhook_id, NOW)


def test_a_webhook_is_read_as_it_was_saved_and_saved_only_as_it_was_read(stores: Stores) -> None:
    saved = stores.webhooks.save(WHOLE)

    assert saved == replace(WHOLE, version=1)
    assert stores.webhooks.find("wh_whole") == saved
    assert stores.webhooks.find("wh_none") is None
    for stale in (WHOLE, replace(WHOLE, version=2)):
        with pytest.raises(PreconditionFailed):
            stores.webhooks.save(stale)
    assert stores.webhooks.save(replace(saved, description="")).version == 2


def test_deleted_webhooks_are_found_by_their_id_alone(stores: Stores) -> None:
    later = replace(FRESH, webhook_id="wh_0", created_at=Instant(NOW + 1))
    first, second = stores.webhooks.save(FRESH), stores.webhooks.save(later)
    stores.webhooks.save(replace(WHOLE, deleted_at=NOW))

    assert stores.webhooks.all() == [first, second]
    assert stores.webhooks.find("wh_whole") is not None


def test_a_change_is_written_with_its_audit_or_neither(stores: Stores) -> None:
    stores.webhooks.save(FRESH, AUDIT)
    with pytest.raises(PreconditionFailed):
        stores.webhooks.save(FRESH, replace(AUDIT, request_id="req-2"))

    assert [row.request_id for row in stores.audited()] == ["req-1"]


@pytest.mark.fault("W10")
def test_a_new_delivery_is_claimed_once_until_its_claim_ends(stores: Stores) -> None:
    made = delivery()

    first = stores.deliveries.claim(made, now=NOW, until=SOON)
    for now in (NOW, Instant(SOON - 1)):
        with pytest.raises(Claimed):
            stores.deliveries.claim(made, now=now, until=SOON)
    after = stores.deliveries.claim(made, now=SOON, until=Instant(SOON + 60))

    assert (first, after) == (True, True)
    assert stores.deliveries.find("wh_1", made.delivery_id, now=NOW) == made


@pytest.mark.fault("W3")
def test_a_delivery_whose_turn_is_over_is_not_claimed(stores: Stores) -> None:
    made = delivery()
    stores.deliveries.claim(made, now=NOW, until=SOON)
    failed = made.after(Outcome(milliseconds=1, status=500), NOW)
    saved = stores.deliveries.save(failed, seen=0)

    assert saved
    assert not stores.deliveries.save(failed, seen=0)
    assert not stores.deliveries.claim(made, now=Instant(SOON + 9), until=Instant(SOON + 60))
    assert stores.deliveries.claim(failed, now=NOW, until=SOON)
    taken = failed.after(Outcome(milliseconds=1, status=200), NOW)
    assert stores.deliveries.save(taken, seen=1)
    assert not stores.deliveries.claim(taken, now=NOW, until=SOON)
    assert not stores.deliveries.claim(delivery(9).waiting(), now=NOW, until=SOON)


def test_every_field_of_a_delivery_survives(stores: Stores) -> None:
    made = replace(delivery(), account_id=None, single=True)
    stores.deliveries.add(made)
    tried = made.after(Outcome(milliseconds=9, error="timed_out"), NOW)
    tried = tried.replayed("key", NOW).after(
        Outcome(milliseconds=9, status=500, excerpt="ünïcode"), NOW
    )

    stores.deliveries.save(replace(tried, state=DeliveryState.PENDING), seen=0)

    found = stores.deliveries.find("wh_1", made.delivery_id, now=NOW)
    assert found == replace(tried, state=DeliveryState.PENDING)
    assert not stores.deliveries.add(made)


def test_deliveries_are_listed_from_either_end_page_by_page(stores: Stores) -> None:
    for number in (3, 1, 2):
        stores.deliveries.add(delivery(number))
    stores.deliveries.add(delivery(4, "wh_2"))

    newest = stores.deliveries.latest("wh_1", limit=2, before=None, now=NOW)
    rest = stores.deliveries.latest("wh_1", limit=2, before=newest[-1].delivery_id, now=NOW)
    first = f"{NOW + 2:010d}-"
    later = stores.deliveries.since("wh_1", first, limit=1, after=None, now=NOW)
    last = stores.deliveries.since("wh_1", first, limit=9, after=later[-1].delivery_id, now=NOW)

    assert [each.at - NOW for each in (*newest, *rest)] == [3, 2, 1]
    assert [each.at - NOW for each in (*later, *last)] == [2, 3]


def test_after_30_days_a_delivery_is_gone_whether_or_not_it_was_removed(stores: Stores) -> None:
    made = delivery()
    stores.deliveries.add(made)
    end = Instant(NOW + REPLAY_SECONDS)

    assert stores.deliveries.find("wh_1", made.delivery_id, now=Instant(end - 1)) is not None
    assert stores.deliveries.find("wh_1", made.delivery_id, now=end) is None
    assert list(stores.deliveries.latest("wh_1", limit=9, before=None, now=end)) == []


@pytest.mark.fault("W12")
def test_deliveries_are_due_from_their_moment_on_each_once(stores: Stores) -> None:
    for number in range(20):
        stores.deliveries.add(replace(delivery(number), due_at=SOON))
    stores.deliveries.add(delivery(99))

    found = [each.read() for each in stores.deliveries.due(now=SOON)]

    assert list(stores.deliveries.due(now=Instant(SOON - 1))) == []
    assert sorted(each.at - NOW for each in found) == list(range(20))
    for each in found:
        stores.deliveries.postpone(replace(each, due_at=Instant(SOON + 1)))
    assert list(stores.deliveries.due(now=SOON)) == []
    stores.deliveries.postpone(replace(found[0], due_at=NOW, turn=5))
    stores.deliveries.postpone(replace(delivery(1_000), due_at=NOW))
    assert list(stores.deliveries.due(now=SOON)) == []
    assert len(list(stores.deliveries.due(now=Instant(SOON + 1)))) == 20


@pytest.mark.fault(
    "M10",
    "A delivery that is due, or a walk, is one that nobody can read",
    "The others are queued; it counts as failed at every sweep, which rings, and stays due",
)
@mock_aws
def test_what_is_due_and_cannot_be_read_stops_no_other() -> None:
    client, prefix = new_client(), new_prefix()
    create_tables(client, prefix, ["credit_records"])
    table = f"{prefix}credit_records"
    deliveries, walks = DynamoDeliveries(client, table), DynamoWalks(client, table)
    for number in range(3):
        deliveries.add(replace(delivery(number), due_at=SOON))
        walk = replay_walk("wh_1", str(number), since=NOW, only_failed=True, now=NOW)
        walks.save(replace(walk, due_at=SOON))
    broken = [next(deliveries.due(now=SOON)), walks.due(now=SOON)[0]]
    for each, partition in zip(broken, (delivery_partition, walk_partition), strict=True):
        key = {"kind_id": {"S": partition(each.owner_id)}, "sort": {"S": each.row_id}}
        row = client.get_item(TableName=table, Key=key)["Item"]
        due = {name: row[name] for name in ("due_shard", "due_at")}
        client.put_item(TableName=table, Item={**key, **due})
    queue, failed = MemoryQueue(), list[str]()
    queueing = Queueing(
        webhooks=MemoryWebhooks(),
        deliveries=deliveries,
        walks=walks,
        queue=queue,
        failed=lambda due, _exc: failed.append(due.row_id),
    )

    swept = queueing.sweep(now=SOON, time_is_up=lambda: False)

    assert (swept.queued, swept.failed) == (4, 2)
    assert failed == [each.row_id for each in broken]
    assert (len(queue.turns), len(queue.walks)) == (2, 2)


def test_a_test_has_the_time_at_which_it_was_asked_for_first(stores: Stores) -> None:
    first = stores.deliveries.test_at("wh_1", "key", NOW)
    again = stores.deliveries.test_at("wh_1", "key", SOON)
    other = stores.deliveries.test_at("wh_2", "key", SOON)

    assert (first, again, other) == ((NOW, False), (NOW, True), (SOON, False))


def test_a_walk_is_read_as_it_was_saved_and_due_until_it_is_finished(stores: Stores) -> None:
    walk = replay_walk("wh_1", "key", since=NOW, only_failed=True, now=NOW)
    stores.walks.save(walk)
    assert stores.walks.find("wh_1", walk.walk_id) == walk
    walk = replace(walk, position="x", found=3, due_at=SOON)
    stores.walks.save(walk)

    assert stores.walks.find("wh_1", walk.walk_id) == walk
    assert stores.walks.find("wh_2", walk.walk_id) is None
    [due] = stores.walks.due(now=SOON)
    assert (due.owner_id, due.row_id, due.read()) == ("wh_1", walk.walk_id, walk)
    assert list(stores.walks.due(now=NOW)) == []
    done = replace(walk, finished=True, due_at=None, only_waiting=True, only_failed=False)
    stores.walks.save(done)
    assert list(stores.walks.due(now=SOON)) == []
    assert stores.walks.find("wh_1", walk.walk_id) == done


@pytest.mark.parametrize("code", ["AccessDeniedException", "ValidationException"])
def test_what_a_store_does_not_know_it_raises(code: str) -> None:
    client = new_client("http://127.0.0.1:9")
    Wire(client, lambda _: error(code))
    deliveries = DynamoDeliveries(client, "credit_records")
    webhooks = DynamoWebhooks(client, "credit_records", lambda _: {})

    for write in (
        lambda: deliveries.claim(delivery().waiting(), now=NOW, until=SOON),
        lambda: deliveries.save(delivery(), seen=0),
        lambda: deliveries.postpone(replace(delivery(), due_at=NOW)),
        lambda: deliveries.test_at("wh_1", "key", NOW),
        lambda: webhooks.save(FRESH),
    ):
        with pytest.raises(ClientError, match=code):
            write()
