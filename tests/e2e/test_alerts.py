"""An account that runs low is heard of on the bus and by webhooks, moments after the spend."""

import json
import re
from collections.abc import Callable, Iterator
from time import monotonic, sleep, time
from typing import Any
from uuid import uuid4

import pytest
from prepaid.alerts.delivery import OVERDUE_SECONDS
from prepaid.alerts.dynamodb.outbox import alert_to_item
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.thresholds import Alert

from local import deploy
from local.aws import client
from tests.e2e.running import Stack, command

MESSAGE = {"operation": "message", "quantity": 60}
PATIENCE_SECONDS = 30.0
QUIET_SECONDS = 2.0

type Heard = Callable[[float], list[dict[str, Any]]]


@pytest.fixture
def heard(stack: Stack) -> Iterator[Heard]:
    """Listen to the bus; what is returned waits for some seconds and tells what came."""
    bus = deploy.resources(stack.layout)["EventBus"]
    queues, events = client(stack.layout, "sqs"), client(stack.layout, "events")
    name = f"heard-{uuid4().hex}"
    url = queues.create_queue(QueueName=name)["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    pattern = json.dumps({"detail-type": ["credits.balance.low.v1"]})
    events.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)
    target = {"Id": "queue", "Arn": arn["QueueArn"]}
    events.put_targets(Rule=name, EventBusName=bus, Targets=[target])

    def listen(seconds: float) -> list[dict[str, Any]]:
        until = monotonic() + seconds
        while monotonic() < until:
            answer = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
            if found := answer.get("Messages", []):
                return [json.loads(message["Body"]) for message in found]
            sleep(0.1)
        return []

    yield listen
    events.remove_targets(Rule=name, EventBusName=bus, Ids=["queue"])
    events.delete_rule(Name=name, EventBusName=bus)
    queues.delete_queue(QueueUrl=url)


def webhooks_of(stack: Stack, secret: str, amount: int) -> list[dict[str, Any]]:
    """Wait until the local receiver has so many webhooks; return what it has."""
    until = monotonic() + PATIENCE_SECONDS
    while monotonic() < until:
        found = stack.http.get("/_local/webhooks", params={"secret": secret}).json()["items"]
        if len(found) >= amount:
            break
        sleep(0.2)
    return list(found)


def mailbox(stack: Stack, email: str) -> list[dict[str, Any]]:
    """Return what came to an address, in order."""
    accounts: dict[str, list[dict[str, Any]]] = stack.http.get("/_local/mail").json()["messages"]
    mine = [each for found in accounts.values() for each in found if each["To"] == [email]]
    return sorted(mine, key=lambda each: float(each["Timestamp"]))


def mail_state(stack: Stack, user: str) -> str:
    """Return what the settings say of the one address."""
    return str(stack.get("/settings", user=user).json()["recipients"][0]["state"])


def wants_mail(stack: Stack, user: str) -> str:
    """Let an account choose mail, and the owner of its address agree; return the address."""
    email = f"{user}@example.com"
    chosen = {"channels": {"email": True}, "recipients": [{"email": email}]}
    headers = stack.bearer(user) | {"If-Match": "*"}
    saved = stack.http.put("/api/credits/settings", headers=headers, json=chosen)
    asked = stack.post("/recipients/confirmation", {"email": email}, key="ask", user=user)
    [question] = mailbox(stack, email)
    link = re.search(r"http://\S+", question["BodyText"])
    assert link is not None, (saved.text, asked.text)
    assert stack.http.post(link[0]).is_success
    return email


def test_a_spend_below_the_threshold_is_told_on_the_bus_by_a_webhook_and_by_mail_once(
    stack: Stack, heard: Heard
) -> None:
    wanted = {"event_types": ["credits.balance.*"], "account_ids": ["runs-low"]}
    terms = {"url": f"{stack.layout.url}/_local/webhooks", **wanted}
    host = {"user": "admin-1", "role": "admin"}
    webhook = stack.post("/webhooks", terms, key="low", **host).json()
    stack.give("runs-low", "30.00")
    mail = wants_mail(stack, "runs-low")

    stack.post("/usage", MESSAGE, key="at-24", user="runs-low")
    crossing = stack.post("/usage", MESSAGE, key="at-18", user="runs-low")
    stack.post("/usage", MESSAGE, key="at-18", user="runs-low")
    stack.post("/usage", MESSAGE, key="at-12", user="runs-low")
    announced, later = heard(PATIENCE_SECONDS), heard(QUIET_SECONDS)
    stack.job("deliver_alerts")

    assert [each["Subject"] for each in mailbox(stack, mail)] == [
        "Please confirm your address",
        "Your credits are below 20.00",
    ]
    assert [(each["source"], each["detail-type"]) for each in announced] == [
        ("prepaid", "credits.balance.low.v1")
    ]
    assert announced[0]["detail"]["subject"] == "runs-low"
    assert announced[0]["detail"]["data"] == {
        "account_id": "runs-low",
        "threshold": "20.00",
        "thresholds": ["20.00"],
        "balance": "18.00",
        "available": "18.00",
        "seq": crossing.json()["seq"],
    }
    assert later == []
    [sent] = webhooks_of(stack, webhook["secret"], 1)
    assert (sent["event"], sent["verified"]) == (announced[0]["detail"], True)
    path = f"/webhooks/{webhook['webhook_id']}/deliveries"
    [delivery] = stack.get(path, **host).json()["items"]
    assert (delivery["state"], delivery["message_id"]) == ("succeeded", sent["id"])
    before = mail_state(stack, "runs-low")
    command(stack.layout, "bounce", "runs-low", mail)
    assert (before, mail_state(stack, "runs-low")) == ("confirmed", "bounced")


def test_what_the_stream_left_behind_is_told_by_the_sweep(stack: Stack, heard: Heard) -> None:
    table = deploy.resources(stack.layout)["CreditAlertsTable"]
    tables = client(stack.layout, "dynamodb")
    raised = Alert(
        account_id=AccountId("left-behind"),
        seq=7,
        raised_at=Instant(int(time()) - 2 * OVERDUE_SECONDS),
        thresholds=(Credits(2_000),),
        balance=Credits(150),
        available=Credits(100),
    )
    item = alert_to_item(raised)
    marked = item.pop("undelivered")
    tables.put_item(TableName=table, Item=item)
    tables.update_item(  # a change, which is no new alert to the stream
        TableName=table,
        Key={name: item[name] for name in ("account_id", "alert_id")},
        UpdateExpression="SET undelivered = :shard",
        ExpressionAttributeValues={":shard": marked},
    )

    first, second = (json.loads(stack.job("deliver_alerts")) for _ in range(2))

    assert (first, second) == (
        {"delivered": 1, "failed": 0, "finished": True, "repeated": 0},
        {"delivered": 0, "failed": 0, "finished": True, "repeated": 0},
    )
    announced = [each["detail"]["id"] for each in heard(PATIENCE_SECONDS)]
    assert announced == [f"left-behind#{raised.alert_id}"]
