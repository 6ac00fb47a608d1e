"""Mail in the life of a stack: confirmed by a link, tried, sent, and bounced."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from prepaid.alerts.letters import Letter
from prepaid.alerts.links import Link, MailLinks, Purpose
from prepaid.alerts.ports import Undeliverable
from prepaid.alerts.ses import SesMailer
from prepaid.domain.credits import AccountId, Instant

from tests.permissions.recording import Recorder
from tests.support.deployed import ACCOUNT, REGION
from tests.support.http_events import http_event
from tests.support.ses_events import bounce

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
    "repeat_days": 1,
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


@contextmanager
def bouncing() -> Iterator[None]:
    """Let SES reject each message once it was asked to send it."""
    send = SesMailer.send

    def reject(mailer: SesMailer, letter: Letter) -> None:
        send(mailer, letter)
        raise Undeliverable("The mailbox takes no mail.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SesMailer, "send", reject)
        yield


def bounce_later(stack: Recorder) -> None:
    """Let SES tell of a bounce later, and once in a way that nobody can read."""
    event = bounce(AccountId("user-1"), EMAIL, sent_at=stack.now)
    assert stack.run("receive_mail_feedback", event) == {"outcome": "stopped"}
    assert stack.run("receive_mail_feedback", {}) == {"outcome": "unreadable"}


def _answered(reply: Any) -> Any:
    assert reply.status == 200, reply.text
    return reply
