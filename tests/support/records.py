"""One record or event of each source that Lambda reads, whole, as it is handed over.

The shapes are those of AWS's pages: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html,
with-ddb.html, with-kinesis.html, with-s3.html, with-sns.html, and of EventBridge's reference
https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
"""

import base64
from typing import Any

ACCOUNT = "user-1"
REGION, OWNER = "us-east-1", "123456789012"
AT = "2026-11-26T12:00:00.000Z"


def sqs(name: str = "message-1", body: str = ACCOUNT) -> dict[str, Any]:
    """Return a message of a queue."""
    return {
        "messageId": name,
        "receiptHandle": f"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a-{name}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1795694400000",
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": "1795694400001",
        },
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:{REGION}:{OWNER}:messages",
        "awsRegion": REGION,
    }


def stream(name: str = "e1", kind: str = "dynamodb", number: int = 111) -> dict[str, Any]:
    """Return a record of a table's stream, or of Kinesis."""
    record = {
        "eventID": name,
        "eventSource": f"aws:{kind}",
        "awsRegion": REGION,
    }
    if kind == "kinesis":
        return record | {
            "eventName": "aws:kinesis:record",
            "eventVersion": "1.0",
            "eventSourceARN": f"arn:aws:kinesis:{REGION}:{OWNER}:stream/orders",
            "invokeIdentityArn": f"arn:aws:iam::{OWNER}:role/lambda-role",
            "kinesis": {
                "kinesisSchemaVersion": "1.0",
                "partitionKey": "1",
                "sequenceNumber": str(number),
                "data": base64.b64encode(ACCOUNT.encode()).decode(),
                "approximateArrivalTimestamp": 1795694400.087,
            },
        }
    return record | {
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSourceARN": f"arn:aws:dynamodb:{REGION}:{OWNER}:table/orders/stream/{AT}",
        "dynamodb": {
            "ApproximateCreationDateTime": 1795694400,
            "Keys": {"order_id": {"S": name}},
            "NewImage": {"order_id": {"S": name}, "account_id": {"S": ACCOUNT}},
            "SequenceNumber": str(number),
            "SizeBytes": 26,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


def s3(sequencer: str = "0A", key: str = "file", bucket: str = "uploads") -> dict[str, Any]:
    """Return a record of a bucket."""
    return {
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": AT,
        "eventName": "ObjectCreated:Put",
        "userIdentity": {"principalId": "AWS:AIDAINPONIXQXHT3IKHL2"},
        "requestParameters": {"sourceIPAddress": "205.255.255.255"},
        "responseElements": {
            "x-amz-request-id": "D82B88E5F771F645",
            "x-amz-id-2": "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYB",
        },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "828aa6fc-f7b5-4305-8584-487c791949c1",
            "bucket": {
                "name": bucket,
                "ownerIdentity": {"principalId": "A3I5XTEXAMAI3E"},
                "arn": f"arn:aws:s3:::{bucket}",
            },
            "object": {
                "key": key,
                "size": 1_500_000,
                "eTag": "b21b84d653bb07b05b1e6b33684dc11b",
                "sequencer": sequencer,
            },
        },
    }


def sns(name: str = "topic-1") -> dict[str, Any]:
    """Return a record of a topic."""
    topic = f"arn:aws:sns:{REGION}:{OWNER}:orders"
    return {
        "EventVersion": "1.0",
        "EventSubscriptionArn": f"{topic}:21be56ed-a058-49f5-8c98-aedd2564c486",
        "EventSource": "aws:sns",
        "Sns": {
            "SignatureVersion": "1",
            "Timestamp": AT,
            "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j...65r==",
            "MessageId": name,
            "Message": ACCOUNT,
            "MessageAttributes": {},
            "Type": "Notification",
            "TopicArn": topic,
            "Subject": "ordered",
        },
    }


def bus(name: str = "bus-1", source: str = "shop") -> dict[str, Any]:
    """Return an event of EventBridge."""
    return {
        "version": "0",
        "id": name,
        "detail-type": "Ordered",
        "source": source,
        "account": OWNER,
        "time": "2026-11-26T12:00:00Z",
        "region": REGION,
        "resources": [],
        "detail": {},
    }
