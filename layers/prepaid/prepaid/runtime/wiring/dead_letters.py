"""Puts together dead letters: where they are kept, and what sends them again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

import botocore.session

from prepaid.dynamodb.client import CONFIG
from prepaid.dynamodb.readable import held_readable
from prepaid.inbox.dead_letters import (
    DeadLetter,
    DeadLetters,
    Redrive,
    StreamedRows,
    file_letter,
)
from prepaid.inbox.dynamodb import DynamoDeadLetters, DynamoStreamedRows, StreamsClient
from prepaid.inbox.sqs import AwsRedrive, LetterReading
from prepaid.runtime import clock
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import inbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    letters: Callable[[], DeadLetters]
    redrive: Callable[[], Redrive]
    streamed: Callable[[], StreamedRows]


def _redrive() -> Redrive:
    session = botocore.session.get_session()
    sqs = cast("SQSClient", held_readable(session.create_client("sqs", config=CONFIG)))
    functions = cast("LambdaClient", session.create_client("lambda", config=CONFIG))
    return AwsRedrive(sqs, functions, settings.webhooks_queue)


def _streamed() -> StreamedRows:
    client = botocore.session.get_session().create_client("dynamodbstreams", config=CONFIG)
    return DynamoStreamedRows(cast("StreamsClient", held_readable(client)))


parts = Parts(
    letters=cache(lambda: DynamoDeadLetters(inbox.records_table())),
    redrive=cache(_redrive),
    streamed=cache(_streamed),
)


def file_record(record: "Mapping[str, object]") -> DeadLetter:
    """Keep what a dead-letter queue hands over, and report its case; each once.

    Raises `Unavailable`, `LetterTooLarge`.
    """
    reading = LetterReading(
        swept=settings.credit_alerts_table,
        streamed=parts.streamed,
        sources={settings.failed_webhooks_queue_arn: settings.webhooks_queue_arn},
    )
    letter = reading.letter(record)
    file_letter(parts.letters(), inbox.exceptions(), letter, clock.now())
    return letter
