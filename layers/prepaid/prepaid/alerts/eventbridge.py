"""Announcing on an EventBridge bus: each alert is one event, in CloudEvents' form.

The shape of the detail is CloudEvents 1.0 (https://github.com/cloudevents/spec); consumers may
get an event twice and know it by `source` and `id`.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from prepaid.alerts.ports import Undeliverable
from prepaid.domain.credits import AccountId, Instant, rfc_3339
from prepaid.domain.errors import Unavailable
from prepaid.domain.expiring import days_before
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.dynamodb.failures import PASSING, passing_is_unavailable

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "prepaid"
TRIAL = "credits.alert.test.v1"
TYPES = {
    AlertKind.BALANCE_LOW: "credits.balance.low.v1",
    AlertKind.BALANCE_EMPTY: "credits.balance.empty.v1",
    AlertKind.BALANCE_RECOVERED: "credits.balance.recovered.v1",
    AlertKind.BALANCE_STILL_LOW: "credits.balance.still_low.v1",
    AlertKind.LIMIT_NEAR: "credits.limit.near.v1",
    AlertKind.LIMIT_REACHED: "credits.limit.reached.v1",
    AlertKind.RUNWAY_LOW: "credits.runway.low.v1",
    AlertKind.RUNWAY_RECOVERED: "credits.runway.recovered.v1",
    AlertKind.USAGE_SPIKE: "credits.usage.spike.v1",
    AlertKind.EXPIRY_NEAR: "credits.expiry.near.v1",
}
TURNED_AWAY = PASSING | {"InternalException"}
"""Codes with which EventBridge turns an event or a call away for now.

With others it refuses an event, and a call is a mistake of ours: trying again changes nothing.
"""


class EventBus:
    """`Announcer` on the bus named *bus*."""

    def __init__(self, client: "EventBridgeClient", bus: str) -> None:
        self._client = client
        self._bus = bus

    def announce(self, alert: Alert) -> None:
        """Put the alert's event on the bus."""
        self.put(cloud_event(alert))

    def put(self, event: Mapping[str, object]) -> None:
        """Put an event on the bus.

        Raises `ClientError` for what only a change of the deployment can mend.
        """
        with passing_is_unavailable("The bus is too busy, or did not answer.", TURNED_AWAY):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus,
                        "Source": SOURCE,
                        "DetailType": str(event["type"]),
                        "Detail": json.dumps(event),
                        "Time": datetime.fromisoformat(str(event["time"])),
                    }
                ]
            )
        code = answer["Entries"][0].get("ErrorCode")
        if code in TURNED_AWAY:
            raise Unavailable(f"The bus is too busy ({code}).")
        if code:
            raise Undeliverable(f"The bus refuses the event ({code}).")


def event_id(alert: Alert) -> str:
    """Return the id under which an alert is announced, however often."""
    alert_id = str(alert.seq) if alert.of_first_form else alert.alert_id
    return f"{alert.account_id}#{alert_id}"


def cloud_event(alert: Alert) -> dict[str, object]:
    """Return the event that announces an alert; credits are decimal strings."""
    data = {
        "account_id": alert.account_id,
        **_about(alert),
        "balance": str(alert.balance),
        "available": str(alert.available),
        "seq": alert.seq,
    }
    return _event(TYPES[alert.about], event_id(alert), alert.account_id, alert.raised_at, data)


def trial_event(account_id: AccountId, trial_id: str, now: Instant) -> dict[str, object]:
    """Return the event of a test message, which is about nothing."""
    return _event(TRIAL, trial_id, account_id, now, {"account_id": account_id})


def _event(
    kind: str, name: str, account_id: AccountId, at: Instant, data: Mapping[str, object]
) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": name,
        "source": SOURCE,
        "type": kind,
        "subject": account_id,
        "time": rfc_3339(at),
        "datacontenttype": "application/json",
        "data": data,
    }


def _about(alert: Alert) -> dict[str, object]:
    limit, runway, spike = alert.limit, alert.runway, alert.spike
    if runway is not None:
        return {
            "threshold_days": alert.threshold_days,
            "thresholds_days": list(alert.days),
            "runway": {
                "days_left": runway.days_left,
                "per_day": str(runway.per_day),
                "spent": str(runway.spent),
            },
        }
    if spike is not None:
        return {
            "spike": {
                "hour": rfc_3339(spike.begins_at),
                "spent": str(spike.spent),
                "usual": str(spike.usual),
            }
        }
    if alert.ends:
        expiring = [
            {"expires_at": rfc_3339(each.expires_at), "amount": str(each.amount)}
            for each in alert.ends
        ]
        return {"expires_within_days": days_before(alert), "expiring": expiring}
    if limit is None:
        thresholds = [str(each) for each in alert.thresholds]
        return {"threshold": str(alert.threshold), "thresholds": thresholds} if thresholds else {}
    return {
        "limit": {
            "operation": limit.operation,
            "window": limit.window,
            "set_by": limit.by,
            "amount": str(limit.amount),
            "used": str(limit.used),
            "held": str(limit.held),
            "resets_at": rfc_3339(limit.resets_at),
        }
    }
