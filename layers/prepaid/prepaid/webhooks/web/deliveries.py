"""The log of deliveries, and how they are asked for again."""

import re
from typing import Self

from pydantic import Field

from prepaid.domain.credits import Instant
from prepaid.domain.errors import InvalidRequest, NotFound
from prepaid.web.fields import TimestampIn
from prepaid.web.models import Flag, WireIn, WireOut
from prepaid.web.outputs import TimestampOut, timestamp
from prepaid.web.paging import Cursors, next_link
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request
from prepaid.webhooks.delivery import Delivery, DeliveryState
from prepaid.webhooks.ports import Deliveries, Walk
from prepaid.webhooks.retrying import REPLAY_SECONDS

_DELIVERY_ID = re.compile(r"\d{10}-[0-9a-f]{32}", re.ASCII)
_LAST = "delivery_id"


class TryOut(WireOut):
    """One try: the receiver's status, or why there was none."""

    at: TimestampOut
    duration_ms: int
    status: int | None
    error: str | None = Field(
        description=(
            "`timed_out`, `connection_failed`, `tls_failed`, `name_not_resolved`, or"
            " `address_refused` where the address is not a public one."
        )
    )
    response: str = Field(description="The beginning of what was answered.")


class DeliveryOut(WireOut):
    """An event on its way to a webhook, with its latest tries."""

    delivery_id: str
    webhook_id: str
    message_id: str = Field(description="The `webhook-id` that the receiver gets, on every try.")
    event_type: str
    account_id: str | None
    at: TimestampOut = Field(description="When the event happened.")
    state: DeliveryState = Field(
        description="`waiting` until its webhook is enabled; `failed` after ten tries."
    )
    tried: int = Field(description="How often it was tried.")
    next_at: TimestampOut | None = Field(description="When it is tried next.")
    tries: list[TryOut] = Field(description="The latest tries, at most 20, oldest first.")

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        """Show *delivery*."""
        return cls(
            delivery_id=delivery.delivery_id,
            webhook_id=delivery.webhook_id,
            message_id=delivery.message_id,
            event_type=delivery.event_type,
            account_id=delivery.account_id,
            at=timestamp(delivery.at),
            state=delivery.state,
            tried=delivery.tried,
            next_at=None if delivery.next_at is None else timestamp(delivery.next_at),
            tries=[
                TryOut(
                    at=timestamp(each.at),
                    duration_ms=each.milliseconds,
                    status=each.status,
                    error=each.error,
                    response=each.excerpt,
                )
                for each in delivery.tries
            ],
        )


class DeliveriesOut(WireOut):
    """A page of deliveries, the newest events first."""

    items: list[DeliveryOut]
    next_cursor: str | None


class ReplayIn(WireIn):
    """From when on deliveries are made again."""

    since: TimestampIn = Field(description="At most 30 days ago.")
    only_failed: Flag = False

    def since_within(self, now: Instant) -> Instant:
        """Return the time from which on.

        Raises `InvalidRequest` for one that lies ahead, or for which no delivery is there any more.
        """
        if not now - REPLAY_SECONDS <= self.since <= now:
            raise InvalidRequest("Must lie within the last 30 days.", pointer="/since")
        return self.since


class ReplayOut(WireOut):
    """Deliveries that are made again, one page after the other."""

    replay_id: str
    webhook_id: str
    since: TimestampOut
    only_failed: bool
    found: int = Field(description="How many deliveries were begun again so far.")
    finished: bool

    @classmethod
    def of(cls, walk: Walk) -> Self:
        """Show *walk*."""
        return cls(
            replay_id=walk.walk_id,
            webhook_id=walk.webhook_id,
            since=timestamp(walk.since),
            only_failed=walk.only_failed,
            found=walk.found,
            finished=walk.finished,
        )


def delivery_id_in(text: str) -> str:
    """Return the id of a delivery; raise `NotFound` for text that is no id of ours."""
    if _DELIVERY_ID.fullmatch(text) is None:
        raise NotFound("There is no such delivery.")
    return text


def page(
    request: Request[None, PageQuery], webhook_id: str, deliveries: Deliveries, cursors: Cursors
) -> Answer:
    """Answer one page of a webhook's log. Raises `CursorInvalid`."""
    query = request.query
    filters = {"list": "deliveries", "webhook_id": webhook_id}
    before = None
    if query.cursor is not None:
        before = str(cursors.read(query.cursor, account="", filters=filters)[_LAST])
    found = deliveries.latest(
        webhook_id, limit=query.limit + 1, before=before, now=request.received_at
    )
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit:
        last = {_LAST: shown[-1].delivery_id}
        cursor = cursors.write(last, account="", filters=filters)
    answered = DeliveriesOut(items=[DeliveryOut.of(each) for each in shown], next_cursor=cursor)
    return Answer(answered, headers=next_link(request.url, request.params, cursor))
