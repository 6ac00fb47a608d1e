"""Mail in the life of a stack: confirmed by a link, tried, sent, and bounced."""

from typing import Any

import boto3
import pytest
from prepaid.alerts import ses
from prepaid.alerts.links import Link, MailLinks, Purpose
from prepaid.domain.credits import AccountId, Instant

from tests.permissions.recording import Recorder
from tests.support.deployed import ACCOUNT, REGION
from tests.support.http_events import http_event

EMAIL = "user@example.org"
TOPIC = "alerts"
PARAMETERS = {
    "MailSender": "credits@example.com",
    "MailIdentity": "example.com",
    "PublicUrl": "https://api.example.com",
    "AlertTopic": f"arn:aws:sns:{REGION}:{ACCOUNT}:{TOPIC}",
}
CHOSEN = {
    "channels": {"sns": True, "email": True},
    "recipients": [{"email": EMAIL}],
    "cooldown_seconds": {"email": 60},
}


def choose_mail(stack: Recorder) -> None:
    """Choose all channels, agree to mail, try it, and acknowledge an alert."""
    boto3.client("sns").create_topic(Name=TOPIC)
    boto3.client("sesv2").create_email_identity(EmailIdentity="example.com")
    _answered(stack.request("put_settings", CHOSEN, headers={"if-match": "*"}))
    _answered(stack.request("confirm_recipient", {"email": EMAIL}))
    name = stack.stack.environment("show_mail_link")["SIGNING_SECRET"]
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    link = Link(Purpose.CONFIRM, AccountId("user-1"), EMAIL, Instant(stack.now))
    query = {"token": MailLinks(secret.encode(), "").token(link)}
    path = "/api/credits/mail"
    for method, function in (("GET", "show_mail_link"), ("POST", "follow_mail_link")):
        event = http_event(method, path, role=None, query=query)
        assert stack.run(function, event)["statusCode"] == 200
    tried = _answered(stack.request("send_test_alert", {})).json["results"]
    assert [each["result"] for each in tried] == ["sent"] * 3
    [alert, *_] = _answered(stack.request("list_alerts")).json["items"]
    _answered(stack.request("acknowledge_alert", path_parameters={"alert_id": alert["alert_id"]}))


def deliver_to_a_mailbox_that_bounces(stack: Recorder) -> None:
    """Sweep while SES rejects the mail, as moto does for a sender that is not verified."""
    boto3.client("sesv2").delete_email_identity(EmailIdentity="example.com")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ses, "SANDBOX", "nothing that moto says")
        stack.run("deliver_alerts", {})
    shown = _answered(stack.request("get_settings")).json
    assert shown["recipients"][0]["state"] == "bounced"


def _answered(reply: Any) -> Any:
    assert reply.status == 200, reply.text
    return reply
