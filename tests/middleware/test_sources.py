"""By what each source's events are known when they come again."""

from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import SQSEvent
from prepaid.middleware.sources import ManyRecords, NoKey, event_of, is_http, sound, source_of
from prepaid.web.errors import KeyInvalid, KeyMissing

from tests.support import records
from tests.support.http_events import http_event


@pytest.mark.parametrize(
    ("event", "key"),
    [
        (records.sqs("m1"), "sqs:m1"),
        (records.stream("e1"), "dynamodb:e1"),
        (records.stream("shard:1", "kinesis"), "kinesis:shard:1"),
        (records.sns("t1"), "sns:t1"),
        (records.bus("b1"), "event:shop:b1"),
    ],
)
def test_a_source_knows_its_events_by_its_own_id(event: dict[str, Any], key: str) -> None:
    assert source_of(event).key == key


def test_a_sequencer_counts_for_one_object() -> None:
    keys = {
        source_of(each).key
        for each in (
            records.s3(),
            records.s3(),
            records.s3(sequencer="0B"),
            records.s3(key="other"),
            records.s3(bucket="others"),
            records.s3(key="le", bucket="uploadsfi"),
        )
    }

    assert len(keys) == 5


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"messageId": "m1"},
        {"id": "b1", "source": "shop"},
        {"eventID": 7, "eventSource": "aws:dynamodb"},
        {"eventSource": "aws:s3", "s3": {"bucket": {}, "object": {"key": "file"}}},
    ],
)
def test_what_has_no_id_of_its_own_needs_a_key(event: dict[str, Any]) -> None:
    with pytest.raises(NoKey):
        source_of(event)


def test_over_http_the_client_gives_the_key() -> None:
    event = http_event("POST", "/x", headers={"Idempotency-Key": "k"})

    assert is_http(event)
    assert source_of(event).key == "http:k"


@pytest.mark.parametrize(
    ("headers", "error"), [({}, KeyMissing), ({"idempotency-key": "a b"}, KeyInvalid)]
)
def test_over_http_a_sound_key_is_needed(headers: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        source_of(http_event("POST", "/x", headers=headers))


@pytest.mark.parametrize(
    "other",
    [
        http_event("PUT", "/x", body="a", headers={"idempotency-key": "k"}),
        http_event("POST", "/y", body="a", headers={"idempotency-key": "k"}),
        http_event("POST", "/x", body="b", headers={"idempotency-key": "k"}),
        {
            **http_event("POST", "/x", body="a", headers={"idempotency-key": "k"}),
            "rawQueryString": "a=1",
        },
    ],
)
def test_two_requests_under_one_key_differ_in_what_they_ask(other: dict[str, Any]) -> None:
    event = http_event("POST", "/x", body="a", headers={"idempotency-key": "k"})

    assert source_of(other).content != source_of(event).content


def test_two_queries_under_one_key_differ_and_none_is_as_an_empty_one() -> None:
    event = http_event("POST", "/x", body="a", headers={"idempotency-key": "k"})
    one, other, empty, null = (
        source_of({**event, name: query}).content
        for name, query in (
            ("rawQueryString", "a=1"),
            ("rawQueryString", "a=2"),
            ("rawQueryString", ""),
            ("queryStringParameters", None),
        )
    )

    assert one != other
    assert empty == null == source_of(event).content


def test_a_repeat_asks_the_same_whatever_its_other_headers_say() -> None:
    first = http_event("POST", "/x", body="a", headers={"idempotency-key": "k"})
    again = http_event("POST", "/x", body="a", headers={"idempotency-key": "k", "date": "now"})

    assert source_of(first) == source_of(again)


@pytest.mark.parametrize("make", [dict, SQSEvent])
def test_an_event_with_one_record_is_that_record(make: Callable[[Any], Any]) -> None:
    assert event_of(make({"Records": [records.sqs("m1")]})) == records.sqs("m1")


def test_what_powertools_read_is_the_record() -> None:
    record = next(SQSEvent({"Records": [records.sqs("m1")]}).records)

    assert source_of(event_of(record)).key == "sqs:m1"


@pytest.mark.parametrize("batch", [[], [records.sqs("a"), records.sqs("b")]])
def test_a_batch_is_refused_before_anything_is_done(batch: list[Any]) -> None:
    with pytest.raises(ManyRecords):
        event_of({"Records": batch})


def test_what_is_no_event_is_refused() -> None:
    with pytest.raises(NoKey):
        event_of("text")


@pytest.mark.parametrize("text", ["", "a b", "é", "x" * 256, "\ud800"])
def test_an_id_that_is_no_key_is_known_by_its_digest(text: str) -> None:
    assert sound(text).startswith("sha256:")
    assert sound(text) != sound(text + "x")
