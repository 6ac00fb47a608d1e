"""The driver of streams plays Lambda's rules: each is shown by a function that breaks something."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.event_sources.settings import FOREVER, StreamSettings
from tests.support.event_sources.stream import KEPT_SECONDS, Record, StreamDriver

CAREFUL = StreamSettings(
    retries=3, longest_age=3_600, bisects=True, partial=True, keeps_failures=True
)
NAIVE = StreamSettings()
NOW = 1_795_000_000


@dataclass
class Hand:
    """A clock that only tests and pauses move."""

    now: int = NOW


class Reader:
    """A function that notes what it is given, and fails for the names in *poison*."""

    def __init__(self, poison: Collection[str] = ()) -> None:
        self.poison = set(poison)
        self.batches: list[list[str]] = []

    @property
    def seen(self) -> list[str]:
        return [name for batch in self.batches for name in batch]

    def __call__(self, event: dict[str, Any], _context: object) -> dict[str, Any]:
        names = [name_in(record) for record in event["Records"]]
        self.batches.append(names)
        return {
            "batchItemFailures": [
                {"itemIdentifier": record["dynamodb"]["SequenceNumber"]}
                for record in event["Records"]
                if name_in(record) in self.poison
            ]
        }

    def raising(self, event: dict[str, Any], context: object) -> None:
        """Fail as a whole, which is all that a function without partial responses can do."""
        if self(event, context)["batchItemFailures"]:
            raise ValueError("poison")


def name_in(record: dict[str, Any]) -> str:
    return str(record["dynamodb"]["NewImage"]["name"]["S"])


def item(name: str, **more: str) -> dict[str, Any]:
    return {"name": {"S": name}, **{key: {"S": value} for key, value in more.items()}}


def names(amount: int) -> list[str]:
    return [f"n{number}" for number in range(amount)]


def driver(
    asked: StreamSettings, handler: Callable[..., Any], clock: Hand | None = None, shards: int = 1
) -> StreamDriver:
    return StreamDriver(asked, handler, clock or Hand(), keys=["name"], shards=shards)


def put(stream: StreamDriver, *wanted: str) -> list[Record]:
    return stream.put([item(name) for name in wanted])


def test_records_come_in_order_in_batches_of_the_size_that_was_asked_for() -> None:
    reader = Reader()
    stream = driver(replace(CAREFUL, batch_size=4), reader)

    put(stream, *names(10))
    stream.run()

    assert [len(batch) for batch in reader.batches] == [4, 4, 2]
    assert reader.seen == names(10)
    assert len(stream.done) == 10


def test_a_record_looks_as_lambda_hands_it_over() -> None:
    taken: list[dict[str, Any]] = []
    stream = driver(CAREFUL, lambda event, _: taken.extend(event["Records"]))

    put(stream, "a")
    stream.run()

    assert taken[0]["eventSource"] == "aws:dynamodb"
    assert taken[0]["dynamodb"]["Keys"] == {"name": {"S": "a"}}
    assert taken[0]["dynamodb"]["StreamViewType"] == "NEW_IMAGE"
    assert taken[0]["dynamodb"]["SequenceNumber"].isdigit()


@pytest.mark.parametrize(
    "answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}]
)
def test_an_answer_without_failures_is_success(answer: object) -> None:
    stream = driver(CAREFUL, lambda _event, _context: answer)

    put(stream, "a", "b")
    stream.run()

    assert (stream.invocations, len(stream.done)) == (1, 2)


@pytest.mark.parametrize(
    "answer",
    [
        "ok",
        {"batchItemFailures": "all"},
        {"batchItemFailures": [], "no JSON": object()},
        {"batchItemFailures": ["1"]},
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"itemIdentifier": "unknown"}]},
        {"batchItemFailures": [{"id": "1"}]},
    ],
)
def test_an_answer_that_lambda_cannot_read_fails_the_whole_batch(answer: object) -> None:
    stream = driver(replace(CAREFUL, bisects=False), lambda _event, _context: answer)

    put(stream, "a", "b")
    stream.run()

    assert (stream.done, len(stream.given_up)) == ([], 2)


def test_without_partial_responses_what_was_reported_as_failed_counts_as_done() -> None:
    reader = Reader(poison=["b"])
    stream = driver(replace(CAREFUL, partial=False), reader)

    put(stream, "a", "b", "c")
    stream.run()

    assert (len(stream.done), stream.given_up) == (3, [])


def test_what_failed_first_and_all_behind_it_come_again() -> None:
    reader = Reader(poison=["b"])
    stream = driver(replace(CAREFUL, bisects=False, retries=1), reader)

    put(stream, "a", "b", "c")
    stream.run()

    assert reader.batches == [["a", "b", "c"], ["b", "c"]]
    assert (len(stream.done), len(stream.given_up)) == (1, 2)


def test_a_poison_record_in_a_batch_of_a_hundred_ends_alone_in_the_destination() -> None:
    reported: list[str] = []

    def one(record: Any) -> None:
        name = name_in(record.raw_event)
        if name == "n41":
            raise ValueError(name)
        reported.append(name)

    def handler(event: dict[str, Any], _context: object) -> Any:
        processor = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
        return process_partial_response(event, one, processor)

    stream = driver(CAREFUL, handler)

    records = put(stream, *names(100))
    stream.run()

    assert set(reported) == set(names(100)) - {"n41"}
    assert (len(stream.done), stream.given_up) == (99, [records[41].number])
    [message] = stream.destination
    place = message["DDBStreamBatchInfo"]
    assert place["startSequenceNumber"] == place["endSequenceNumber"] == records[41].number
    assert message["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert "n41" not in str(message)


def test_bisecting_parts_the_poison_from_the_rest_even_where_only_whole_batches_fail() -> None:
    reader = Reader(poison=["n5"])
    stream = driver(replace(CAREFUL, partial=False), reader.raising)

    records = put(stream, *names(16))
    stream.run()

    assert stream.given_up == [records[5].number]
    assert len(stream.done) == 15


def test_parting_a_batch_uses_up_no_retry() -> None:
    reader = Reader(poison=["n5"])
    stream = driver(replace(CAREFUL, partial=False, retries=2), reader.raising)

    put(stream, *names(16))
    stream.run()

    assert reader.batches.count(["n5"]) == 3


def test_a_batch_comes_once_and_then_as_often_as_retries_are_allowed() -> None:
    reader = Reader(poison=["a"])
    stream = driver(replace(CAREFUL, retries=2), reader)

    put(stream, "a")
    stream.run()

    assert reader.batches == [["a"]] * 3


def test_a_batch_that_is_older_than_was_asked_for_is_given_up() -> None:
    reader = Reader(poison=["a"])
    stream = driver(replace(CAREFUL, retries=1_000, longest_age=300), reader)

    put(stream, "a")
    stream.run()

    assert 2 < stream.invocations < 20
    assert stream.destination[0]["requestContext"]["condition"] == "RecordAgeExceeded"


def test_young_records_are_not_given_up_with_the_old_ones() -> None:
    reader, clock = Reader(poison=["old"]), Hand()
    stream = driver(replace(CAREFUL, retries=1_000, bisects=False), reader, clock)
    put(stream, "old")
    stream.run(until=NOW + 3_500)

    put(stream, "young")
    stream.run()

    assert (len(stream.given_up), len(stream.done)) == (1, 1)
    assert reader.seen[-1] == "young"


def test_an_event_holds_no_more_than_six_megabytes() -> None:
    reader = Reader()
    stream = driver(CAREFUL, reader)

    stream.put([item(name, text="x" * 350_000) for name in names(40)])
    stream.run()

    assert [len(batch) for batch in reader.batches] == [17, 17, 6]


def test_what_a_function_does_to_its_event_is_not_seen_again() -> None:
    seen: list[set[str]] = []

    def spoils(event: dict[str, Any], _context: object) -> None:
        seen.append(set(event["Records"][0]["dynamodb"]))
        del event["Records"][0]["dynamodb"]["NewImage"]
        raise ValueError("spoilt")

    stream = driver(replace(CAREFUL, retries=1), spoils)

    put(stream, "a")
    stream.run()

    assert seen[0] == seen[1] >= {"NewImage"}


def test_without_limits_one_poison_record_keeps_everything_back_until_it_is_lost() -> None:
    reader, clock = Reader(poison=["a"]), Hand()
    stream = driver(NAIVE, reader.raising, clock)

    put(stream, "a", "b")
    stream.run(until=NOW + KEPT_SECONDS - 1)
    before = [*stream.done, *stream.lost]
    stream.run()

    assert before == []
    assert stream.invocations > 1_000
    assert (stream.done, len(stream.lost), stream.destination) == ([], 2, [])


def test_without_a_destination_nobody_learns_what_was_given_up() -> None:
    reader = Reader(poison=["a"])
    stream = driver(replace(CAREFUL, keeps_failures=False), reader)

    put(stream, "a")
    stream.run()

    assert (len(stream.given_up), stream.destination) == (1, [])


def test_a_shard_waits_for_its_poison_and_no_other_shard_does() -> None:
    reader = Reader(poison=["n0"])
    stream = driver(replace(CAREFUL, retries=FOREVER, longest_age=FOREVER), reader, shards=4)

    put(stream, *names(40))
    stream.run(until=NOW + 600)

    assert 20 < len(stream.done) < 39
    assert set(reader.seen) == set(names(40))


def test_a_filter_keeps_records_back_before_the_function_sees_them() -> None:
    reader = Reader()
    wanted = {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"mark": {"S": [{"exists": True}]}}},
    }
    stream = driver(replace(CAREFUL, filters=(wanted,)), reader)

    stream.put([item("marked", mark="1"), item("plain")])
    stream.put([item("changed", mark="1")], event="MODIFY")
    stream.run()

    assert reader.seen == ["marked"]
    assert (len(stream.done), len(stream.filtered)) == (1, 2)


@pytest.mark.parametrize(
    ("rule", "passing", "kept_back"),
    [("a", "a", "b"), ({"prefix": "a"}, "ab", "ba"), ({"anything-but": ["b"]}, "a", "b")],
)
def test_a_filter_compares_texts(rule: object, passing: str, kept_back: str) -> None:
    reader = Reader()
    wanted = {"dynamodb": {"NewImage": {"name": {"S": [rule]}}}}
    stream = driver(replace(CAREFUL, filters=(wanted,)), reader)

    put(stream, passing, kept_back)
    stream.run()

    assert reader.seen == [passing]


def test_records_can_come_again_and_in_another_order() -> None:
    reader = Reader()
    stream = driver(CAREFUL, reader)
    records = put(stream, "a", "b")
    stream.run()

    stream.replay(reversed(records))
    stream.run()

    assert reader.seen == ["a", "b", "b", "a"]


asked_for = st.builds(
    StreamSettings,
    batch_size=st.integers(1, 12),
    retries=st.integers(0, 3),
    longest_age=st.sampled_from([60, 3_600]),
    bisects=st.booleans(),
    partial=st.booleans(),
    keeps_failures=st.just(value=True),
)


@given(asked_for, st.sets(st.integers(0, 30)), st.integers(1, 3), st.booleans())
@settings(max_examples=200, deadline=None)
def test_every_record_ends_once_as_done_or_as_given_up(
    asked: StreamSettings, bad: set[int], shards: int, whole: bool
) -> None:
    reader = Reader(poison=[f"n{number}" for number in bad])
    stream = driver(asked, reader.raising if whole else reader, shards=shards)

    records = put(stream, *names(31))
    stream.run()

    ended = [*stream.done, *stream.given_up, *stream.lost]
    assert sorted(ended) == sorted(record.number for record in records)
    reported = [message["DDBStreamBatchInfo"]["batchSize"] for message in stream.destination]
    assert sum(reported) == len(stream.given_up)


@given(asked_for, st.sets(st.integers(0, 30)))
@settings(max_examples=100, deadline=None)
def test_what_is_seen_first_is_seen_in_the_order_of_the_stream(
    asked: StreamSettings, bad: set[int]
) -> None:
    reader = Reader(poison=[f"n{number}" for number in bad])
    stream = driver(asked, reader)

    put(stream, *names(31))
    stream.run()

    first_seen = [int(name.removeprefix("n")) for name in dict.fromkeys(reader.seen)]
    assert first_seen == sorted(first_seen)
