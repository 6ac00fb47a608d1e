"""Puts together what knows and asks the owners of addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

from prepaid.alerts.addresses import Addresses, Allowances, Consents
from prepaid.alerts.dynamodb.addresses import DynamoAllowances, DynamoConsents, DynamoContactBook
from prepaid.alerts.links import MailLinks
from prepaid.alerts.ports import ContactBook, Mailer
from prepaid.dynamodb.client import CONFIG, CONNECT_SECONDS, shared_client
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import lists
from prepaid.runtime.wiring.inbox import exceptions, records_table

if TYPE_CHECKING:
    from prepaid.alerts.feedback import MailFeedback

ONCE = CONFIG.merge(
    Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=4.0,
        retries={"mode": "standard", "total_max_attempts": 1},
    )
)
"""For what is not sent again at once: whoever got it first would get it twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed. No mailer: mail is off."""

    contact_book: Callable[[], ContactBook]
    consents: Callable[[], Consents]
    allowances: Callable[[], Allowances]
    mailer: Callable[[], Mailer | None]
    public_url: Callable[[], str]


def _mailer() -> Mailer | None:
    if not settings.mail_sender or not settings.public_url:
        return None
    from prepaid.alerts.ses import SesMailer  # noqa: PLC0415 - where the stack sends mail

    client = new_client("sesv2")
    return SesMailer(client, settings.mail_sender, settings.mail_configuration_set)


def new_client(service: str) -> Any:
    """Return a client that never sends anything twice on its own."""
    session = botocore.session.get_session()
    return session.create_client(service, config=ONCE)


parts = Parts(
    contact_book=cache(lambda: DynamoContactBook(records_table())),
    consents=cache(lambda: DynamoConsents(shared_client(), settings.credit_records_table)),
    allowances=cache(lambda: DynamoAllowances(shared_client(), settings.credit_records_table)),
    mailer=cache(_mailer),
    public_url=lambda: settings.public_url,
)


def mail_links() -> MailLinks:
    """Return what writes and reads links in mails. Raises `Unavailable` without its key."""
    return MailLinks(lists.parts.signing_key(), parts.public_url())


def addresses() -> Addresses:
    """Return what asks owners of addresses. Raises `Unavailable` without the key of links."""
    return Addresses(
        consents=parts.consents(),
        allowances=parts.allowances(),
        links=mail_links(),
        mailer=parts.mailer(),
    )


def mail_feedback() -> "MailFeedback":
    """Return what stops mail that bounces."""
    from prepaid.alerts.feedback import MailFeedback  # noqa: PLC0415 - one function hears of it
    from prepaid.alerts.ses_events import feedback_of  # noqa: PLC0415 - one function hears of it

    return MailFeedback(consents=parts.consents(), exceptions=exceptions(), read=feedback_of)
