"""QUEUE: file each dead letter as a case that an admin sees and can try again."""

from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from prepaid.dynamodb.client import shared_client
from prepaid.runtime import jobs, observability
from prepaid.runtime.batches import Records
from prepaid.runtime.startup import start
from prepaid.runtime.wiring.dead_letters import file_record


def handler(event: dict[str, Any], context: LambdaContext | None = None) -> Mapping[str, object]:
    """Take letters out of their queues; one that cannot be filed stays, and comes again."""
    records = Records(batch.EventType.SQS, raise_on_entire_batch_failure=False)
    return batch.process_partial_response(event, file, records, context)


def file(record: SQSRecord) -> None:
    """File one letter, and count it: an alarm rings. What it says is not logged."""
    letter = file_record(record.raw_event)
    queue = record.event_source_arn.rpartition(":")[2]
    jobs.log("dead letter", letter_id=letter.letter_id, target=letter.target, queue=queue)
    observability.count("DeadLetters", queue=queue)


start(shared_client)
