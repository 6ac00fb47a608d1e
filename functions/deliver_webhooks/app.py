"""QUEUE: deliver webhooks, one at a time, so that a receiver that hangs delays no other."""

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import clock, jobs
from prepaid.runtime.batches import Records
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.webhooks import sending, walking
from prepaid.webhooks.delivery import Delivery
from prepaid.webhooks.sqs import event_from_message


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Take the messages in hand; one that fails comes again by itself."""
    records = Records(batch.EventType.SQS, raise_on_entire_batch_failure=False)
    return batch.process_partial_response(event, take, records, context)


def take(record: SQSRecord) -> None:
    """Make one turn: of a new event, of a delivery that is due, or of a walk over many."""
    message: dict[str, Any] = json.loads(record.body)
    webhook_id = str(message["webhook_id"])
    if "walk_id" in message:
        walking().go_on(webhook_id, message["walk_id"], clock.now())
    elif "event" in message:
        new = message["event"]
        event = event_from_message(new)
        _log(sending().event(webhook_id, event, single=bool(new.get("single"))))
    else:
        _log(sending().turn(webhook_id, message["delivery_id"], int(message["turn"])))


def _log(delivery: Delivery | None) -> None:
    """Log where a delivery stands; never where it goes, or what it says."""
    if delivery is not None:
        jobs.log(
            "webhook tried",
            webhook_id=delivery.webhook_id,
            delivery_id=delivery.delivery_id,
            state=str(delivery.state),
            tried=delivery.tried,
        )


start(shared_client)
