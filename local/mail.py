"""Mail of the local stack: the emulator keeps it, and the gateway shows it under /_local/mail."""

from contextlib import suppress

from local.aws import client
from local.stack_layout import StackLayout

DOMAIN = "prepaid.test"
SENDER = f"credits@{DOMAIN}"


def overrides(layout: StackLayout) -> list[str]:
    """The template's parameters that let the functions send mail."""
    return [f"MailSender={SENDER}", f"MailIdentity={DOMAIN}", f"PublicUrl={layout.url}"]


def verify_sender(layout: StackLayout) -> None:
    """Let the emulator take mail from the sender, as the owner of a domain does at SES."""
    ses = client(layout, "sesv2")
    with suppress(ses.exceptions.AlreadyExistsException):
        ses.create_email_identity(EmailIdentity=DOMAIN)
