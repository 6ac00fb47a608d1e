"""Announcing on an EventBridge bus: each alert is one event, in CloudEvents' form.

The shape of the detail is CloudEvents 1.0 (https://github.com/cloudevents/spec); consumers may
get an event twice and know it by `source` and `id`.
"""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from prepaid.alerts.ports import Undeliverable
from prepaid.domain.errors import Unavailable
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.failures import (
    SERVER_ERROR,
    THROTTLED,
    TRANSPORT,
    UNCERTAIN,
    is_from_between,
)

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "prepaid"
BALANCE_LOW = "credits.balance.low.v1"
PASSING = THROTTLED | UNCERTAIN | {"InternalException"}
"""Codes with which EventBridge turns an event or a call away for now.

With others it refuses an event, and a call is a mistake of ours: trying again changes nothing.
"""


class EventBus:
    """`Announcer` on the bus named *bus*."""

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def announce(self, alert: Alert) -> None:
        """Put the alert's event on the bus.

        Raises `ClientError` for what only a change of the deployment can mend.
        """
        try:
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus,
                        "Source": SOURCE,
                        "DetailType": BALANCE_LOW,
                        "Detail": json.dumps(cloud_event(alert)),
                        "Time": datetime.fromtimestamp(alert.raised_at, UTC),
                    }
                ]
            )
        except TRANSPORT as exc:
            raise Unavailable("The bus did not answer.") from exc
        except ClientError as exc:
            if not _passes(exc):
                raise
            raise Unavailable("The bus is too busy, or did not answer.") from exc
        code = answer["Entries"][0].get("ErrorCode")
        if code in PASSING:
            raise Unavailable(f"The bus is too busy ({code}).")
        if code:
            raise Undeliverable(f"The bus refuses the event ({code}).")


def _passes(error: ClientError) -> bool:
    answer = error.response
    code = answer.get("Error", {}).get("Code", "")
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return code in PASSING or status >= SERVER_ERROR or is_from_between(error)


def cloud_event(alert: Alert) -> dict[str, object]:
    """Return the event that announces an alert; credits are decimal strings."""
    return {
        "specversion": "1.0",
        "id": f"{alert.account_id}#{alert.seq}",
        "source": SOURCE,
        "type": BALANCE_LOW,
        "subject": alert.account_id,
        "time": datetime.fromtimestamp(alert.raised_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "datacontenttype": "application/json",
        "data": {
            "account_id": alert.account_id,
            "threshold": str(alert.thresholds[-1]),
            "thresholds": [str(each) for each in alert.thresholds],
            "balance": str(alert.balance),
            "available": str(alert.available),
            "seq": alert.seq,
        },
    }
