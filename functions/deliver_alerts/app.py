"""STREAM and SCHEDULE: tell the bus of alerts, at once, and of those that were left behind."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.batch import process_partial_response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.runtime import alerts, clock, jobs


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Deliver the alerts in a stream's records, or, when the schedule calls, all that wait."""
    if "Records" in event:
        return process_partial_response(event, deliver, alerts.processor(), context)
    return sweep(context)


def deliver(record: DynamoDBRecord) -> None:
    """Deliver the alert of one record; what it raises, the record is tried again for."""
    alert = alerts.in_record(record)
    if alerts.alerting().deliver(alert, now=clock.now()):
        jobs.log("alert delivered", account_id=alert.account_id, entry_seq=alert.seq)


def sweep(context: object) -> Mapping[str, int | bool]:
    """Deliver what waits in the outbox for longer than the stream should need."""
    done = alerts.alerting().sweep(now=clock.now(), time_is_up=jobs.time_is_up(context))
    counts = asdict(done)
    jobs.log("alerts swept", **counts)
    jobs.publish({"AlertsSwept": done.delivered, "AlertsNotDelivered": done.failed})
    return counts
