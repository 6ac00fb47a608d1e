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
from prepaid.web.paging import Cursors, next_link
from prepaid.web.queries import PageQuery
from prepaid.web.request import Answer, Request

_FILTERS: Mapping[str, object] = {"list": "alerts"}
_LAST = "alert_id"


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


def page(request: Request[None, PageQuery], history: AlertHistory, cursors: Cursors) -> Answer:
    """Answer one page. Raises `CursorInvalid`, `Unavailable`."""
    query, account_id = request.query, request.account_id
    before: str | None = None
    if query.cursor is not None:
        before = str(cursors.read(query.cursor, account=account_id, filters=_FILTERS)[_LAST])
    found = history.of_account(account_id, limit=query.limit + 1, before=before)
    shown, cursor = found[: query.limit], None
    if len(found) > query.limit:
        last = {_LAST: shown[-1].alert.alert_id}
        cursor = cursors.write(last, account=account_id, filters=_FILTERS)
    return Answer(
        AlertsOut(items=[AlertOut.of(each) for each in shown], next_cursor=cursor),
        headers=next_link(request.url, request.params, cursor),
    )
