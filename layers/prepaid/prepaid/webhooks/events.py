"""Events: what webhooks tell of, in the form of CloudEvents 1.0.

Source of the form: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from prepaid.domain.credits import AccountId, Instant, rfc_3339

SOURCE = "prepaid"
ENTRY_POSTED = "credits.entry.posted"
PURCHASE_SUCCEEDED = "credits.purchase.succeeded"
HOLD_EXPIRED = "credits.hold.expired"
TEST = "credits.webhook.test"
DISABLED = "credits.webhook.disabled.v1"


class NotAnEvent(Exception):
    """What came over the bus is not one of our events; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at a time; `event_id` is its own, `body` is all of it as JSON.

    What happens to no account has no `account_id`.
    """

    event_id: str
    event_type: str
    at: Instant
    account_id: AccountId | None
    body: str


def event_of(cloud_event: Mapping[str, object]) -> Event:
    """Read an event in CloudEvents' form; raise `NotAnEvent`."""
    try:
        event_id, event_type = cloud_event["id"], cloud_event["type"]
        moment = datetime.fromisoformat(str(cloud_event["time"]))
    except (KeyError, ValueError) as exc:
        raise NotAnEvent("it has no id, no type, or no time") from exc
    if not isinstance(event_id, str) or not isinstance(event_type, str) or moment.tzinfo is None:
        raise NotAnEvent("its id or its type is no text, or its time has no offset")
    data = cloud_event.get("data")
    account_id = data.get("account_id") if isinstance(data, Mapping) else None
    return Event(
        event_id=event_id,
        event_type=event_type,
        at=Instant(int(moment.timestamp())),
        account_id=AccountId(account_id) if isinstance(account_id, str) else None,
        body=json.dumps(cloud_event, separators=(",", ":"), ensure_ascii=False),
    )


def new_event(
    event_type: str, event_id: str, subject: str, at: Instant, data: Mapping[str, object]
) -> Event:
    """Return an event of ours; `account_id` in *data* says whose it is."""
    return event_of(
        {
            "specversion": "1.0",
            "id": event_id,
            "source": SOURCE,
            "type": event_type,
            "subject": subject,
            "time": rfc_3339(at),
            "datacontenttype": "application/json",
            "data": dict(data),
        }
    )


def test_event(webhook_id: str, key: str, at: Instant) -> Event:
    """Return the event that a test sends; one for each *key*."""
    data = {"webhook_id": webhook_id}
    return new_event(TEST, f"{webhook_id}#{key}#test", webhook_id, at, data)
