"""A receiver that is down for days, and dead letters: what is missed is sent when all is well."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from local import deploy
from local.aws import client
from local.clock import forward
from tests.e2e.running import Stack

HOST: dict[str, Any] = {"user": "admin-1", "role": "admin"}
ENTRIES = {"event_types": ["credits.entry.posted"]}
PATH = "/_local/webhooks"
PATIENCE_SECONDS = 60.0


@contextmanager
def days_ahead(stack: Stack, days: int) -> Iterator[None]:
    """Let the functions' clock be ahead, while no account is used: it would stay there.

    What schedules do in those seconds does not reach other tests: each has accounts of its own, and
    the hourly snapshot, whose time would stay ahead, comes later than the last test.
    """
    forward(stack.layout, f"{days}d")
    try:
        yield
    finally:
        forward(stack.layout, "0")


def wait_for[Found](look: Callable[[], Found | None]) -> Found:
    """Look again until there is something."""
    until = monotonic() + PATIENCE_SECONDS
    while not (found := look()):
        assert monotonic() < until, "it did not come"
        sleep(0.2)
    return found


def log_when(stack: Stack, webhook_id: str, *states: str, tries: int = 0) -> list[dict[str, Any]]:
    """Return the log of a webhook, newest first, once its deliveries have these states and tries.

    A delivery is pending from before its first try.
    """

    def look() -> list[dict[str, Any]] | None:
        items: list[dict[str, Any]]
        items = stack.get(f"/webhooks/{webhook_id}/deliveries", **HOST).json()["items"]
        tried = all(each["tried"] >= tries for each in items)
        return items if tried and [each["state"] for each in items] == [*states] else None

    return wait_for(look)


def received(stack: Stack, secret: str, amount: int) -> list[dict[str, Any]]:
    """Return what a receiver took that a secret signed, once it is so much."""

    def look() -> list[dict[str, Any]] | None:
        items = stack.http.get(PATH, params={"secret": secret}).json()["items"]
        taken = [each for each in items if each["verified"] and each["answered"] == 204]
        return [each["event"] for each in taken] if len(taken) == amount else None

    return wait_for(look)


def case_of(stack: Stack, kind: str, text: str) -> dict[str, Any]:
    """Return the open case of a kind that has a text in its subject or detail, when it is there."""

    def look() -> dict[str, Any] | None:
        items: list[dict[str, Any]] = stack.get("/admin/exceptions", **HOST).json()["items"]
        of_kind = [each for each in items if each["kind"] == kind]
        return next((e for e in of_kind if text in e["subject"] + e["detail"]), None)

    return wait_for(look)


def test_a_dead_receiver_is_disabled_and_gets_what_it_missed_when_it_is_back(stack: Stack) -> None:
    down = {"url": f"{stack.layout.url}{PATH}?answer=500", "account_ids": ["hears-nothing"]}
    made = stack.post("/webhooks", {**down, **ENTRIES}, key="down", **HOST).json()
    webhook_id = made["webhook_id"]
    stack.give("hears-nothing", "30.00")
    [tried] = log_when(stack, webhook_id, "pending", tries=1)

    with days_ahead(stack, 6):
        stack.job("queue_webhooks")
        log_when(stack, webhook_id, "waiting")
        disabled = stack.get(f"/webhooks/{webhook_id}", **HOST).json()
        case = case_of(stack, "webhook_disabled", webhook_id)
    message = {"operation": "message", "quantity": 1}
    stack.post("/usage", message, key="meanwhile", user="hears-nothing")
    meanwhile, first = log_when(stack, webhook_id, "waiting", "waiting")

    assert (disabled["enabled"], disabled["disabled_reason"]) == (False, "failing")
    assert meanwhile["tried"] == 0
    assert first["tried"] > tried["tried"]
    terms = {"url": f"{stack.layout.url}{PATH}", "account_ids": ["hears-nothing"], **ENTRIES}
    changed = {**terms, "enabled": True, "version": disabled["version"]}
    headers = stack.bearer("admin-1", "admin")
    stack.http.put(f"/api/credits/webhooks/{webhook_id}", headers=headers, json=changed)
    log_when(stack, webhook_id, "succeeded", "succeeded")
    since = {"since": first["at"]}
    stack.post(f"/webhooks/{webhook_id}/replay", since, key="replay", **HOST)
    sent = received(stack, made["secret"], 4)
    assert sorted(each["data"]["seq"] for each in sent) == [1, 1, 2, 2]
    open_cases = stack.get("/admin/exceptions", **HOST).json()["items"]
    assert case["exception_id"] not in {each["exception_id"] for each in open_cases}


def test_dead_letters_are_cases_whose_retry_does_what_failed(stack: Stack) -> None:
    resources, queues = deploy.resources(stack.layout), client(stack.layout, "sqs")
    given_up = stream_letter(stack, "lost-entry")
    terms = {"url": f"{stack.layout.url}{PATH}", "account_ids": ["lost-entry"]}
    made = stack.post("/webhooks", terms, key="late", **HOST).json()
    event = {"event_id": "e-1", "event_type": "credits.test", "at": 1_795_694_400}
    event |= {"account_id": "lost-entry", "body": '{"lost": "message"}', "single": False}
    message = {"webhook_id": made["webhook_id"], "event": event}

    for queue, body in (("FailedJobsQueue", given_up), ("FailedWebhooksQueue", message)):
        queues.send_message(QueueUrl=resources[queue], MessageBody=json.dumps(body))
    for where in ("QueueWebhooksFunction", "-WebhooksQueue"):
        case = case_of(stack, "dead_letter", where)
        path = f"/admin/exceptions/{case['exception_id']}/retry"
        retried = stack.post(path, {}, key="mended", **HOST).json()
        assert (retried["still"], retried["resolved_by"]) == (None, "admin:admin-1")

    sent = received(stack, made["secret"], 2)
    assert {"lost": "message"} in sent
    assert [each["data"]["amount"] for each in sent if "data" in each] == ["5.00"]


def stream_letter(stack: Stack, account_id: str) -> dict[str, Any]:
    """Give an account 5.00; return what Lambda says when it gives the entry of that up."""
    table = deploy.resources(stack.layout)["CreditTransactionsTable"]
    described = client(stack.layout, "dynamodb").describe_table(TableName=table)["Table"]
    streams = client(stack.layout, "dynamodbstreams")
    stream = {"StreamArn": described["LatestStreamArn"]}
    [shard] = streams.describe_stream(**stream)["StreamDescription"]["Shards"]
    name = {**stream, "ShardId": shard["ShardId"]}
    began = streams.get_shard_iterator(**name, ShardIteratorType="LATEST")
    stack.give(account_id, "5.00")
    [record] = streams.get_records(ShardIterator=began["ShardIterator"])["Records"]
    number = record["dynamodb"]["SequenceNumber"]
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{
        deploy.resources(stack.layout)['QueueWebhooksFunction']
    }"
    return {
        "requestContext": {"functionArn": arn, "condition": "RetryAttemptsExhausted"},
        "DDBStreamBatchInfo": {
            "streamArn": stream["StreamArn"],
            "shardId": shard["ShardId"],
            "startSequenceNumber": number,
            "endSequenceNumber": number,
        },
    }
