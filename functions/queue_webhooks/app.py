"""STREAM and EVENT and SCHEDULE: queue webhooks for what happened, and what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.dynamodb.client import shared_client
from prepaid.ledger.dynamodb.items import entry_from_item
from prepaid.runtime import clock, jobs
from prepaid.runtime.batches import Records
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.entries import entries_in
from prepaid.runtime.wiring.webhooks import queueing
from prepaid.webhooks.events import SOURCE, Event, event_of
from prepaid.webhooks.web.entry_events import events_of_entry
from prepaid.webhooks.webhook import Webhook


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Queue entries of the stream, or an event of the bus; or, by the schedule, what is due."""
    if "Records" in event:
        if not (receivers := queueing().receivers()):
            return {"batchItemFailures": []}
        records = Records(batch.EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
        queue = partial(queue_entry, receivers=receivers)
        return batch.process_partial_response(event, queue, records, context)
    if event.get("source") == SOURCE:
        return queue_whole([event_of(event["detail"])])
    if "rows" in event:  # of a dead letter of the stream
        return queue_whole(
            [e for entry in entries_in(event["rows"]) for e in events_of_entry(entry)]
        )
    return sweep(context)


def queue_entry(record: DynamoDBRecord, *, receivers: Sequence[Webhook]) -> None:
    """Queue what the entry of one record tells; what it raises, the record is tried again for."""
    entry = entry_from_item(record.raw_event["dynamodb"]["NewImage"])
    queueing().queue_events(events_of_entry(entry), receivers)


def queue_whole(events: Sequence[Event]) -> Mapping[str, int]:
    """Queue events; what this raises, the whole invocation is tried again for."""
    return {"queued": queueing().queue_events(events, queueing().receivers())}


def sweep(context: object) -> Mapping[str, int | bool]:
    """Queue the deliveries whose next try has come."""
    done = queueing().sweep(now=clock.now(), time_is_up=jobs.time_is_up(context))
    counts = asdict(done)
    jobs.log("webhooks swept", **counts)
    jobs.publish({"WebhooksSwept": done.queued, "WebhooksNotQueued": done.failed})
    return counts


start(shared_client)
