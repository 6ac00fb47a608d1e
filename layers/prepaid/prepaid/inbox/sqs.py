"""Dead letters of AWS: how they come in a queue, and how each is sent to where it failed.

SQS names the queue that a message came from (`DeadLetterQueueSourceArn`), Lambda the function and
what it was invoked with, schedules and rules their target in a message's attributes.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from prepaid.domain.errors import Unavailable
from prepaid.domain.keys import FIRST_MESSAGE_ID
from prepaid.dynamodb.failures import passing_is_unavailable
from prepaid.inbox.dead_letters import DeadLetter, StreamBatch, StreamedRows, with_rows

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_sqs import SQSClient

ACCEPTED = 202
NOT_SENT = "Where it failed did not answer in time."
GONE = "Where it failed is not there any more."
_GONE_CODES = frozenset({"ResourceNotFoundException", "AWS.SimpleQueueService.NonExistentQueue"})
_UNQUALIFIED = 7
"""How many parts the ARN of a function has without a version."""
_NAME = re.compile(r"[\w.:-]{1,100}")
SWEEP = "{}"
SOURCE = "DeadLetterQueueSourceArn"
NO_SOURCES: Mapping[str, str] = MappingProxyType({})
_OF_A_BATCH = ("streamArn", "shardId", "startSequenceNumber", "endSequenceNumber")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReading:
    """Reads what dead-letter queues hand over.

    What the stream of the table *swept* says is found by a sweep, for which its function is invoked
    with nothing. What another stream says is not in the letter: *streamed* is asked which rows it
    was about. *sources* are the queues whose letters alone a dead-letter queue gets, by its ARN,
    for where SQS does not name them.
    """

    swept: str
    streamed: Callable[[], StreamedRows]
    sources: Mapping[str, str]

    def letter(self, record: Mapping[str, Any]) -> DeadLetter:
        """Read one letter. Raises `Unavailable`: the stream cannot be asked now."""
        letter = letter_from_record(record, swept=self.swept, sources=self.sources)
        batch = None if letter.target else _batch(record["body"])
        if batch is None:
            return letter
        target = _function(_asked(_read(record["body"])))
        return with_rows(letter, self.streamed().keys(batch), target)


def letter_from_record(
    record: Mapping[str, Any], *, swept: str, sources: Mapping[str, str] = NO_SOURCES
) -> DeadLetter:
    """Read what a record says by itself; see `LetterReading`."""
    attributes: Mapping[str, str] = record.get("attributes", {})
    known = sources.get(record.get("eventSourceARN", ""))
    if known is not None:
        attributes = {SOURCE: known, **attributes}
    sent = {
        name: str(each.get("stringValue", ""))
        for name, each in record.get("messageAttributes", {}).items()
    }
    target, body, reason = _failed(record["body"], attributes, sent, swept)
    return DeadLetter(
        letter_id=record["messageId"],
        first_id=sent.get(FIRST_MESSAGE_ID, record["messageId"]),
        target=target,
        body=body,
        reason=reason,
        group=attributes.get("MessageGroupId"),
    )


def _failed(
    body: str, attributes: Mapping[str, str], sent: Mapping[str, str], swept: str
) -> tuple[str, str, str]:
    """Return where it failed, what failed there, and why; never what a message says."""
    if source := attributes.get(SOURCE):
        return source, body, "its message was received too often"
    if target := sent.get("TARGET_ARN"):
        payload = body or SWEEP
        whole = sent.get("IS_PAYLOAD_TRUNCATED") != "true" and _is_json(payload)
        return _function(target) if whole else "", payload, _name(sent.get("ERROR_CODE"))
    said = _read(body)
    target = _function(_asked(said))
    if "requestPayload" in said:
        payload = json.dumps(said["requestPayload"] or {})
        return target, payload, _name(_part(said, "responsePayload").get("errorType"))
    stream = str(_part(said, "DDBStreamBatchInfo").get("streamArn", ""))
    reason = _name(_part(said, "requestContext").get("condition"))
    if stream:
        reason = f"a stream's records, {reason}"
    return (target, SWEEP, reason) if f":table/{swept}/stream/" in stream else ("", body, reason)


def _asked(said: Mapping[str, Any]) -> str:
    """Return the ARN of the function that was asked for what failed."""
    return str(_part(said, "requestContext").get("functionArn", ""))


def _batch(body: str) -> StreamBatch | None:
    """Return where in a stream the records are that a letter is about."""
    said = _part(_read(body), "DDBStreamBatchInfo")
    named = [said.get(name) for name in _OF_A_BATCH]
    if not all(isinstance(each, str) and each for each in named):
        return None
    return StreamBatch(*map(str, named))


def _is_json(text: str) -> bool:
    """Say whether a function can be invoked with *text*."""
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _read(body: str) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _function(arn: str) -> str:
    """Leave out the version: a function is invoked as it is now."""
    return ":".join(arn.split(":")[:_UNQUALIFIED])


def _name(found: object) -> str:
    """Return a short name, such as an error's type; a text might be a client's."""
    return found if isinstance(found, str) and _NAME.fullmatch(found) else "it failed"


class AwsRedrive:
    """`Redrive` to queues beside the one at *queue_url*, and to functions."""

    def __init__(self, sqs: "SQSClient", functions: "LambdaClient", queue_url: str) -> None:
        self._sqs = sqs
        self._functions = functions
        self._beside = queue_url.rpartition("/")[0]

    def send(self, letter: DeadLetter) -> str | None:
        """Send a message to its queue, or invoke its function without waiting for it."""
        try:
            with passing_is_unavailable(NOT_SENT):
                if letter.target.split(":")[2] == "sqs":
                    self._queue(letter)
                else:
                    self._invoke(letter)
        except ClientError as error:
            if error.response["Error"]["Code"] not in _GONE_CODES:
                raise
            return GONE
        return None

    def _queue(self, letter: DeadLetter) -> None:
        name = letter.target.rpartition(":")[2]
        first = {"DataType": "String", "StringValue": letter.first_id}
        message: Any = {
            "Id": "0",
            "MessageBody": letter.body,
            "MessageAttributes": {FIRST_MESSAGE_ID: first},
        }
        if letter.group is not None:
            message["MessageGroupId"] = letter.group
        answer = self._sqs.send_message_batch(QueueUrl=f"{self._beside}/{name}", Entries=[message])
        if answer.get("Failed"):
            raise Unavailable(NOT_SENT)

    def _invoke(self, letter: DeadLetter) -> None:
        answer = self._functions.invoke(
            FunctionName=letter.target, InvocationType="Event", Payload=letter.body.encode()
        )
        if answer.get("StatusCode") != ACCEPTED:
            raise Unavailable(NOT_SENT)
