"""Announcing on an SNS topic: each alert is one message that holds the bus's event."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from prepaid.domain.errors import Unavailable
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.failures import passing_is_unavailable


class SnsTopic:
    """`Announcer` on the topic *arn*; *event_of* makes the event of an alert."""

    def __init__(
        self, client: Any, arn: str, event_of: Callable[[Alert], Mapping[str, object]]
    ) -> None:
        self._client = client
        self._arn = arn
        self._event_of = event_of

    def announce(self, alert: Alert) -> None:
        """Publish the alert's event."""
        self.put(self._event_of(alert))

    def put(self, event: Mapping[str, object]) -> None:
        """Publish an event; its type is an attribute, by which subscriptions can be filtered.

        Raises `ClientError` for what only a change of the deployment can mend.
        """
        kind = {"DataType": "String", "StringValue": str(event["type"])}
        with passing_is_unavailable("The topic is too busy, or did not answer."):
            answer = self._client.publish(
                TopicArn=self._arn, Message=json.dumps(event), MessageAttributes={"type": kind}
            )
        if "MessageId" not in answer:
            raise Unavailable("The topic did not answer.")
