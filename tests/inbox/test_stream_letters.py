"""Records that a stream gave up: their rows are looked up while the stream has them, and redone."""

import json
from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.stub import Stubber
from prepaid.domain.errors import Unavailable
from prepaid.inbox.dead_letters import StreamBatch
from prepaid.inbox.dynamodb import DynamoStreamedRows
from prepaid.ledger.dynamodb.items import entry_to_item

from tests.calls.test_call_functions import cases
from tests.inbox.test_dead_letters import file, record
from tests.inbox.test_resolving import ask
from tests.support.stage import USER, Stage, function
from tests.webhooks.test_webhook_functions import create, deliver

STREAM = "arn:aws:dynamodb:us-east-1:123456789012:table/s-credit_transactions/stream/now"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:prepaid-QueueWebhooksFunction"
FIRST, LAST = 10**20, 10**20 + 200
SHARD = "shardId-00000001573737424-e9876543"
BATCH = StreamBatch(STREAM, SHARD, str(FIRST), str(LAST))
LETTER: dict[str, Any] = {
    "requestContext": {"functionArn": f"{ARN}:$LATEST", "condition": "RetryAttemptsExhausted"},
    "DDBStreamBatchInfo": {
        "streamArn": STREAM,
        "shardId": SHARD,
        "startSequenceNumber": str(FIRST),
        "endSequenceNumber": str(LAST),
        "batchSize": 2,
    },
}


@pytest.fixture
def filing(funded: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    for name in ("CREDIT_ALERTS_TABLE", "FAILED_WEBHOOKS_QUEUE_ARN", "WEBHOOKS_QUEUE_ARN"):
        monkeypatch.setenv(name, name.lower())
    return funded


def keys_of(stage: Stage) -> list[dict[str, str]]:
    items = [entry_to_item(each) for each in stage.entries(USER)]
    return [{name: item[name]["S"] for name in ("account_id", "key")} for item in items]


@pytest.mark.fault(
    "N3",
    "Entries of the stream could not be queued for webhooks after all retries; the letter has no "
    "records, and the stream forgets them after a day",
    "The letter is filed with the keys of the entries; `retry` queues what they tell, once each",
)
def test_entries_that_the_stream_gave_up_are_queued_again(filing: Stage) -> None:
    create(filing, event_types=["credits.entry.posted"])
    filing.spend()
    filing.letters.streamed[BATCH] = keys_of(filing)

    assert file(record(LETTER)) == []
    filing.letters.streamed.clear()
    [case] = cases(filing)
    retried = ask(filing, "retry", case)
    [sent] = filing.letters.sent
    answers = [function("queue_webhooks")(json.loads(sent.body)) for _ in range(2)]
    deliver(filing)

    assert case["detail"].endswith("a stream's records, RetryAttemptsExhausted")
    assert (retried.status, retried.json["still"], sent.target) == (201, None, ARN)
    assert answers == [{"queued": 2}] * 2
    events = [json.loads(each.body) for each in filing.sender.sent]
    assert sorted(each["data"]["seq"] for each in events) == [1, 2]


@pytest.mark.fault("N3")
def test_a_letter_stays_in_its_queue_while_the_stream_cannot_be_asked(filing: Stage) -> None:
    filing.store.broken = True
    assert file(record(LETTER)) == [{"itemIdentifier": "m-2"}]
    filing.store.broken = False

    assert file(record(LETTER)) == []

    [case] = cases(filing)
    assert case["detail"].endswith("RetryAttemptsExhausted; the stream has forgotten them")
    assert "Nothing says" in ask(filing, "retry", case).json["still"]


@pytest.mark.parametrize("gone", ["startSequenceNumber", "shardId", "streamArn"])
def test_a_letter_that_does_not_say_which_records_is_a_case_all_the_same(
    filing: Stage, gone: str
) -> None:
    batch = {name: each for name, each in LETTER["DDBStreamBatchInfo"].items() if name != gone}

    assert file(record({**LETTER, "DDBStreamBatchInfo": batch})) == []

    assert [each["kind"] for each in cases(filing)] == ["dead_letter"]
    assert filing.letters.stored["m-2"].target == ""


@pytest.fixture
def streams() -> Iterator[tuple[DynamoStreamedRows, Stubber]]:
    client: Any = botocore.session.get_session().create_client("dynamodbstreams")
    with Stubber(client) as stubbed:
        yield DynamoStreamedRows(client), stubbed


BEGIN = {
    "StreamArn": STREAM,
    "ShardId": SHARD,
    "ShardIteratorType": "AT_SEQUENCE_NUMBER",
    "SequenceNumber": str(FIRST),
}


def streamed(number: int, name: str = "INSERT") -> dict[str, Any]:
    keys = {"account_id": {"S": "a#1 %25"}, "key": {"S": f"u:usage:{number}"}}
    return {"eventName": name, "dynamodb": {"SequenceNumber": str(number), "Keys": keys}}


def test_a_range_of_a_stream_is_read_to_its_end_and_no_further(
    streams: tuple[DynamoStreamedRows, Stubber],
) -> None:
    rows, client = streams
    client.add_response("get_shard_iterator", {"ShardIterator": "i-1"}, BEGIN)
    pages: list[dict[str, Any]] = [
        {"Records": [streamed(FIRST), streamed(FIRST + 50, "MODIFY")], "NextShardIterator": "i-2"},
        {"Records": [], "NextShardIterator": "i-3"},
        {"Records": [streamed(LAST), streamed(LAST + 1)], "NextShardIterator": "i-4"},
    ]
    for number, page in enumerate(pages, start=1):
        client.add_response("get_records", page, {"ShardIterator": f"i-{number}"})

    found = rows.keys(BATCH)

    assert found == [
        {"account_id": "a#1 %25", "key": f"u:usage:{FIRST}"},
        {"account_id": "a#1 %25", "key": f"u:usage:{LAST}"},
    ]
    client.assert_no_pending_responses()


def test_what_comes_behind_a_range_is_none_of_it(
    streams: tuple[DynamoStreamedRows, Stubber],
) -> None:
    rows, client = streams
    client.add_response("get_shard_iterator", {"ShardIterator": "i-1"}, BEGIN)
    client.add_response("get_records", {"Records": [streamed(FIRST), streamed(LAST + 1)]})

    assert rows.keys(BATCH) == [{"account_id": "a#1 %25", "key": f"u:usage:{FIRST}"}]


def test_a_shard_that_has_ended_is_read_to_there(
    streams: tuple[DynamoStreamedRows, Stubber],
) -> None:
    rows, client = streams
    client.add_response("get_shard_iterator", {"ShardIterator": "i-1"}, BEGIN)
    client.add_response("get_records", {"Records": [streamed(FIRST)]})

    assert rows.keys(BATCH) == [{"account_id": "a#1 %25", "key": f"u:usage:{FIRST}"}]


@pytest.mark.parametrize("code", ["TrimmedDataAccessException", "ResourceNotFoundException"])
def test_what_a_stream_has_forgotten_has_no_keys(
    streams: tuple[DynamoStreamedRows, Stubber], code: str
) -> None:
    rows, client = streams
    client.add_client_error("get_shard_iterator", code)

    assert rows.keys(BATCH) is None


def test_a_stream_that_does_not_answer_may_be_asked_again(
    streams: tuple[DynamoStreamedRows, Stubber],
) -> None:
    rows, client = streams
    client.add_client_error("get_shard_iterator", "InternalServerError", http_status_code=500)
    with pytest.raises(Unavailable):
        rows.keys(BATCH)

    client.add_response("get_shard_iterator", {"ShardIterator": "i"}, BEGIN)
    for _ in range(50):
        client.add_response("get_records", {"Records": [], "NextShardIterator": "i"})
    with pytest.raises(Unavailable):
        rows.keys(BATCH)

    client.add_client_error("get_shard_iterator", "AccessDeniedException")
    with pytest.raises(Exception, match="AccessDenied"):
        rows.keys(BATCH)
