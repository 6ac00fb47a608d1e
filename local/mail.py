"""Mail of the local stack: the emulator keeps it, and the gateway shows it under /_local/mail."""

from local.stack_layout import StackLayout

SENDER = "credits@prepaid.test"


def overrides(layout: StackLayout) -> list[str]:
    """The template's parameters that let the functions send mail."""
    return [f"MailSender={SENDER}", "MailIdentity=prepaid.test", f"PublicUrl={layout.url}"]
