"""Puts together what delivers alerts: the outbox, the channels, and who wants to hear what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

import botocore.session

from prepaid.alerts.channels import Channel
from prepaid.alerts.delivery import Alerting
from prepaid.alerts.dynamodb.history import DynamoAlertHistory
from prepaid.alerts.dynamodb.outbox import DynamoOutbox
from prepaid.alerts.dynamodb.repeats import DynamoRepeats
from prepaid.alerts.eventbridge import EventBus, cloud_event, event_id, trial_event
from prepaid.alerts.history import AlertHistory
from prepaid.alerts.ports import Announcer, Outbox, Repeat, Repeats, SentAlerts, Waiting
from prepaid.alerts.receivers import Post, Receivers
from prepaid.alerts.repeating import Repeating
from prepaid.domain.credits import AccountId, Instant
from prepaid.dynamodb.client import CONFIG, shared_client
from prepaid.dynamodb.readable import held_readable
from prepaid.runtime import jobs
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import contacts
from prepaid.runtime.wiring.inbox import exceptions

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

    from prepaid.alerts.trials import Trials
    from prepaid.domain.projecting import Projection


class AlertsRead(AlertHistory, SentAlerts, Protocol):
    """Everything that is read of alerts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed. No topic: there is none."""

    outbox: Callable[[], Outbox]
    announcer: Callable[[], Announcer]
    topic: Callable[[], Announcer | None]
    history: Callable[[], AlertsRead]
    repeats: Callable[[], Repeats]


def _outbox() -> Outbox:
    return DynamoOutbox(shared_client(), settings.credit_alerts_table)


def _announcer() -> Announcer:
    client = botocore.session.get_session().create_client("events", config=CONFIG)
    return EventBus(cast("EventBridgeClient", held_readable(client)), settings.event_bus)


def _topic() -> Announcer | None:
    if not settings.alert_topic:
        return None
    from prepaid.alerts.sns import SnsTopic  # noqa: PLC0415 - where the stack has a topic

    return SnsTopic(contacts.new_client("sns"), settings.alert_topic, cloud_event)


def _history() -> AlertsRead:
    return DynamoAlertHistory(shared_client(), settings.credit_alerts_table)


def _repeats() -> Repeats:
    return DynamoRepeats(shared_client(), settings.credit_alerts_table)


parts = Parts(
    outbox=cache(_outbox),
    announcer=cache(_announcer),
    topic=cache(_topic),
    history=cache(_history),
    repeats=cache(_repeats),
)


def alert_history() -> AlertHistory:
    """Return what reads the alerts of accounts."""
    return parts.history()


def alerting() -> Alerting:
    """Return what delivers alerts."""
    receivers = Receivers(
        contact_book=contacts.parts.contact_book(),
        announcers=_announcers(),
        post=_post,
        sent=parts.history(),
        event_id=event_id,
    )
    return Alerting(
        outbox=parts.outbox(),
        audience=receivers.audience,
        exceptions=exceptions(),
        failed=_failed,
    )


def repeating() -> Repeating:
    """Return what repeats alerts."""
    return Repeating(
        repeats=parts.repeats(),
        contact_book=contacts.parts.contact_book(),
        account=_account,
        failed=_not_repeated,
    )


def trials() -> "Trials":
    """Return what sends test messages. Raises `Unavailable` without the key of links."""
    from prepaid.alerts.trials import Trials  # noqa: PLC0415 - delivering has none

    return Trials(
        contact_book=contacts.parts.contact_book(),
        allowances=contacts.parts.allowances(),
        announcers=_announcers(),
        post=_post(),
        event_of=trial_event,
    )


def _announcers() -> Mapping[Channel, Announcer]:
    topic = parts.topic()
    found = {Channel.BUS: parts.announcer()}
    return found if topic is None else {**found, Channel.SNS: topic}


def _post() -> Post | None:
    mailer = contacts.parts.mailer()
    if mailer is None:
        return None
    return Post(
        mailer=mailer,
        links=contacts.mail_links(),
        consents=contacts.parts.consents(),
        exceptions=exceptions(),
    )


def _account(account_id: AccountId, now: Instant) -> "Projection":
    from prepaid.domain.projecting import projected  # noqa: PLC0415 - where something is repeated
    from prepaid.runtime.wiring.ledger import ledger  # noqa: PLC0415 - where something is repeated

    return projected(ledger().account(account_id), now)


def _not_repeated(repeat: Repeat, exc: Exception) -> None:
    jobs.log_failure(
        "an alert was not repeated", exc, account_id=repeat.account_id, alert_id=repeat.alert_id
    )


def _failed(waiting: Waiting, exc: Exception) -> None:
    jobs.log_failure(
        "an alert was passed by", exc, account_id=waiting.account_id, alert_id=waiting.alert_id
    )
