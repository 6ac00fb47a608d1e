"""Puts together webhooks: their stores, their queue, what sends them, and their signing keys."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

import botocore.session

from prepaid.domain.errors import Unavailable
from prepaid.due_work import DueRow
from prepaid.dynamodb.audit import put_audit_row
from prepaid.dynamodb.client import CONFIG, shared_client
from prepaid.dynamodb.readable import held_readable
from prepaid.runtime import clock, jobs, observability
from prepaid.runtime.secrets import Unreadable, cached_secret
from prepaid.runtime.settings import settings
from prepaid.runtime.wiring import inbox
from prepaid.webhooks.addresses import is_emulated, usable_test_origin
from prepaid.webhooks.delivery import Delivery
from prepaid.webhooks.dynamodb.deliveries import DynamoDeliveries, DynamoWalks
from prepaid.webhooks.dynamodb.webhooks import DynamoWebhooks
from prepaid.webhooks.managing import Managing
from prepaid.webhooks.ports import (
    Deliveries,
    DeliveryQueue,
    Notices,
    Sender,
    Walk,
    Walks,
    Webhooks,
)
from prepaid.webhooks.queueing import Queueing
from prepaid.webhooks.replaying import Replaying
from prepaid.webhooks.sending import Sending
from prepaid.webhooks.sqs import SqsDeliveryQueue
from prepaid.webhooks.walking import Walking
from prepaid.webhooks.webhook import SigningKeys

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

    from prepaid.webhooks.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """How to get each thing outside; called whenever it is needed."""

    webhooks: Callable[[], Webhooks]
    deliveries: Callable[[], Deliveries]
    walks: Callable[[], Walks]
    queue: Callable[[], DeliveryQueue]
    sender: Callable[[], Sender]
    notices: Callable[[], Notices]
    keys: Callable[[], SigningKeys]
    test_origin: Callable[[], str]


def _webhooks() -> Webhooks:
    table = settings.credit_records_table
    return DynamoWebhooks(shared_client(), table, lambda row: put_audit_row(row, table))


def _queue() -> DeliveryQueue:
    client = botocore.session.get_session().create_client("sqs", config=CONFIG)
    return SqsDeliveryQueue(cast("SQSClient", held_readable(client)), settings.webhooks_queue)


def _sender() -> Sender:
    from prepaid.webhooks.https import HttpsSender  # noqa: PLC0415 - one function sends

    return HttpsSender(
        clock=time.monotonic,
        test_origin=_test_origin(),
        emulated=is_emulated(settings.aws_endpoint_url),
    )


def _notices() -> Notices:
    from prepaid.webhooks.eventbridge import BusNotices  # noqa: PLC0415 - when one is disabled

    client = botocore.session.get_session().create_client("events", config=CONFIG)
    return BusNotices(cast("EventBridgeClient", held_readable(client)), settings.event_bus)


def _keys() -> SigningKeys:
    try:
        return SigningKeys(json.loads(cached_secret(settings.webhook_secret).get()))
    except Unreadable as exc:
        raise Unavailable("The keys that sign webhooks cannot be read.") from exc


def _test_origin() -> str:
    return usable_test_origin(settings.webhook_test_origin, emulator_url=settings.aws_endpoint_url)


parts = Parts(
    webhooks=cache(_webhooks),
    deliveries=cache(lambda: DynamoDeliveries(shared_client(), settings.credit_records_table)),
    walks=cache(lambda: DynamoWalks(shared_client(), settings.credit_records_table)),
    queue=cache(_queue),
    sender=cache(_sender),
    notices=cache(_notices),
    keys=_keys,
    test_origin=_test_origin,
)


def webhooks() -> Webhooks:
    """Return all webhooks."""
    return parts.webhooks()


def deliveries() -> Deliveries:
    """Return what was delivered."""
    return parts.deliveries()


def managing() -> Managing:
    """Return what manages webhooks."""
    return Managing(
        webhooks=parts.webhooks(),
        inbox=inbox.inbox(),
        keys=parts.keys,
        test_origin=parts.test_origin(),
    )


def walking() -> Walking:
    """Return what goes through many deliveries."""
    return Walking(deliveries=parts.deliveries(), walks=parts.walks(), queue=parts.queue())


def replaying() -> Replaying:
    """Return what makes deliveries again."""
    return Replaying(deliveries=parts.deliveries(), walks=parts.walks(), queue=parts.queue())


def queueing() -> Queueing:
    """Return what queues events."""
    return Queueing(
        webhooks=parts.webhooks(),
        deliveries=parts.deliveries(),
        walks=parts.walks(),
        queue=parts.queue(),
        failed=_failed,
    )


def sending() -> Sending:
    """Return what sends deliveries."""
    return Sending(
        webhooks=parts.webhooks(),
        deliveries=parts.deliveries(),
        queue=parts.queue(),
        sender=parts.sender(),
        notices=_LateNotices(),
        exceptions=inbox.exceptions(),
        keys=parts.keys,
        now=clock.now,
    )


class _LateNotices:
    """`Notices` whose client is made when there is one: a webhook is rarely disabled."""

    def publish(self, event: "Event") -> None:
        """Put an event on the bus, and count it: an alarm rings."""
        parts.notices().publish(event)
        observability.count("WebhookDisabled")


def _failed(due: DueRow[Delivery] | DueRow[Walk], exc: Exception) -> None:
    jobs.log_failure("a webhook was passed by", exc, webhook_id=due.owner_id)
