"""Alerts reach the bus under Lambda's rules, with the settings that the template deploys."""

from collections.abc import Sequence
from typing import Any

import pytest
from prepaid.alerts.delivery import CLAIM_SECONDS, OVERDUE_SECONDS
from prepaid.alerts.dynamodb.outbox import alert_to_item
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.thresholds import COOLDOWN_SECONDS, Alert, AlertKind

from tests.support.event_sources.asynchronous import AsyncDriver
from tests.support.event_sources.settings import AsyncSettings, StreamSettings
from tests.support.event_sources.stream import Record, StreamDriver
from tests.support.stage import USER, Stage, function, set_up
from tests.support.template import template

FUNCTION = "DeliverAlertsFunction"
END = Instant(9_999_999_999)


class Alarmed:
    """Functions on memory, and the alerts' stream with its schedule, as they are deployed."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        deliver = function("deliver_alerts")
        self.stream = StreamDriver(
            StreamSettings.of(template(), FUNCTION, "Raised"),
            deliver,
            stage,
            keys=["account_id", "alert_id"],
        )
        self.schedule = AsyncDriver(AsyncSettings.of(template(), FUNCTION), deliver, stage)

    def raised(self, *account_ids: str) -> Sequence[Alert]:
        """Let accounts fall below 20.00, and return their alerts."""
        before = len(self.stage.store.outbox.stored)
        for account_id in account_ids:
            self.stage.fund("21.00", AccountId(account_id))
            self.stage.spend(account_id=account_id)
        return self.stage.store.outbox.stored[before:]

    def put(self, alerts: Sequence[Alert]) -> list[Record]:
        return self.stream.put(alert_to_item(alert) for alert in alerts)

    @property
    def announced(self) -> list[str]:
        return [alert.account_id for alert in self.stage.bus.announced]


@pytest.fixture
def alarmed(monkeypatch: pytest.MonkeyPatch) -> Alarmed:
    """Return it with nothing raised yet."""
    return Alarmed(set_up(monkeypatch))


def many(amount: int) -> list[str]:
    return [f"account-{number}" for number in range(amount)]


@pytest.mark.fault(
    "C28",
    "A stream's records come again, or in another order",
    "Each alert is told once: what was delivered is known by its mark, not by the record",
)
def test_records_that_come_again_or_reversed_tell_each_alert_once(alarmed: Alarmed) -> None:
    raised = alarmed.raised(*many(7))

    records = alarmed.put([*reversed(raised)])
    alarmed.stream.run()
    alarmed.stream.replay(records[2:5])
    alarmed.stream.replay(reversed(records))
    alarmed.stream.run()

    assert sorted(alarmed.announced) == many(7)
    assert (alarmed.stream.given_up, len(alarmed.stream.done)) == ([], 7 + 3 + 7)


@pytest.mark.fault(
    "C29",
    "One record in a batch of a hundred cannot be delivered",
    "The others are; it alone is given up after six tries, its place goes to the dead letters, an "
    "alarm rings",
)
def test_of_a_hundred_records_one_poisonous_ends_in_the_dead_letters_and_the_others_are_told(
    alarmed: Alarmed,
) -> None:
    raised = alarmed.raised(*many(100))
    alarmed.stage.bus.refused.add("account-41")

    records = alarmed.put(raised)
    alarmed.stream.run()

    assert sorted(alarmed.announced) == sorted(set(many(100)) - {"account-41"})
    [message] = alarmed.stream.destination
    place = message["DDBStreamBatchInfo"]
    assert place["startSequenceNumber"] == place["endSequenceNumber"] == records[41].number
    assert "account-41" not in str(message)


@pytest.mark.fault(
    "C29.2",
    "The cause of a dead letter is mended",
    "The sweep delivers it; nothing was lost with the record",
)
def test_a_dead_letter_is_redriven_by_the_sweep_once_its_cause_is_mended(
    alarmed: Alarmed,
) -> None:
    raised = alarmed.raised("account-1")
    alarmed.stage.bus.refused.add("account-1")
    alarmed.put(raised)
    alarmed.stream.run()
    alarmed.stage.bus.refused.clear()
    alarmed.stage.now += OVERDUE_SECONDS

    alarmed.schedule.invoke({}, times=2)

    assert len(alarmed.stream.destination) == 1
    assert alarmed.announced == ["account-1"]


@pytest.mark.fault("C29")
def test_an_image_that_nobody_can_read_keeps_nothing_back(alarmed: Alarmed) -> None:
    raised = alarmed.raised(*many(9))
    images: list[Any] = [alert_to_item(alert) for alert in raised]
    del images[4]["balance"]

    alarmed.stream.put(images)
    alarmed.stream.run()

    assert len(alarmed.announced) == 8
    assert [each["DDBStreamBatchInfo"]["batchSize"] for each in alarmed.stream.destination] == [1]


def test_a_bus_that_is_away_for_moments_is_told_when_it_is_back(alarmed: Alarmed) -> None:
    raised = alarmed.raised(*many(5))
    alarmed.stage.bus.broken = True
    alarmed.put(raised)
    alarmed.stream.run(until=alarmed.stage.now + 1)
    alarmed.stage.bus.broken = False

    alarmed.stream.run()

    assert sorted(alarmed.announced) == many(5)
    assert alarmed.stream.given_up == []


@pytest.mark.fault("C29.2")
@pytest.mark.fault(
    "C30",
    "The sweep of alerts runs twice, late or never",
    "Each alert is told once; without the sweep the stream tells it, without the stream the sweep",
)
def test_a_schedule_that_fires_twice_or_late_tells_each_alert_once(alarmed: Alarmed) -> None:
    raised = alarmed.raised(*many(5))
    alarmed.put(raised[:2])
    alarmed.stream.run()
    alarmed.stage.now += 7 * 86_400

    alarmed.schedule.invoke({}, times=2)

    assert sorted(alarmed.announced) == many(5)


@pytest.mark.fault("C30")
def test_without_any_schedule_the_stream_tells_everything(alarmed: Alarmed) -> None:
    raised = alarmed.raised(*many(5))

    alarmed.put(raised)
    alarmed.stream.run()

    assert sorted(alarmed.announced) == many(5)
    assert alarmed.schedule.invocations == 0


@pytest.mark.fault("C30")
def test_a_function_that_dies_after_telling_tells_again_under_the_same_id(
    alarmed: Alarmed, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised = alarmed.raised("account-1")
    outbox = alarmed.stage.store.outbox
    dying, delivered = iter([True]), outbox.delivered

    def dies_once(alert: Alert, **more: Any) -> None:
        if next(dying, False):
            raise SystemError("the process is gone")
        delivered(alert, **more)

    monkeypatch.setattr(outbox, "delivered", dies_once)
    alarmed.put(raised)
    alarmed.stream.run()
    alarmed.stage.now += OVERDUE_SECONDS + CLAIM_SECONDS

    alarmed.schedule.invoke({})

    announced = alarmed.stage.bus.announced
    assert {(alert.account_id, alert.seq) for alert in announced} == {("account-1", raised[0].seq)}
    assert list(outbox.waiting(before=END)) == []


@pytest.mark.fault(
    "C31",
    "The balance swings around a threshold",
    "Every crossing is kept, one in an hour is told",
)
def test_a_balance_that_swings_around_a_threshold_is_told_once_in_a_cooldown(
    alarmed: Alarmed,
) -> None:
    stage = alarmed.stage
    began = stage.now
    stage.fund("21.00")
    for swing in range(40):
        stage.spend(key=f"down-{swing}")
        stage.fund("2.60", key=f"up-{swing}")
        stage.now += COOLDOWN_SECONDS // 10
    raised = stage.store.outbox.stored
    records = alarmed.put(raised)

    alarmed.stream.run()

    loud = [alert for alert in raised if not alert.suppressed]
    for about in (AlertKind.BALANCE_LOW, AlertKind.BALANCE_RECOVERED):
        assert [alert.raised_at - began for alert in loud if alert.about is about] == [
            hour * COOLDOWN_SECONDS for hour in range(4)
        ]
    assert (len(raised), len(records), len(alarmed.stream.filtered)) == (44, 44, 36)
    assert alarmed.announced == [USER] * 8


@pytest.mark.fault("C31.2")
def test_a_balance_that_is_equal_to_its_threshold_is_not_told(alarmed: Alarmed) -> None:
    alarmed.stage.fund("22.60")

    alarmed.stage.spend()

    assert alarmed.stage.balance() == "20.00"
    assert alarmed.stage.store.outbox.stored == []
