"""Webhooks in the life of a stack: made, sent, tried again, disabled, replayed and deleted."""

import json
from typing import Any

import boto3
from prepaid.webhooks.delivery import Outcome

from tests.permissions.recording import Recorder
from tests.support.stage import Reply

ADMIN: dict[str, Any] = {"role": "admin", "account_id": "admin-1"}
TERMS = {"url": "https://example.com/hook", "event_types": ["credits.entry.posted"]}


def notify(stack: Recorder) -> None:
    """Send webhooks, for the entries that are there."""
    began = stack.now
    made = done(stack.request("create_webhook", TERMS, key="w-1", **ADMIN)).json
    done(stack.request("create_webhook", TERMS, key="w-1", **ADMIN))
    path = {"webhook_id": made["webhook_id"]}
    for name, body in (("list_webhooks", None), ("get_webhook", None), ("test_webhook", {})):
        done(stack.request(name, body, key="t-1", path_parameters=path, **ADMIN))
    done(stack.request("rotate_webhook_secret", {}, key="s-1", path_parameters=path, **ADMIN))
    stack.receiver.outcome = Outcome(milliseconds=1, status=500)
    _tell(stack)
    deliver(stack)
    stack.now += 3_600
    assert stack.run("queue_webhooks", {})["queued"] > 0
    stack.receiver.outcome = Outcome(milliseconds=1, status=410)
    deliver(stack)
    shown = done(stack.request("get_webhook", path_parameters=path, **ADMIN)).json
    assert shown["disabled_reason"] == "gone"
    stack.receiver.outcome = Outcome(milliseconds=1, status=200)
    enabled = {**TERMS, "enabled": True, "version": shown["version"]}
    done(stack.request("put_webhook", enabled, path_parameters=path, **ADMIN))
    _lost(stack)
    _again(stack, path)
    stack.receiver.outcome = Outcome(milliseconds=1, status=410)
    _tell(stack, "e-2")
    deliver(stack)
    stack.receiver.outcome = Outcome(milliseconds=1, status=200)
    assert not done(stack.request("get_webhook", path_parameters=path, **ADMIN)).json["enabled"]
    done(stack.request("delete_webhook", path_parameters=path, **ADMIN))
    stack.now = began


def _lost(stack: Recorder) -> None:
    """Lose every message; the sweep finds the walk that was begun."""
    assert _received(stack)
    stack.now += 3_600
    assert stack.run("queue_webhooks", {})["queued"] > 0
    deliver(stack)


def _again(stack: Recorder, path: dict[str, str]) -> None:
    query = {"limit": "1"}
    listed = done(stack.request("list_deliveries", query=query, path_parameters=path, **ADMIN)).json
    cursor = {**query, "cursor": listed["next_cursor"]}
    done(stack.request("list_deliveries", query=cursor, path_parameters=path, **ADMIN))
    one = {**path, "delivery_id": listed["items"][0]["delivery_id"]}
    done(stack.request("replay_delivery", {}, key="d-1", path_parameters=one, **ADMIN))
    since = {"since": "2026-11-18T00:00:00Z"}
    done(stack.request("replay_deliveries", since, key="d-2", path_parameters=path, **ADMIN))
    deliver(stack)


def _tell(stack: Recorder, event_id: str = "e-1") -> None:
    """Let the stream and the bus tell of what is there."""
    table = f"{stack.stack.name}-credit_transactions"
    [entry, *_] = boto3.client("dynamodb").scan(TableName=table, Limit=1)["Items"]
    image = {"NewImage": entry, "SequenceNumber": "1"}
    record = {"eventName": "INSERT", "eventSource": "aws:dynamodb", "dynamodb": image}
    assert stack.run("queue_webhooks", {"Records": [record]}) == {"batchItemFailures": []}
    data = {"account_id": "user-1"}
    event = {"id": event_id, "type": "credits.entry.posted", "time": "2026-11-18T11:00:00Z"}
    assert stack.run(
        "queue_webhooks", {"source": "prepaid", "detail": {**event, "data": data}}
    ) == {"queued": 1}


def deliver(stack: Recorder) -> None:
    """Take everything in hand that is queued, and what comes of it."""
    while messages := _received(stack):
        for message in messages:
            stack.run("deliver_webhooks", {"Records": [message]})


def _received(stack: Recorder) -> list[dict[str, Any]]:
    queues = boto3.client("sqs")
    url = queues.get_queue_url(QueueName=stack.stack.physical("WebhooksQueue"))["QueueUrl"]
    found = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    for each in found:
        queues.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    ids = {"messageId": "m", "eventSource": "aws:sqs"}
    return [{**ids, "body": json.dumps(json.loads(each["Body"]))} for each in found]


def done(reply: Reply) -> Reply:
    assert reply.status in (200, 201), reply.text
    return reply
