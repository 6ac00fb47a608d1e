"""What Lambda is invoked with, and the id by which each source knows it when it comes again.

SQS repeats a message under its `messageId`, EventBridge an event under its `id`, streams a record
under its `eventID`, SNS under its `MessageId`; S3 numbers what happens to an object by `sequencer`.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prepaid.domain.keys import FIRST_MESSAGE_ID
from prepaid.web.request import key_of, mapping

_SOUND = re.compile(r"[\x21-\x7e]{1,255}")


class NoKey(Exception):
    """What came has no id of its own: say with `key=` by what it is known when it comes again."""


class ManyRecords(Exception):
    """A batch came: each record is paid for itself, so meter the function that handles one."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to do: *key* is the same when it comes again, *content* what came under it."""

    key: str
    content: str = ""


def event_of(given: object) -> Mapping[str, Any]:
    """Return an event as Lambda sent it: itself, what Powertools read it into, its only record.

    Raises `NoKey` for what is no object, `ManyRecords` for a batch of several records.
    """
    event = getattr(given, "raw_event", given)
    if not isinstance(event, Mapping):
        raise NoKey("A metered function takes an event or a record first.")
    records = event.get("Records")
    if not isinstance(records, list):
        return event
    if len(records) != 1:
        raise ManyRecords("Meter the function that handles one record, not the one of the batch.")
    return event_of(records[0])


def is_http(event: Mapping[str, Any]) -> bool:
    """Say whether somebody waits for an answer over HTTP: an API's event, or a function URL's."""
    return "http" in mapping(event, "requestContext") or "httpMethod" in event


def source_of(event: Mapping[str, Any]) -> Source:
    """Return by what an event is known. Raises `NoKey`; `KeyMissing`, `KeyInvalid` over HTTP."""
    if is_http(event):
        return Source(f"http:{key_of(event)}", _request(event))
    match event:
        case {"eventSource": "aws:sqs", "messageId": str(name)}:
            return Source(f"sqs:{sound(_first_id(event) or name)}")
        case {"eventSource": "aws:s3", "s3": {"bucket": bucket, "object": found}}:
            return Source(f"s3:{_object(event, bucket, found)}")
        case {"EventSource": "aws:sns", "Sns": {"MessageId": str(name)}}:
            return Source(f"sns:{sound(name)}")
        case {"eventID": str(name), "eventSource": str(kind)}:
            return Source(f"{kind.removeprefix('aws:')}:{sound(name)}")
        case {"id": str(name), "detail-type": str(), "source": str(origin)}:
            return Source(f"event:{sound(f'{origin}:{name}')}")
    raise NoKey("What came has no id of its own: give key=.")


def sound(text: str) -> str:
    """Return *text* if it can be part of a key, else its SHA-256."""
    if _SOUND.fullmatch(text):
        return text
    return "sha256:" + _digest(text)


def _first_id(message: Mapping[str, Any]) -> str:
    """Return the id that a message had before it was sent again as a dead letter, or nothing."""
    attributes = mapping(message, "messageAttributes")
    return str(mapping(attributes, FIRST_MESSAGE_ID).get("stringValue") or "")


def _object(event: Mapping[str, Any], bucket: Any, found: Any) -> str:
    """Name what happened to an object: a sequencer counts for one object only."""
    names = [event.get("eventName"), bucket.get("name"), found.get("key"), found.get("versionId")]
    if not found.get("sequencer"):
        raise NoKey("An event of S3 came without its sequencer.")
    return f"{sound(str(found['sequencer']))}:{_digest(*map(str, names))}"


def _request(event: Mapping[str, Any]) -> str:
    """Tell two requests under one Idempotency-Key apart by what they ask for."""
    asked = mapping(mapping(event, "requestContext"), "http").get("method", event.get("httpMethod"))
    path = event.get("rawPath", event.get("path"))
    query = event.get("rawQueryString", event.get("queryStringParameters"))
    return _digest(str(asked), str(path), str(query or ""), str(event.get("body") or ""))


def _digest(*texts: str) -> str:
    parts = "".join(f"{len(text)}:{text}" for text in texts)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
