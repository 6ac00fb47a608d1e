"""Batches: each record is paid once by its own id, and one that fails keeps no other back."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch import (
    AsyncBatchProcessor,
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    async_process_partial_response,
    process_partial_response,
)
from prepaid.domain.errors import Unavailable
from prepaid.middleware import metered

from tests.support import records
from tests.support.stage import USER, Stage
from tests.support.verifying import verify

type Made = Callable[[int], dict[str, Any]]


def queued(number: int) -> dict[str, Any]:
    return records.sqs(f"message-{number}")


def written(number: int) -> dict[str, Any]:
    return records.stream(f"event-{number}", number=110 + number)


def put(number: int) -> dict[str, Any]:
    return records.stream(f"shardId-000000000006:{110 + number}", "kinesis", 110 + number)


SOURCES = [
    pytest.param(EventType.SQS, queued, "message-{}", id="SQS"),
    pytest.param(EventType.DynamoDBStreams, written, "11{}", id="DynamoDB"),
    pytest.param(EventType.KinesisDataStreams, put, "11{}", id="Kinesis"),
]


class Batches:
    """A function that reports which records failed; those in *poison* do."""

    def __init__(self, kind: EventType, made: Made) -> None:
        self.kind = kind
        self.made = made
        self.done: list[str] = []
        self.poison: dict[str, Exception] = {}

    def run(self, numbers: Sequence[int], processor: BatchProcessor | None = None) -> list[str]:
        """Hand over a batch; return what the function says failed."""
        processor = processor or BatchProcessor(self.kind, raise_on_entire_batch_failure=False)
        event = {"Records": [self.made(number) for number in numbers]}
        send = metered("message", account=_payer)(self.work)
        answer = process_partial_response(event, send, processor)
        return [str(each["itemIdentifier"]) for each in answer["batchItemFailures"]]

    def work(self, record: Any) -> None:
        """Do the work of one record, as Powertools reads it."""
        raw = record.raw_event
        name = raw.get("messageId") or raw["eventID"]
        if name in self.poison:
            raise self.poison[name]
        self.done.append(name)


def _payer(_: Any) -> str:
    return USER


def name_of(made: Made, number: int) -> str:
    record = made(number)
    return str(record.get("messageId") or record["eventID"])


def paid(stage: Stage) -> int:
    return sum(each.kind == "capture" for each in stage.entries())


@pytest.mark.fault(
    "H29",
    "One record of a batch fails, of a queue or of a stream, and what failed comes again",
    "It alone is reported and its hold released; each other record is paid once by its own id",
)
@pytest.mark.parametrize(("kind", "made", "identifier"), SOURCES)
def test_a_record_that_fails_is_reported_and_the_others_are_paid_once(
    kind: EventType, made: Made, identifier: str, on_stage: Stage
) -> None:
    batches = Batches(kind, made)
    batches.poison[name_of(made, 1)] = RuntimeError("not yet")

    failed = batches.run([0, 1, 2])
    after_first = (paid(on_stage), on_stage.balance(), on_stage.store.load(USER).holds)
    batches.poison.clear()
    again = batches.run([1, 2, 3])

    assert failed == [identifier.format(1)]
    assert after_first == (2, "99.80", ())
    assert again == []
    assert batches.done == [name_of(made, each) for each in (0, 2, 1, 3)]
    assert (paid(on_stage), on_stage.balance()) == (4, "99.60")
    assert verify(on_stage.store, USER) == []


@pytest.mark.fault("H29")
@pytest.mark.parametrize(("kind", "made", "identifier"), SOURCES)
def test_a_record_that_cannot_be_paid_is_reported_and_was_not_done(
    kind: EventType, made: Made, identifier: str, on_stage: Stage
) -> None:
    on_stage.fund("-99.85", key="down")
    batches = Batches(kind, made)

    failed = batches.run([0, 1, 2])

    assert failed == [identifier.format(each) for each in (1, 2)]
    assert (batches.done, on_stage.balance()) == ([name_of(made, 0)], "0.05")


@pytest.mark.fault("H29")
def test_a_ledger_that_is_silent_for_one_record_reports_that_one(
    on_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = Batches(EventType.SQS, queued)
    commit, silent = on_stage.store.commit, [3]

    def flaky(*args: Any, **named: Any) -> None:
        silent[0] -= 1
        if silent[0] == 0:
            monkeypatch.setattr(on_stage.store, "broken", True)
        commit(*args, **named)

    monkeypatch.setattr(on_stage.store, "commit", flaky)
    first = batches.run([0, 1])
    on_stage.store.broken = False

    again = batches.run([1])

    assert (first, again) == (["message-1"], [])
    assert on_stage.balance() == "99.80"


@pytest.mark.fault("H29")
def test_a_fifo_queue_stops_at_the_record_that_failed_and_goes_on_there(on_stage: Stage) -> None:
    batches = Batches(EventType.SQS, queued)
    batches.poison["message-1"] = Unavailable("elsewhere")

    failed = batches.run([0, 1, 2], SqsFifoPartialProcessor())
    batches.poison.clear()
    again = batches.run([1, 2], SqsFifoPartialProcessor())

    assert (failed, again) == (["message-1", "message-2"], [])
    assert batches.done == ["message-0", "message-1", "message-2"]
    assert on_stage.balance() == "99.70"


def test_records_that_are_awaited_together_are_paid_one_by_one(on_stage: Stage) -> None:
    done: list[str] = []

    @metered("message", account=_payer)
    async def send(record: Any) -> None:
        await asyncio.sleep(0)
        if record.message_id == "message-1":
            raise RuntimeError("not yet")
        done.append(record.message_id)

    event = {"Records": [queued(number) for number in range(4)]}
    for _ in range(2):
        answer = async_process_partial_response(
            event, send, AsyncBatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
        )

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert (sorted(done), on_stage.balance()) == (["message-0", "message-2", "message-3"], "99.70")
    assert on_stage.store.load(USER).holds == ()


def test_an_object_that_is_announced_again_is_paid_once_and_its_next_version_again(
    on_stage: Stage,
) -> None:
    done: list[str] = []

    @metered("message", account=_payer)
    def index(event: Any, _context: object = None) -> None:
        done.append(event["Records"][0]["s3"]["object"]["sequencer"])

    for sequencer in ("0055AED6DCD90281E5", "0055AED6DCD90281E5", "0055AED6DCD90281E6"):
        index({"Records": [records.s3(sequencer)]})

    assert (len(done), on_stage.balance()) == (2, "99.80")


def test_an_event_that_a_bus_delivers_again_is_paid_once(on_stage: Stage) -> None:
    done: list[str] = []

    @metered("message", account=lambda event: event["detail"].get("account_id", USER))
    def ordered(event: Any, _context: object = None) -> None:
        done.append(event["id"])

    for name in ("7bf73129-1428-4cd3-a780-95db273d1602",) * 2 + ("another",):
        ordered(records.bus(name))

    assert (len(done), on_stage.balance()) == (2, "99.80")
