"""What is sent to SQS and to the bus, and what their failures mean."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError
from moto import mock_aws
from prepaid.domain.errors import Unavailable
from prepaid.webhooks.eventbridge import BusNotices
from prepaid.webhooks.sqs import SqsDeliveryQueue, event_from_message
from prepaid.webhooks.walking import replay_walk

from tests.webhooks.test_rules import FAILED, NOW, delivery, event


@pytest.fixture
def sqs() -> Iterator[tuple[Any, str]]:
    with mock_aws():
        client = boto3.client("sqs")
        yield client, client.create_queue(QueueName="webhooks")["QueueUrl"]


def received(client: Any, url: str) -> list[dict[str, Any]]:
    found = []
    while messages := client.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]
    ).get("Messages"):
        found += messages
    return found


def test_events_are_sent_in_batches_each_in_the_group_of_its_webhook(sqs: tuple[Any, str]) -> None:
    client, url = sqs
    queue = SqsDeliveryQueue(client, url)

    queue.events([(f"wh_{number}", event()) for number in range(12)])
    queue.test("wh_test", event(account_id=None))

    found = received(client, url)
    bodies = [json.loads(each["Body"]) for each in found]
    assert {each["webhook_id"] for each in bodies} == {*(f"wh_{n}" for n in range(12)), "wh_test"}
    assert {each["Attributes"]["MessageGroupId"] for each in found} == {
        each["webhook_id"] for each in bodies
    }
    for body in bodies:
        single = body["webhook_id"] == "wh_test"
        assert body["event"]["single"] is single
        assert event_from_message(body["event"]) == event(account_id=None if single else "user-1")


def test_turns_and_walks_name_what_they_are_about(sqs: tuple[Any, str]) -> None:
    client, url = sqs
    queue = SqsDeliveryQueue(client, url)
    tried = delivery().after(FAILED, NOW)
    walk = replay_walk("wh_1", "key", since=NOW, only_failed=False, now=NOW)

    queue.turn(tried)
    queue.walk(walk)
    queue.turn(tried, delay=900)

    bodies = [json.loads(each["Body"]) for each in received(client, url)]
    assert bodies == [
        {"webhook_id": "wh_1", "delivery_id": tried.delivery_id, "turn": 1},
        {"webhook_id": "wh_1", "walk_id": walk.walk_id},
    ]


class Broken:
    """A client of SQS and EventBridge that answers or raises what it is given."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.calls = answer, 0

    def send_message_batch(self, **_: object) -> Any:
        self.calls += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    put_events = send_message_batch


def refused(code: str, status: int) -> ClientError:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendMessageBatch")  # type: ignore[arg-type]  # as AWS answers


@pytest.mark.parametrize(
    "answer",
    [
        {"Failed": [{"Id": "0"}]},
        ConnectTimeoutError(endpoint_url="https://sqs"),
        refused("RequestThrottled", 403),
        refused("InternalError", 500),
        refused("502", 502),
    ],
)
def test_a_queue_that_does_not_take_it_for_now_is_unavailable(answer: Any) -> None:
    client: Any = Broken(answer)

    with pytest.raises(Unavailable):
        SqsDeliveryQueue(client, "url").events([("wh_1", event())])


def test_a_queue_that_may_not_be_used_is_a_mistake_of_the_deployment() -> None:
    client: Any = Broken(refused("AccessDenied", 403))

    with pytest.raises(ClientError):
        SqsDeliveryQueue(client, "url").turn(delivery())


def test_events_too_large_for_one_call_are_sent_one_by_one() -> None:
    client: Any = Broken({})
    large = event_from_message(
        {"event_id": "1", "event_type": "t", "at": NOW, "account_id": None, "body": "x" * 150_000}
    )

    SqsDeliveryQueue(client, "url").events([("wh_1", large), ("wh_2", large)])

    assert client.calls == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"Entries": [{"ErrorCode": "InternalFailure"}]},
        ConnectTimeoutError(endpoint_url="https://events"),
        refused("AccessDenied", 403),
    ],
)
def test_a_notice_that_the_bus_did_not_take_is_unavailable(answer: Any) -> None:
    client: Any = Broken(answer)

    with pytest.raises(Unavailable):
        BusNotices(client, "bus").publish(event())


def test_a_notice_that_the_bus_took_is_published() -> None:
    client: Any = Broken({"Entries": [{"EventId": "1"}]})

    BusNotices(client, "bus").publish(event())

    assert client.calls == 1
