"""What the template asks of Lambda is read as AWS reads it, and held to AWS's limits."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.event_sources.settings import (
    FOREVER,
    AsyncSettings,
    QueueSettings,
    StreamSettings,
)
from tests.support.template import template

CAREFUL = StreamSettings(
    retries=3, longest_age=3_600, bisects=True, partial=True, keeps_failures=True
)


def with_event(kind: str, **properties: Any) -> dict[str, Any]:
    function = {"Properties": {"Events": {"E": {"Type": kind, "Properties": properties}}}}
    queue = {"Properties": {"FifoQueue": True, "RedrivePolicy": {"maxReceiveCount": 4}}}
    return {"Resources": {"F": function, "Q": queue}}


def test_what_the_template_leaves_open_is_what_aws_does_then() -> None:
    stream = StreamSettings.of(with_event("DynamoDB"), "F", "E")

    assert (stream.batch_size, stream.retries, stream.longest_age) == (100, FOREVER, FOREVER)
    assert (stream.bisects, stream.partial, stream.keeps_failures) == (False, False, False)
    assert len(stream.risks()) == 5
    assert AsyncSettings.of(with_event("DynamoDB"), "F") == AsyncSettings()


def test_a_queue_is_read_with_the_event_that_names_it() -> None:
    asked = with_event("SQS", Queue={"Fn::GetAtt": ["Q", "Arn"]}, BatchSize=7)

    queue = QueueSettings.of(asked, "F", "E")

    assert (queue.batch_size, queue.fifo, queue.most_receives) == (7, True, 4)
    assert (queue.visibility, queue.timeout) == (30, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"batch_size": 0},
        {"batch_size": 10_001},
        {"window": 301},
        {"retries": -2},
        {"retries": 10_001},
        {"longest_age": 59},
        {"longest_age": 604_801},
        {"parallel": 11},
    ],
)
def test_what_aws_refuses_of_a_stream_is_named(wrong: dict[str, Any]) -> None:
    assert CAREFUL.refused() == []
    assert len(replace(CAREFUL, **wrong).refused()) == 1


@pytest.mark.parametrize(
    ("wrong", "fifo"),
    [
        ({"batch_size": 11, "window": 1}, True),
        ({"window": 1}, True),
        ({"batch_size": 11}, False),
        ({"batch_size": 10_001, "window": 1}, False),
        ({"visibility": 2}, False),
    ],
)
def test_what_aws_refuses_of_a_queue_is_named(wrong: dict[str, Any], fifo: bool) -> None:
    sound = QueueSettings(fifo=fifo)

    assert sound.refused() == []
    assert replace(sound, **wrong).refused()


@pytest.mark.parametrize("wrong", [{"retries": 3}, {"retries": -1}, {"longest_age": 59}])
def test_what_aws_refuses_of_an_invocation_is_named(wrong: dict[str, Any]) -> None:
    assert AsyncSettings().refused() == []
    assert len(replace(AsyncSettings(), **wrong).refused()) == 1


def events() -> list[tuple[str, str, str]]:
    return [
        (function, name, event["Type"])
        for function, resource in template()["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
        for name, event in resource["Properties"].get("Events", {}).items()
    ]


@pytest.mark.fault("C29")
def test_every_stream_of_the_template_is_accepted_by_aws_and_survives_a_bad_record() -> None:
    streams = [(function, name) for function, name, kind in events() if kind == "DynamoDB"]

    assert ("DeliverAlertsFunction", "Raised") in streams
    for function, name in streams:
        settings = StreamSettings.of(template(), function, name)
        assert (settings.refused(), settings.risks()) == ([], []), function


def test_every_queue_of_the_template_is_accepted_by_aws_and_survives_a_bad_message() -> None:
    for function, name, kind in events():
        if kind == "SQS":
            settings = QueueSettings.of(template(), function, name)
            files = function == "FileDeadLettersFunction"
            risks = ["a queue for what is given up"] if files else []
            assert (settings.refused(), settings.risks()) == ([], risks), (
                f"{function}: nothing comes after a dead-letter queue: what cannot be filed "
                "stays, and its age rings an alarm"
            )


def test_every_schedule_of_the_template_keeps_what_was_given_up() -> None:
    scheduled = [function for function, _, kind in events() if kind == "ScheduleV2"]

    assert scheduled
    for function in scheduled:
        settings = AsyncSettings.of(template(), function)
        assert (settings.refused(), settings.keeps_failures) == ([], True), function
