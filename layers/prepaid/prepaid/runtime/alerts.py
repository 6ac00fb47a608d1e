"""Puts together what only alerts need: the outbox, the bus, and the records of a stream.

Tests replace `parts` as a whole: ``monkeypatch.setattr(alerts, "parts", Parts(outbox=…, …))``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast, override

import botocore.session
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType

from prepaid.alerts.delivery import Alerting
from prepaid.alerts.dynamodb import DynamoOutbox, alert_from_item
from prepaid.alerts.eventbridge import EventBus
from prepaid.alerts.ports import Announcer, Outbox, Waiting
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.client import CONFIG, shared_client
from prepaid.runtime import jobs, wiring
from prepaid.runtime.settings import settings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
    from mypy_boto3_events import EventBridgeClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    outbox: Callable[[], Outbox]
    announcer: Callable[[], Announcer]


def _outbox() -> Outbox:
    return DynamoOutbox(shared_client(), settings.credit_alerts_table)


def _announcer() -> Announcer:
    client = botocore.session.get_session().create_client("events", config=CONFIG)
    return EventBus(cast("EventBridgeClient", client), settings.event_bus)


parts = Parts(outbox=cache(_outbox), announcer=cache(_announcer))


def alerting() -> Alerting:
    """Return what delivers alerts."""
    return Alerting(
        outbox=parts.outbox(),
        announcer=parts.announcer(),
        exceptions=wiring.exceptions(),
        failed=_failed,
    )


class _Telling(BatchProcessor):
    """Logs why a record failed: Lambda is told only which."""

    @override
    def failure_handler(
        self,
        record: Any,  # as Powertools hands it over
        exception: "tuple[type[BaseException] | None, BaseException | None, TracebackType | None]",
    ) -> Any:
        error = exception[1]
        if isinstance(error, Exception):
            jobs.log_failure("a record failed", error)
        return super().failure_handler(record, exception)


def processor() -> BatchProcessor:
    """Return what goes through a batch of a stream, and reports each record that failed."""
    return _Telling(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)


def in_record(record: "DynamoDBRecord") -> Alert:
    """Return the alert that a stream's record tells of."""
    return alert_from_item(record.raw_event["dynamodb"]["NewImage"])


def _failed(waiting: Waiting, exc: Exception) -> None:
    jobs.log_failure(
        "an alert was passed by", exc, account_id=waiting.account_id, alert_id=waiting.alert_id
    )
