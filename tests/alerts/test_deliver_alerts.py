"""Alerts are told to the bus: those in a stream's batch, and those that were left behind."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from prepaid.alerts.delivery import CLAIM_SECONDS, GIVEN_UP_SECONDS, OVERDUE_SECONDS
from prepaid.alerts.dynamodb.outbox import alert_to_item
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.thresholds import Alert

from tests.support.stage import NOW, OTHER, USER, Stage, function

THIRD = AccountId("user-3")


@pytest.fixture
def low(stage: Stage) -> Stage:
    """Three accounts that have just fallen below 20.00."""
    for account_id in (USER, OTHER, THIRD):
        stage.fund("21.00", account_id)
        stage.spend(account_id=account_id)
    return stage


@pytest.fixture
def deliver(low: Stage) -> Callable[..., Any]:
    """The function, on those accounts."""
    assert len(low.store.outbox.stored) == 3
    return function("deliver_alerts")


def batch(*alerts: Alert) -> dict[str, Any]:
    return {"Records": [record(alert, number) for number, alert in enumerate(alerts)]}


def record(alert: Alert, number: int) -> dict[str, Any]:
    image = alert_to_item(alert)
    return {
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"NewImage": image, "SequenceNumber": f"1000{number}"},
    }


def failed(answer: Mapping[str, Any]) -> list[str]:
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def test_every_alert_of_a_batch_is_told(low: Stage, deliver: Callable[..., Any]) -> None:
    answer = deliver(batch(*low.store.outbox.stored))

    assert failed(answer) == []
    assert [alert.account_id for alert in low.bus.announced] == [USER, OTHER, THIRD]
    assert {(str(alert.balance), alert.thresholds) for alert in low.bus.announced} == {
        ("18.40", (Credits(2_000),))
    }


def test_a_batch_that_comes_again_in_any_order_tells_nobody_again(
    low: Stage, deliver: Callable[..., Any]
) -> None:
    announced = [*low.store.outbox.stored]
    deliver(batch(*announced))

    answers = [deliver(batch(*announced)), deliver(batch(*reversed(announced)))]

    assert [failed(answer) for answer in answers] == [[], []]
    assert low.bus.announced == announced


@pytest.mark.fault("C29")
def test_an_alert_that_the_bus_refuses_fails_alone_and_says_why(
    low: Stage, deliver: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    low.bus.refused.add(OTHER)

    answer = deliver(batch(*low.store.outbox.stored))

    assert failed(answer) == ["10001"]
    assert [alert.account_id for alert in low.bus.announced] == [USER, THIRD]
    bugs = [vars(each)["bug"][0] for each in caplog.records if each.msg == "a record failed"]
    assert bugs == ["Undeliverable"]


def test_a_record_that_nobody_can_read_fails_alone(low: Stage, deliver: Callable[..., Any]) -> None:
    event = batch(*low.store.outbox.stored)
    del event["Records"][1]["dynamodb"]["NewImage"]["thresholds"]

    answer = deliver(event)

    assert failed(answer) == ["10001"]
    assert [alert.account_id for alert in low.bus.announced] == [USER, THIRD]


def test_a_bus_that_is_away_fails_every_record_and_the_next_try_tells_them_all(
    low: Stage, deliver: Callable[..., Any]
) -> None:
    low.bus.broken = True
    event = batch(*low.store.outbox.stored)
    first = deliver(event)
    low.bus.broken = False

    second = deliver(event)

    assert (failed(first), failed(second)) == (["10000", "10001", "10002"], [])
    assert len(low.bus.announced) == 3


def test_an_alert_that_another_is_delivering_is_left_to_it_and_tried_again(
    low: Stage, deliver: Callable[..., Any]
) -> None:
    alert = low.store.outbox.stored[0]
    low.store.outbox.claim(alert, now=Instant(NOW), until=Instant(NOW + CLAIM_SECONDS))

    during = deliver(batch(alert))
    low.now += CLAIM_SECONDS
    after = deliver(batch(alert))

    assert (failed(during), failed(after)) == (["10000"], [])
    assert low.bus.announced == [alert]


def test_the_schedule_leaves_young_alerts_to_the_stream(
    low: Stage, deliver: Callable[..., Any]
) -> None:
    low.now += OVERDUE_SECONDS

    answer = deliver({})

    assert answer == {"delivered": 0, "failed": 0, "finished": True, "repeated": 0}
    assert low.bus.announced == []


def test_the_schedule_tells_what_was_left_behind_and_only_once(
    low: Stage, deliver: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    low.now += OVERDUE_SECONDS + 1
    low.bus.refused.add(OTHER)

    first = deliver({})
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    low.bus.refused.clear()
    second, third = deliver({}), deliver({})

    assert (first["delivered"], first["failed"]) == (2, 1)
    assert [line["AlertsSwept"] for line in metrics if "AlertsSwept" in line] == [[2]]
    assert [line["AlertsNotDelivered"] for line in metrics if "AlertsNotDelivered" in line] == [[1]]
    assert (second["delivered"], third["delivered"]) == (1, 0)
    assert sorted(alert.account_id for alert in low.bus.announced) == [USER, OTHER, THIRD]


def test_what_nobody_could_deliver_for_a_day_is_an_exception(
    low: Stage, deliver: Callable[..., Any]
) -> None:
    low.bus.broken = True
    low.now += GIVEN_UP_SECONDS - 1
    deliver({})
    before = dict(low.reports.stored)
    low.now += 1

    deliver({})

    assert before == {}
    assert {kind for kind, _ in low.reports.stored} == {"alert_not_delivered"}
    assert len(low.reports.stored) == 3
