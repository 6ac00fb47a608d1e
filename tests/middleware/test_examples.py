"""The examples: each paid once under an invocation that is retried, timed out or killed."""

import base64
import json
from typing import Any

import pytest
from prepaid.middleware import run as runs

from tests.support.event_sources.queue import QueueDriver
from tests.support.event_sources.settings import QueueSettings
from tests.support.http_events import http_event
from tests.support.stage import OTHER, USER, Stage, function
from tests.support.template import template
from tests.support.verifying import verify
from tests.support.wire import Killed

TEXT = json.dumps({"account_id": USER, "text": "hello"})


def kinds(stage: Stage) -> list[str]:
    return [str(each.kind) for each in stage.entries()][1:]


def call(name: str, path: str, body: str, key: str = "k", **more: Any) -> dict[str, Any]:
    headers = {"idempotency-key": key}
    event = http_event("POST", f"/api/credits/examples/{path}", body=body, headers=headers, **more)
    answer: dict[str, Any] = function(name)(event)
    return answer


@pytest.fixture
def queue(on_stage: Stage) -> QueueDriver:
    settings = QueueSettings.of(template(), "SendMessageFunction", "Messages")
    assert settings.refused() == settings.risks() == []
    return QueueDriver(settings, function("send_message"), on_stage)


def dying(at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end once, *before* or *after* the payment of what it did."""
    pay, deaths = runs.Run.succeed, [1]

    def once(run: Any, stored: str | None = None) -> None:
        if at == "after":
            pay(run, stored)
        if deaths:
            deaths.clear()
            raise Killed
        if at == "before":
            pay(run, stored)

    monkeypatch.setattr(runs.Run, "succeed", once)


def test_a_workflow_is_two_credits(on_stage: Stage) -> None:
    answers = [call("run_workflow", "workflows", "three little words") for _ in range(2)]

    assert [json.loads(each["body"]) for each in answers] == [{"words": 3}, {"words": 3}]
    assert answers[1]["headers"]["idempotency-replayed"] == "true"
    assert on_stage.balance() == "98.00"


def test_a_workflow_reads_what_the_gateway_encoded(on_stage: Stage) -> None:
    event = http_event(
        "POST",
        "/api/credits/examples/workflows",
        body=base64.b64encode(b"three little words").decode(),
        headers={"idempotency-key": "k"},
    )

    answer = function("run_workflow")({**event, "isBase64Encoded": True})

    assert json.loads(answer["body"]) == {"words": 3}
    assert on_stage.balance() == "98.00"


def test_a_workflow_without_an_input_costs_nothing(on_stage: Stage) -> None:
    assert call("run_workflow", "workflows", "")["statusCode"] == 400
    assert on_stage.balance() == "100.00"


def test_a_file_is_paid_by_its_size(on_stage: Stage) -> None:
    answer = call("upload_file", "files", "x" * 2_000_000)

    assert answer["statusCode"] == 201
    assert on_stage.balance() == "99.50"


def test_a_file_that_is_too_large_costs_nothing(on_stage: Stage) -> None:
    assert call("upload_file", "files", "x" * 6_000_001)["statusCode"] == 413
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "release"], "100.00")


@pytest.mark.parametrize("at", ["before", "after"])
@pytest.mark.parametrize(
    ("name", "path", "body", "left"),
    [
        ("run_workflow", "workflows", "words", "98.00"),
        ("upload_file", "files", "x" * 2_000_000, "99.50"),
    ],
)
def test_a_request_whose_function_was_killed_is_paid_once_when_it_comes_again(
    name: str,
    path: str,
    body: str,
    left: str,
    at: str,
    on_stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dying(at, monkeypatch)
    with pytest.raises(Killed):
        call(name, path, body)

    answer = call(name, path, body)

    assert answer["statusCode"] == 201
    assert (kinds(on_stage), on_stage.balance()) == (["hold", "capture"], left)
    assert verify(on_stage.store, USER) == []


def test_each_message_is_a_tenth_of_a_credit(on_stage: Stage, queue: QueueDriver) -> None:
    for _ in range(12):
        queue.send(TEXT)

    queue.run()

    assert (len(queue.done), on_stage.balance()) == (12, "98.80")


@pytest.mark.fault("D33.2")
@pytest.mark.parametrize("at", ["before", "after"])
def test_messages_whose_function_was_killed_are_paid_once_each(
    at: str, on_stage: Stage, queue: QueueDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(at, monkeypatch)
    for _ in range(3):
        queue.send(TEXT)

    queue.run()

    assert (len(queue.done), on_stage.balance()) == (3, "99.70")
    assert sorted(kinds(on_stage)) == ["capture"] * 3 + ["hold"] * 3
    assert verify(on_stage.store, USER) == []


def test_a_message_that_comes_twice_is_paid_once(on_stage: Stage, queue: QueueDriver) -> None:
    name = queue.send(TEXT)
    queue.run()
    queue.deliver_again(name)

    queue.run()

    assert on_stage.balance() == "99.90"


def test_one_message_that_cannot_be_paid_keeps_no_other_back(
    on_stage: Stage, queue: QueueDriver
) -> None:
    queue.send(json.dumps({"account_id": "user-2", "text": "poor"}))
    queue.send(TEXT)

    queue.run()

    assert (len(queue.done), len(queue.dead)) == (1, 1)
    assert on_stage.balance() == "99.90"


def test_what_waits_for_credits_is_sent_when_they_come(on_stage: Stage, queue: QueueDriver) -> None:
    queue.send(json.dumps({"account_id": "user-2", "text": "poor"}))
    queue.run()
    on_stage.fund("1.00", OTHER, key="late")

    queue.redrive()
    queue.run()

    assert len(queue.done) == 1
