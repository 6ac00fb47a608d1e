"""Events of SES as EventBridge brings them: a bounce, and a complaint, about one mail."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from prepaid.alerts.ses_events import tags_of
from prepaid.domain.credits import AccountId

from tests.support.for_each import ROOT

SAMPLE: dict[str, Any] = json.loads((ROOT / "events/receive_mail_feedback.json").read_text())
"""A bounce, in the form of the samples of AWS:
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html"""


def bounce(
    account_id: AccountId, email: str, *, sent_at: int, given_at: int | None = None, **more: str
) -> dict[str, Any]:
    """Return a bounce, permanent unless *more* says otherwise, a second after the mail was sent."""
    event = deepcopy(SAMPLE)
    event["id"] = f"{account_id}-{email}-{sent_at}-{given_at}"
    mail = event["detail"]["mail"]
    mail["timestamp"] = stamp(sent_at)
    mail["destination"] = mail["commonHeaders"]["to"] = [email]
    mail["tags"] = {name: each for name, each in mail["tags"].items() if name.startswith("ses:")}
    mail["tags"] |= {name: [text] for name, text in tags_of(account_id).items()}
    said = event["detail"]["bounce"]
    said["timestamp"] = stamp(sent_at + 1 if given_at is None else given_at)
    said["bouncedRecipients"][0]["emailAddress"] = f"forwarded+{email}"
    said.update(more)
    return event


def complaint(
    account_id: AccountId, email: str, *, sent_at: int, given_at: int | None = None, **more: str
) -> dict[str, Any]:
    """Return a complaint of abuse unless *more* says otherwise."""
    event = bounce(account_id, email, sent_at=sent_at, given_at=given_at)
    event["detail-type"] = "Email Complaint Received"
    said = event["detail"].pop("bounce")
    event["detail"] |= {
        "eventType": "Complaint",
        "complaint": {
            "feedbackId": said["feedbackId"],
            "complaintSubType": None,
            "complainedRecipients": [{"emailAddress": email}],
            "timestamp": said["timestamp"],
            "userAgent": "Amazon SES Mailbox Simulator",
            "complaintFeedbackType": "abuse",
            "arrivalDate": stamp(sent_at),
            **more,
        },
    }
    return event


def stamp(at: int) -> str:
    """Write a time as SES does."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.669Z")
