"""STREAM and SCHEDULE: deliver alerts to the bus, at once, and those that were left behind."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.alerts.dynamodb.outbox import alert_from_item
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.batches import Records
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.alerts import alerting, repeating


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Deliver the alerts in a stream's records, or, when the schedule calls, all that wait."""
    if "Records" in event:
        records = Records(batch.EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
        return batch.process_partial_response(event, deliver, records, context)
    return sweep(context)


def deliver(record: DynamoDBRecord) -> None:
    """Deliver the alert of one record; what it raises, the record is tried again for."""
    alert = alert_from_item(record.raw_event["dynamodb"]["NewImage"])
    if alerting().deliver(alert, now=clock.now()):
        jobs.log("alert delivered", account_id=alert.account_id, entry_seq=alert.seq)


def sweep(context: object) -> Mapping[str, int | bool]:
    """Deliver what waits for longer than the stream should need, and repeat what is due."""
    now, time_is_up = clock.now(), jobs.time_is_up(context)
    done = alerting().sweep(now=now, time_is_up=time_is_up)
    again = repeating().run(now=now, time_is_up=time_is_up)
    counts = asdict(done) | {"repeated": again.repeated}
    counts |= {"failed": done.failed + again.failed, "finished": done.finished and again.finished}
    jobs.log("alerts swept", **counts)
    jobs.publish({"AlertsSwept": done.delivered, "AlertsNotDelivered": counts["failed"]})
    return counts


start(shared_client)
