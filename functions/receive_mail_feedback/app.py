"""EVENT: stop the mail of a mailbox that bounced, or whose owner complained, as SES says."""

from collections.abc import Mapping
from typing import Any

from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.contacts import mail_feedback


def handler(event: dict[str, Any], _context: object = None) -> Mapping[str, str]:
    """Do what an event means; one that nobody can read is reported and does not come again."""
    outcome = mail_feedback().receive(event, now=clock.now())
    jobs.log("mail feedback", outcome=outcome)
    return {"outcome": outcome}


start(shared_client)
