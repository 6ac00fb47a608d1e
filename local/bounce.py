"""Let a mail come back, as SES would say it: the emulator never does."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

from local import clock, jobs
from local.progress import StackError
from local.stack_layout import PROJECT, StackLayout


def bounce(layout: StackLayout, user: str, email: str) -> None:
    """Let a mail that an account sends to an address now come back.

    Raises StackError when no stack is up, or the function that hears of it fails.
    """
    if not user or not email:
        example = layout.make("bounce user=user-1 email=user@example.com")
        raise StackError(f"which mail? name its account and its address: `{example}`")
    event = json.loads((PROJECT / "events/receive_mail_feedback.json").read_text())
    mail = event["detail"]["mail"]
    account = urlsafe_b64encode(user.encode()).rstrip(b"=").decode()
    now = datetime.now(UTC) + timedelta(seconds=clock.offset(layout))
    mail |= {"destination": [email], "timestamp": now.isoformat()}
    mail["tags"]["account-0"] = [account]
    event["detail"]["bounce"]["timestamp"] = now.isoformat()
    jobs.invoke(layout, "receive_mail_feedback", event)
