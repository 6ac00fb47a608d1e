"""QUEUE: an example, messages of 0.10 each that the account they name pays."""

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.dynamodb.client import shared_client
from prepaid.middleware import metered
from prepaid.runtime import jobs
from prepaid.runtime.startup import start


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Send a batch of messages; each that fails, or cannot be paid, comes again by itself."""
    records = batch.BatchProcessor(batch.EventType.SQS, raise_on_entire_batch_failure=False)
    return batch.process_partial_response(event, send, records, context)


def account_of(record: SQSRecord) -> str:
    """Return who pays for a message."""
    return str(json.loads(record.body)["account_id"])


@metered("message", account=account_of)
def send(record: SQSRecord) -> None:
    """Send one message: here, the log is the network."""
    jobs.log("message sent", message_id=record.message_id)


start(shared_client)
