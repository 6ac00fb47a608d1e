"""Alerts over HTTP: what an account was warned of."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field

from prepaid.alerts.history import AlertHistory, PastAlert
from prepaid.domain.thresholds import AlertKind
from prepaid.ledger.web.limits import LimitOut
from prepaid.web import opaque
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp
from prepaid.web.paging import Cursors, Paged
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

_LAST = "alert_id"


class AlertsQuery(PageQuery):
    """How much of the list to answer."""

    def filters(self) -> Mapping[str, object]:
        """Return what a cursor of this list is bound to."""
        return {"list": "alerts"}


class AlertOut(WireOut):
    """A warning, with how the account stood at that moment."""

    alert_id: str
    kind: AlertKind
    raised_at: TimestampOut
    delivered_at: TimestampOut | None = Field(description="Null while it waits, or stays quiet.")
    quiet: bool = Field(description="It is not delivered: the like was within the last hour.")
    thresholds: list[CreditsOut] = Field(
        description="Those that the balance fell below, highest first."
    )
    limit: LimitOut | None = Field(description="The spending limit that it is about.")
    balance: CreditsOut
    available: CreditsOut
    seq: int = Field(description="The number of the entry that raised it, or of the last before.")

    @classmethod
    def of(cls, past: PastAlert) -> Self:
        """Show an alert."""
        alert = past.alert
        return cls(
            alert_id=opaque.written(alert.alert_id),
            kind=alert.about,
            raised_at=timestamp(alert.raised_at),
            delivered_at=None if past.delivered_at is None else timestamp(past.delivered_at),
            quiet=alert.suppressed,
            thresholds=[str(each) for each in alert.thresholds],
            limit=None if alert.limit is None else LimitOut.of(alert.limit),
            balance=str(alert.balance),
            available=str(alert.available),
            seq=alert.seq,
        )


class AlertsOut(WireOut):
    """A page of alerts, the latest first."""

    items: list[AlertOut]
    next_cursor: str | None


def page(request: Request[None, AlertsQuery], history: AlertHistory, cursors: Cursors) -> Answer:
    """Answer one page. Raises `CursorInvalid`, `Unavailable`."""
    listing, limit = Paged(request, cursors), request.query.limit
    last = listing.after()
    before = None if last is None else str(last[_LAST])
    found = history.of_account(request.account_id, limit=limit + 1, before=before)
    items = [AlertOut.of(each) for each in found[:limit]]
    position = {_LAST: found[limit - 1].alert.alert_id} if len(found) > limit else None
    return listing.page(AlertsOut, items, position)
