"""One record or event of each source that Lambda reads, as it is handed over."""

from typing import Any

ACCOUNT = "user-1"


def sqs(name: str = "message-1") -> dict[str, Any]:
    """Return a message of a queue."""
    return {"messageId": name, "eventSource": "aws:sqs", "body": ACCOUNT, "attributes": {}}


def stream(name: str = "e1", kind: str = "dynamodb") -> dict[str, Any]:
    """Return a record of a stream."""
    return {"eventID": name, "eventSource": f"aws:{kind}", "eventName": "INSERT"}


def s3(sequencer: str = "0A", key: str = "file", bucket: str = "uploads") -> dict[str, Any]:
    """Return a record of a bucket."""
    found = {"key": key, "size": 1_500_000, "sequencer": sequencer}
    return {
        "eventSource": "aws:s3",
        "eventName": "ObjectCreated:Put",
        "s3": {"bucket": {"name": bucket}, "object": found},
    }


def sns(name: str = "topic-1") -> dict[str, Any]:
    """Return a record of a topic."""
    return {"EventSource": "aws:sns", "Sns": {"MessageId": name, "Message": ACCOUNT}}


def bus(name: str = "bus-1", source: str = "shop") -> dict[str, Any]:
    """Return an event of EventBridge."""
    return {"id": name, "detail-type": "Ordered", "source": source, "detail": {}}
