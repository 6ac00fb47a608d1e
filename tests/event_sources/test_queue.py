"""The driver of queues plays SQS's and Lambda's rules."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.event_sources.queue import DEDUPLICATED_SECONDS, QueueDriver
from tests.support.event_sources.settings import QueueSettings

CAREFUL = QueueSettings(partial=True, most_receives=3)
FIFO = replace(CAREFUL, fifo=True)
NOW = 1_795_000_000


@dataclass
class Hand:
    """A clock that only tests and waiting move."""

    now: int = NOW


class Worker:
    """A function that does one message after another, and fails for the bodies in *poison*."""

    def __init__(self, poison: Collection[str] = (), processor: Callable[[], Any] | None = None):
        self.poison = set(poison)
        self.processor = processor or (
            lambda: BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
        )
        self.did: list[str] = []
        self.receives: list[str] = []

    def one(self, record: Any) -> None:
        self.receives.append(record.body)
        if record.body in self.poison:
            raise ValueError(record.body)
        self.did.append(record.body)

    def __call__(self, event: dict[str, Any], _context: object) -> Any:
        return process_partial_response(event, self.one, self.processor())


def in_order() -> SqsFifoPartialProcessor:
    return SqsFifoPartialProcessor(skip_group_on_error=True)


def driver(
    asked: QueueSettings, handler: Callable[..., Any], clock: Hand | None = None
) -> QueueDriver:
    return QueueDriver(asked, handler, clock or Hand())


def test_what_succeeds_is_deleted_and_never_comes_again() -> None:
    worker = Worker()
    queue = driver(CAREFUL, worker)
    sent = [queue.send(body) for body in "abc"]

    queue.run()

    assert (worker.did, queue.done) == (["a", "b", "c"], sent)


def test_a_poison_message_ends_alone_among_the_dead_letters() -> None:
    worker, clock = Worker(poison=["b"]), Hand()
    queue = driver(CAREFUL, worker, clock)
    for body in "abc":
        queue.send(body)

    queue.run()

    assert sorted(worker.did) == ["a", "c"]
    assert worker.receives.count("b") == 3
    assert [message.body for message in queue.dead] == ["b"]
    assert clock.now == NOW + 3 * CAREFUL.visibility


def test_without_partial_responses_a_whole_batch_comes_again() -> None:
    seen: list[list[str]] = []

    def handler(event: dict[str, Any], _context: object) -> None:
        seen.append([record["body"] for record in event["Records"]])
        raise ValueError("one of them")

    queue = driver(replace(CAREFUL, partial=False), handler)
    queue.send("a")
    queue.send("b")

    queue.run()

    assert seen == [["a", "b"]] * 3
    assert len(queue.dead) == 2


@pytest.mark.parametrize(
    "reported", ["all", [{"itemIdentifier": ""}], [{"itemIdentifier": "other"}]]
)
def test_an_answer_that_lambda_cannot_read_fails_the_whole_batch(reported: object) -> None:
    queue = driver(CAREFUL, lambda _event, _context: {"batchItemFailures": reported})
    queue.send("a")

    queue.run()

    assert (queue.done, [message.body for message in queue.dead]) == ([], ["a"])


def test_without_a_place_for_dead_letters_a_poison_message_comes_until_it_is_lost() -> None:
    worker = Worker(poison=["a"])
    queue = driver(replace(CAREFUL, most_receives=None), worker)
    queue.send("a")

    queue.run()

    assert len(worker.receives) > 1_000
    assert (queue.done, queue.dead, len(queue.lost)) == ([], [], 1)


def test_redriven_letters_come_again_as_if_they_were_new() -> None:
    worker, clock = Worker(poison=["a"]), Hand()
    queue = driver(CAREFUL, worker, clock)
    sent = queue.send("a")
    queue.run()
    worker.poison.clear()
    clock.now += CAREFUL.stored

    queue.redrive()
    queue.run()

    assert (worker.did, queue.dead, len(queue.done)) == (["a"], [], 1)
    assert queue.done != [sent]


def test_a_message_may_come_twice() -> None:
    worker = Worker()
    queue = driver(CAREFUL, worker)
    sent = queue.send("a")
    queue.run()

    queue.deliver_again(sent)
    queue.run()

    assert (worker.did, queue.done) == (["a", "a"], [sent, sent])


def test_a_batch_is_no_larger_than_was_asked_for() -> None:
    sizes: list[int] = []
    queue = driver(
        replace(CAREFUL, batch_size=4), lambda event, _: sizes.append(len(event["Records"]))
    )
    for number in range(10):
        queue.send(str(number))

    queue.run()

    assert sizes == [4, 4, 2]


def test_a_message_of_a_fifo_queue_needs_a_group() -> None:
    queue = driver(FIFO, Worker())

    with pytest.raises(ValueError, match="group"):
        queue.send("a")


def test_a_fifo_queue_takes_one_thing_once_in_five_minutes() -> None:
    worker, clock = Worker(processor=in_order), Hand()
    queue = driver(FIFO, worker, clock)
    first = queue.send("a", group="g", once="1")

    again = queue.send("a", group="g", once="1")
    clock.now += DEDUPLICATED_SECONDS
    later = queue.send("a", group="g", once="1")
    queue.run()

    assert again == first != later
    assert worker.did == ["a", "a"]


def test_a_failed_message_keeps_back_its_group_and_no_other() -> None:
    worker = Worker(poison=["g1"], processor=in_order)
    queue = driver(replace(FIFO, batch_size=1), worker)
    for body in ("g1", "g2", "h1", "h2"):
        queue.send(body, group=body[0])

    queue.run()

    assert worker.receives[:3] == ["g1", "h1", "h2"]
    assert worker.did == ["h1", "h2", "g2"]
    assert [message.body for message in queue.dead] == ["g1"]


@given(
    st.lists(st.sampled_from("gh"), max_size=25),
    st.sets(st.integers(0, 24)),
    st.integers(1, 10),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_every_message_ends_once_and_a_group_stays_in_order(
    groups: list[str], bad: set[int], batch_size: int, fifo: bool
) -> None:
    bodies = [f"{group}{number:02d}" for number, group in enumerate(groups)]
    poison = [body for number, body in enumerate(bodies) if number in bad]
    worker = Worker(poison, in_order if fifo else None)
    queue = driver(replace(CAREFUL, fifo=fifo, batch_size=batch_size), worker)
    for body in bodies:
        queue.send(body, group=body[0])

    queue.run()

    assert sorted([*worker.did, *(message.body for message in queue.dead)]) == sorted(bodies)
    if fifo:
        assert all(_rising([body for body in worker.did if body[0] == group]) for group in "gh")


def _rising(bodies: list[str]) -> bool:
    return bodies == sorted(bodies)
