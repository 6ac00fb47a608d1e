"""Puts together what delivers alerts: the outbox and the bus."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

import botocore.session

from prepaid.alerts.delivery import Alerting
from prepaid.alerts.dynamodb import DynamoAlertHistory, DynamoOutbox
from prepaid.alerts.eventbridge import EventBus
from prepaid.alerts.history import AlertHistory
from prepaid.alerts.ports import Announcer, Outbox, Waiting
from prepaid.dynamodb.client import CONFIG, shared_client
from prepaid.dynamodb.readable import held_readable
from prepaid.runtime import jobs
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring.inbox import exceptions

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    outbox: Callable[[], Outbox]
    announcer: Callable[[], Announcer]
    history: Callable[[], AlertHistory]


def _outbox() -> Outbox:
    return DynamoOutbox(shared_client(), settings.credit_alerts_table)


def _announcer() -> Announcer:
    client = botocore.session.get_session().create_client("events", config=CONFIG)
    return EventBus(cast("EventBridgeClient", held_readable(client)), settings.event_bus)


def _history() -> AlertHistory:
    return DynamoAlertHistory(shared_client(), settings.credit_alerts_table)


parts = Parts(outbox=cache(_outbox), announcer=cache(_announcer), history=cache(_history))


def alert_history() -> AlertHistory:
    """Return what reads the alerts of accounts."""
    return parts.history()


def alerting() -> Alerting:
    """Return what delivers alerts."""
    return Alerting(
        outbox=parts.outbox(),
        announcer=parts.announcer(),
        exceptions=exceptions(),
        failed=_failed,
    )


def _failed(waiting: Waiting, exc: Exception) -> None:
    jobs.log_failure(
        "an alert was passed by", exc, account_id=waiting.account_id, alert_id=waiting.alert_id
    )
