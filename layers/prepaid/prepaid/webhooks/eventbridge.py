"""Notices on an EventBridge bus: what became of a webhook, as an event of its own."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from prepaid.domain.errors import Unavailable
from prepaid.dynamodb.failures import TRANSPORT
from prepaid.webhooks.events import SOURCE, Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

NOT_PUBLISHED = "The bus did not take the notice."


class BusNotices:
    """`Notices` on the bus named *bus*."""

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def publish(self, event: Event) -> None:
        """Put an event on the bus; what the bus refuses is tried again with its delivery."""
        try:
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus,
                        "Source": SOURCE,
                        "DetailType": event.event_type,
                        "Detail": event.body,
                        "Time": datetime.fromtimestamp(event.at, UTC),
                    }
                ]
            )
        except (*TRANSPORT, ClientError) as exc:
            raise Unavailable(NOT_PUBLISHED) from exc
        if answer["Entries"][0].get("ErrorCode"):
            raise Unavailable(NOT_PUBLISHED)
