"""A balance that stays low is announced again, until it has recovered or somebody has seen it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from prepaid.alerts.channels import Contacts
from prepaid.alerts.dynamodb.history import DynamoAlertHistory
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.alerts.dynamodb.repeats import DynamoRepeats
from prepaid.alerts.history import Acknowledged, AlertHistory
from prepaid.alerts.ports import Outbox, Repeat, Repeats
from prepaid.alerts.repeating import Now, Repeating, judge
from prepaid.domain.account import Account, Threshold
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import Contended, Unavailable
from prepaid.domain.projecting import projected
from prepaid.domain.thresholds import Alert, AlertKind

from tests.alerts.test_mail import EMAIL, agree, letters
from tests.domain.book import DAY
from tests.support.dynamodb import (
    LEDGER_TABLES,
    create_tables,
    ledger_store,
    new_client,
    new_prefix,
)
from tests.support.ledger_harness import Store, new_account_id
from tests.support.memory import MemoryLedgerStore, repeat_of
from tests.support.samples import alert, decision, entry
from tests.support.stage import NOW, OTHER, USER, Stage, function

STILL = AlertKind.BALANCE_STILL_LOW
WEEK = 7 * DAY


def choose(stage: Stage, **settings: object) -> None:
    body = {"repeat_days": 7, "thresholds": ["20.00", "5.00"], **settings}
    assert stage.call("put_settings", body, headers={"if-match": "*"}).status == 200


def sweep(stage: Stage, seconds: int = 600) -> Mapping[str, Any]:
    stage.now += seconds
    found: Mapping[str, Any] = function("deliver_alerts")({})
    return found


def announced(stage: Stage) -> list[tuple[str, list[str]]]:
    """Return what the bus heard since this was asked last: kinds and thresholds."""
    found = [(str(each.about), list(map(str, each.thresholds))) for each in stage.bus.announced]
    stage.bus.announced.clear()
    return found


def run_low(stage: Stage) -> None:
    """Fall from 21.00 to 18.40 and let it be announced."""
    stage.fund("21.00")
    stage.spend()
    sweep(stage)
    assert announced(stage) == [("balance_low", ["20.00"])]


def acknowledge(stage: Stage, number: int) -> None:
    """Acknowledge an alert of the list, the latest is number 0."""
    alert_id = stage.call("list_alerts").json["items"][number]["alert_id"]
    assert stage.call("acknowledge_alert", path={"alert_id": alert_id}).status == 200


@pytest.mark.fault(
    "Z7",
    "A balance stays low, and the one warning was overlooked",
    "Where the account wants it, it is announced again every so many days, once each time",
)
def test_a_balance_that_stays_low_is_announced_again_and_again(stage: Stage) -> None:
    choose(stage)
    run_low(stage)
    first = stage.call("list_alerts").json["items"][0]

    early = sweep(stage, WEEK - 1)
    due = [sweep(stage, 1), sweep(stage), sweep(stage)]
    heard = announced(stage)
    later = [sweep(stage, WEEK), sweep(stage)]

    assert (early["repeated"], [each["repeated"] for each in due]) == (0, [1, 0, 0])
    assert heard == [(str(STILL), ["20.00"])]
    assert [each["repeated"] for each in later] == [1, 0]
    assert announced(stage) == [(str(STILL), ["20.00"])]
    assert first["repeat_at"] is not None
    shown = stage.call("list_alerts").json["items"]
    assert [each["kind"] for each in shown] == [str(STILL)] * 2 + ["balance_low"]
    assert [each["balance"] for each in shown] == ["18.40"] * 3
    assert len(stage.entries()) == 2


@pytest.mark.fault(
    "Z8",
    "What is low was acknowledged, has recovered, or nobody wants it repeated",
    "It is not announced again",
)
@pytest.mark.parametrize("how", ["acknowledged", "recovered", "not wanted", "not low by itself"])
def test_repeats_end(stage: Stage, how: str) -> None:
    choose(stage)
    run_low(stage)
    match how:
        case "acknowledged":
            acknowledge(stage, 0)
        case "recovered":
            stage.fund("10.00", key="more")
        case "not wanted":
            choose(stage, repeat_days=None)
        case _:
            choose(stage, thresholds=["18.00"])
    sweep(stage)
    announced(stage)

    found = [sweep(stage, WEEK), sweep(stage)]

    assert [(each["repeated"], each["failed"]) for each in found] == [(0, 0)] * 2
    assert announced(stage) == []
    assert list(stage.store.outbox.due(now=Instant(stage.now + 99 * DAY))) == []


@pytest.mark.fault("Z8")
def test_to_acknowledge_a_repeat_ends_them_all(stage: Stage) -> None:
    choose(stage)
    run_low(stage)
    sweep(stage, WEEK)
    sweep(stage)
    assert announced(stage) == [(str(STILL), ["20.00"])]

    acknowledge(stage, 0)
    sweep(stage, 3 * WEEK)
    sweep(stage)

    assert announced(stage) == []


@pytest.mark.fault(
    "Z9",
    "An alert is acknowledged before it is delivered",
    "It is delivered, and not repeated",
)
def test_what_was_acknowledged_before_it_was_delivered_is_not_repeated(stage: Stage) -> None:
    choose(stage)
    stage.fund("21.00")
    stage.spend()
    acknowledge(stage, 0)

    sweep(stage)
    again = sweep(stage, WEEK)

    assert announced(stage) == [("balance_low", ["20.00"])]
    assert again["repeated"] == 0


@pytest.mark.fault(
    "Z10", "A balance is below several thresholds for long", "The lowest alone is announced again"
)
def test_of_several_thresholds_the_lowest_is_repeated_until_it_recovers(stage: Stage) -> None:
    choose(stage)
    run_low(stage)
    stage.spend("lower", body={"quantities": {"call": 14, "minute": 0}})
    assert stage.balance() == "4.40"
    sweep(stage)
    announced(stage)

    sweep(stage, WEEK)
    sweep(stage)
    lowest = announced(stage)
    stage.fund("1.00", key="more")
    sweep(stage)
    announced(stage)
    sweep(stage, WEEK)
    sweep(stage)

    assert lowest == [(str(STILL), ["5.00"])]
    assert announced(stage) == [(str(STILL), ["20.00"])]


@pytest.mark.fault(
    "Z11",
    "A channel is to keep silent for longer than alerts are repeated",
    "A repeat is about the same as what it repeats, and is suppressed there",
)
def test_a_channels_cooldown_holds_for_repeats_too(stage: Stage) -> None:
    email = {"email": EMAIL}
    chosen: dict[str, object] = {"channels": {"email": True}, "recipients": [email]}
    choose(stage, repeat_days=3, cooldown_seconds={"email": 5 * DAY}, **chosen)
    agree(stage)
    run_low(stage)

    for _ in range(2):
        sweep(stage, 3 * DAY)
        sweep(stage)

    assert letters(stage) == [
        "Your credits are below 20.00",
        "Your credits are still below 20.00",
    ]
    states = [
        each["state"]
        for shown in stage.call("list_alerts").json["items"]
        for each in shown["deliveries"]
        if each["channel"] == "email"
    ]
    assert states == ["sent", "suppressed", "sent"]


@pytest.mark.fault(
    "Z12",
    "An account cannot be read when its alert is to be repeated",
    "The others are repeated, it is counted as failed and looked at by the next sweep",
)
def test_an_account_that_cannot_be_read_stops_no_other(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    choose(stage)
    run_low(stage)
    stage.fund("21.00", OTHER)
    stage.spend(account_id=OTHER)
    stage.now += WEEK
    stage.bus.refused.add(OTHER)
    stage.store.broken = True
    failed = function("deliver_alerts")({})
    stage.store.broken = False

    mended = sweep(stage)

    assert (failed["repeated"], failed["failed"]) == (0, 2), "what the bus refused counts as well"
    assert (mended["repeated"], mended["failed"]) == (1, 1)
    assert "an alert was not repeated" in [each.message for each in caplog.records]


def low(*thresholds: tuple[str, int], balance: str = "4.00") -> Account:
    """Return an account whose thresholds were announced at times."""
    return Account(
        account_id=USER,
        balance=Credits.parse(balance),
        thresholds=tuple(
            Threshold(at=Credits.parse(each), alerted_at=Instant(when)) for each, when in thresholds
        ),
    )


def test_what_was_announced_again_since_is_left_to_the_later_alert() -> None:
    earlier = replace(alert(USER), thresholds=(Credits(2_000),), raised_at=Instant(NOW))

    assert judge(earlier, low(("20.00", NOW))) == (Now.SEND, (Credits(2_000),))
    assert judge(earlier, low(("20.00", NOW + 1))) == (Now.END, ())
    assert judge(earlier, low(("20.00", NOW), balance="20.00")) == (Now.END, ())
    assert judge(earlier, low(("20.00", NOW), ("5.00", NOW + 1)))[0] is Now.WAIT
    assert judge(earlier, low(("20.00", NOW), ("5.00", 0)))[0] is Now.SEND


class Weekly:
    """A contact book in which everybody wants to hear of it weekly."""

    def contacts(self, _account_id: AccountId) -> Contacts:
        return Contacts(repeat_days=7)


@dataclass(frozen=True)
class AlertStores:
    store: Store
    outbox: Outbox
    history: AlertHistory
    repeats: Repeats

    def low(self) -> Alert:
        """Commit a low alert and deliver it, to be repeated a week later."""
        account_id = new_account_id()
        made = alert(account_id)
        decided = decision(account_id, entry(account_id)).with_record(made)
        self.store.commit(decided, seen=self.store.load(account_id).version)
        self.outbox.delivered(made, now=Instant(NOW), repeat_at=Instant(NOW + WEEK))
        return made

    def due(self, account_id: AccountId, at: int = NOW + WEEK) -> list[Repeat]:
        found = self.repeats.due(now=Instant(at))
        return [each for each in found if each.account_id == account_id]


@pytest.fixture
def adapters(backend: str, request: pytest.FixtureRequest) -> Iterator[AlertStores]:
    if backend == "memory":
        store = MemoryLedgerStore()
        yield AlertStores(store, store.outbox, store.outbox, store.outbox)
    elif backend == "moto":
        with mock_aws():
            yield _dynamodb(None)
    else:
        yield _dynamodb(request.getfixturevalue("emulator"))


def _dynamodb(url: str | None) -> AlertStores:
    client, prefix = new_client(url), new_prefix()
    create_tables(client, prefix, LEDGER_TABLES)
    table = f"{prefix}credit_alerts"
    return AlertStores(
        ledger_store(client, prefix),
        DynamoOutbox(client, table),
        DynamoAlertHistory(client, table),
        DynamoRepeats(client, table),
    )


def test_an_alert_is_due_from_its_moment_on_until_it_is_looked_at(adapters: AlertStores) -> None:
    first, another = adapters.low(), adapters.low()
    later = Instant(NOW + 2 * WEEK)
    again = replace(alert(first.account_id, at=NOW + WEEK), about=STILL, repeats=first.alert_id)

    early = adapters.due(first.account_id, NOW + WEEK - 1)
    [due] = adapters.due(first.account_id)
    done = [adapters.repeats.next(due, at=later, again=again) for _ in range(2)]

    assert (early, due) == ([], repeat_of(first, Instant(NOW + WEEK)))
    assert due.read() == first
    assert done == [True, False]
    assert adapters.due(first.account_id) == []
    assert [each.at for each in adapters.due(first.account_id, later)] == [later]
    assert len(adapters.due(another.account_id)) == 1
    past = adapters.history.of_account(first.account_id, limit=9)
    assert [each.alert for each in past] == [again, first]
    assert [each.repeat_at for each in past] == [None, later]
    waiting = [each.read() for each in adapters.outbox.waiting(before=later)]
    assert again in waiting


def test_a_repeat_that_is_ended_is_never_due(adapters: AlertStores) -> None:
    first = adapters.low()
    [due] = adapters.due(first.account_id)

    ended = adapters.repeats.next(due, at=None, again=None)

    assert (ended, adapters.due(first.account_id, NOW + 99 * WEEK)) == (True, [])


def test_to_acknowledge_an_alert_or_its_repeat_ends_it(adapters: AlertStores) -> None:
    seen = Acknowledged(Instant(NOW + 1), "user:user-1")
    first, other = adapters.low(), adapters.low()
    [due], [others] = adapters.due(first.account_id), adapters.due(other.account_id)
    again = replace(alert(other.account_id, at=NOW + WEEK), about=STILL, repeats=other.alert_id)
    adapters.repeats.next(others, at=Instant(NOW + 2 * WEEK), again=again)

    adapters.history.acknowledge(first.account_id, first.alert_id, seen)
    adapters.history.acknowledge(other.account_id, again.alert_id, seen)

    assert adapters.repeats.next(due, at=Instant(NOW + 9 * WEEK), again=None) is False
    for each in (first, other):
        assert adapters.due(each.account_id, NOW + 99 * WEEK) == []


def test_what_was_acknowledged_before_its_delivery_says_so(adapters: AlertStores) -> None:
    account_id = new_account_id()
    made = alert(account_id)
    adapters.store.commit(
        decision(account_id, entry(account_id)).with_record(made),
        seen=adapters.store.load(account_id).version,
    )
    seen = Acknowledged(Instant(NOW), "user:user-1")

    adapters.history.acknowledge(account_id, made.alert_id, seen)
    adapters.outbox.delivered(made, now=Instant(NOW), repeat_at=Instant(NOW + WEEK))

    assert [each.acknowledged for each in adapters.due(account_id)] == [True]


@pytest.mark.fault(
    "Z14",
    "An alert that is to be repeated is one that nobody can read",
    "The others are repeated; it counts as failed at every sweep, which rings, and stays due",
)
@mock_aws
def test_an_alert_that_nobody_can_read_stops_no_other() -> None:
    adapters = _dynamodb(None)
    alerts = [adapters.low() for _ in range(3)]
    client, failed = new_client(), list[str]()
    [table] = [each for each in client.list_tables()["TableNames"] if each.endswith("_alerts")]
    key = {"account_id": {"S": alerts[1].account_id}, "alert_id": {"S": alerts[1].alert_id}}
    client.update_item(TableName=table, Key=key, UpdateExpression="REMOVE balance")
    repeating = Repeating(
        repeats=adapters.repeats,
        contact_book=Weekly(),
        account=lambda account_id, now: projected(adapters.store.load(account_id), now),
        failed=lambda repeat, _exc: failed.append(repeat.account_id),
    )

    done = repeating.run(now=Instant(NOW + WEEK), time_is_up=lambda: False)

    assert (done.failed, failed) == (1, [alerts[1].account_id])
    left = [each.account_id for each in adapters.repeats.due(now=Instant(NOW + WEEK))]
    assert left == [alerts[1].account_id]


@pytest.mark.fault(
    "Z13",
    "The store turns a repeat away for now, or its answer is lost",
    "It counts as failed; the next sweep sees whether it was written, and repeats it once",
)
def test_a_busy_store_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = {
        "Error": {"Code": "TransactionCanceledException", "Message": "busy"},
        "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}],
    }

    def turned_away(**_: object) -> None:
        raise ClientError(busy, "TransactWriteItems")  # type: ignore[arg-type]  # a plain dict

    client = new_client()
    monkeypatch.setattr(client, "transact_write_items", turned_away)
    due = repeat_of(alert(USER), Instant(NOW))

    with pytest.raises(Contended):
        DynamoRepeats(client, "credit_alerts").next(due, at=None, again=None)


@pytest.mark.fault("Z13")
def test_a_repeat_whose_answer_was_lost_is_written_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(stage)
    run_low(stage)
    answer_of = stage.store.outbox.next
    lost = iter([True])

    def lost_once(repeat: Repeat, **more: Any) -> bool:
        answer = answer_of(repeat, **more)
        if next(lost, False):
            raise Unavailable("lost")
        return answer

    monkeypatch.setattr(stage.store.outbox, "next", lost_once)

    counts = [sweep(stage, WEEK), sweep(stage), sweep(stage)]

    assert [(each["repeated"], each["failed"]) for each in counts] == [(0, 1), (0, 0), (0, 0)]
    assert announced(stage) == [(str(STILL), ["20.00"])]
