"""The queue of deliveries on SQS: a group of messages for each webhook, so that none waits for one.

In a standard queue groups mean no order: SQS hands out those of a webhook that is behind after
those of the others (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html).
"""

import json
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import TYPE_CHECKING, Any

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.failures import passing_is_unavailable
from prepaid.webhooks.delivery import Delivery
from prepaid.webhooks.events import Event
from prepaid.webhooks.ports import Walk

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

AT_ONCE = 10
"""How many messages SQS takes in one call."""
LARGEST_CALL_BYTES = 200_000
"""Less than the 256 KB that SQS takes in one call."""
NOT_QUEUED = "The queue did not answer in time."


class SqsDeliveryQueue:
    """`DeliveryQueue` on the queue at *url*."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def events(self, events: Sequence[tuple[str, Event]]) -> None:
        """Send a message for each event and webhook, ten in a call."""
        messages = [(webhook_id, _event(webhook_id, event)) for webhook_id, event in events]
        for batch in batched(messages, AT_ONCE, strict=False):
            if sum(len(body.encode()) for _, body in batch) > LARGEST_CALL_BYTES:
                for each in batch:
                    self._send([each])
            else:
                self._send(batch)

    def test(self, webhook_id: str, event: Event) -> None:
        """Send the message of a test."""
        self._send([(webhook_id, _event(webhook_id, event, single=True))])

    def turn(self, delivery: Delivery, *, delay: int = 0) -> None:
        """Send the message of a delivery's turn."""
        body = {"delivery_id": delivery.delivery_id, "turn": delivery.turn}
        message = _message(delivery.webhook_id, body)
        self._send([(delivery.webhook_id, message)], delay=delay)

    def walk(self, walk: Walk) -> None:
        """Send the message of a walk."""
        self._send([(walk.webhook_id, _message(walk.webhook_id, {"walk_id": walk.walk_id}))])

    def _send(self, messages: Sequence[tuple[str, str]], *, delay: int = 0) -> None:
        with passing_is_unavailable(NOT_QUEUED):
            answer = self._client.send_message_batch(
                QueueUrl=self._url,
                Entries=[
                    {
                        "Id": str(number),
                        "MessageBody": body,
                        "MessageGroupId": group,
                        "DelaySeconds": delay,
                    }
                    for number, (group, body) in enumerate(messages)
                ],
            )
        if answer.get("Failed"):
            raise Unavailable(NOT_QUEUED)


def _event(webhook_id: str, event: Event, *, single: bool = False) -> str:
    body = {
        "event_id": event.event_id,
        "event_type": event.event_type,
        "at": event.at,
        "account_id": event.account_id,
        "body": event.body,
        "single": single,
    }
    return _message(webhook_id, {"event": body})


def event_from_message(body: Mapping[str, Any]) -> Event:
    """Read the event of a message, as `events` and `test` send it."""
    account_id = body["account_id"]
    return Event(
        event_id=body["event_id"],
        event_type=body["event_type"],
        at=Instant(body["at"]),
        account_id=None if account_id is None else AccountId(account_id),
        body=body["body"],
    )


def _message(webhook_id: str, body: Mapping[str, object]) -> str:
    return json.dumps({"webhook_id": webhook_id, **body}, separators=(",", ":"))
