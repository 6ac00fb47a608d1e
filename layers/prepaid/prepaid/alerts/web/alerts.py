"""Alerts over HTTP: what an account was warned of."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

from pydantic import Field

from prepaid.alerts.addresses import AddressState
from prepaid.alerts.channels import Channel, Locale
from prepaid.alerts.history import AlertHistory, PastAlert
from prepaid.alerts.ports import AlertDeliveryState
from prepaid.alerts.trials import Trial, TrialResult
from prepaid.domain.expiring import days_before
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.ledger.web.limits import LimitOut
from prepaid.web import opaque
from prepaid.web.email import EmailIn
from prepaid.web.models import WireIn, WireOut
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


class AlertDeliveryOut(WireOut):
    """What became of an alert by one channel, for mail of one address."""

    channel: Channel
    state: AlertDeliveryState = Field(
        description="`suppressed`: the channel keeps silent. `failed`: the mailbox takes no mail."
    )
    at: TimestampOut


class AlertRunwayOut(WireOut):
    """How long the credits last, of alerts of the runway."""

    thresholds: list[int] = Field(
        description="Days that they will not last, or that they last again; the most first."
    )
    days_left: int = Field(description="Whole days, rounded down.")
    per_day: CreditsOut = Field(description="Credits spent in a day, on average, rounded down.")
    spent: CreditsOut = Field(description="Credits spent in the seven whole days before.")


class AlertSpikeOut(WireOut):
    """An hour in which usage cost far more than usual."""

    hour: TimestampOut = Field(description="When the hour began.")
    spent: CreditsOut = Field(description="What usage had cost in it by then.")
    usual: CreditsOut = Field(
        description="What an hour of the seven whole days before cost, on average, rounded down."
    )


class EndingOut(WireOut):
    """Credits that expire at one moment."""

    expires_at: TimestampOut
    amount: CreditsOut


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
    runway: AlertRunwayOut | None = Field(description="How long the credits last.")
    spike: AlertSpikeOut | None = Field(description="The hour that cost far more than usual.")
    expiring: list[EndingOut] = Field(description="Credits that expire soon, the next first.")
    expires_within_days: int | None = Field(
        description="How soon the first of them expires: 30, 7 or 1.", examples=[7]
    )
    balance: CreditsOut
    available: CreditsOut
    seq: int = Field(description="The number of the entry that raised it, or of the last before.")
    deliveries: list[AlertDeliveryOut] = Field(description="What became of it so far.")
    repeat_at: TimestampOut | None = Field(
        description="When it is announced again, if the balance is low still."
    )
    acknowledged_at: TimestampOut | None
    acknowledged_by: str | None

    @classmethod
    def of(cls, past: PastAlert) -> Self:
        """Show an alert."""
        alert, seen = past.alert, past.acknowledged
        return cls(
            alert_id=opaque.written(alert.alert_id),
            kind=alert.about,
            raised_at=timestamp(alert.raised_at),
            delivered_at=None if past.delivered_at is None else timestamp(past.delivered_at),
            quiet=alert.suppressed,
            thresholds=[str(each) for each in alert.thresholds],
            limit=None if alert.limit is None else LimitOut.of(alert.limit),
            runway=_runway(alert),
            spike=_spike(alert),
            expiring=[
                EndingOut(expires_at=timestamp(each.expires_at), amount=str(each.amount))
                for each in alert.ends
            ],
            expires_within_days=days_before(alert) if alert.ends else None,
            balance=str(alert.balance),
            available=str(alert.available),
            seq=alert.seq,
            deliveries=[
                AlertDeliveryOut(
                    channel=Channel(receiver.partition("#")[0]),
                    state=each.state,
                    at=timestamp(each.at),
                )
                for receiver, each in sorted(past.deliveries.items())
            ],
            repeat_at=None if past.repeat_at is None else timestamp(past.repeat_at),
            acknowledged_at=None if seen is None else timestamp(seen.at),
            acknowledged_by=None if seen is None else seen.by,
        )


def _runway(alert: Alert) -> AlertRunwayOut | None:
    runway = alert.runway
    if runway is None:
        return None
    return AlertRunwayOut(
        thresholds=list(alert.days),
        days_left=runway.days_left,
        per_day=str(runway.per_day),
        spent=str(runway.spent),
    )


def _spike(alert: Alert) -> AlertSpikeOut | None:
    spike = alert.spike
    if spike is None:
        return None
    return AlertSpikeOut(
        hour=timestamp(spike.begins_at), spent=str(spike.spent), usual=str(spike.usual)
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


LocaleIn = Annotated[Locale, Field(strict=False)]  # JSON has no enumerations
ChannelIn = Annotated[Channel, Field(strict=False)]  # JSON has no enumerations


class TrialIn(WireIn):
    """By which channels a test message is sent."""

    channels: Annotated[list[ChannelIn], Field(min_length=1, max_length=len(Channel))] | None = (
        Field(default=None, description="Those that the account chose if left out.")
    )


class TrialOut(WireOut):
    """What became of the test message of one channel, for mail of one address."""

    channel: Channel
    email: str | None
    result: TrialResult = Field(
        description="`unconfirmed`: the owner of the address has not agreed. `not_available`: the "
        "stack does not have this channel."
    )


class TrialsOut(WireOut):
    """What became of test messages."""

    results: list[TrialOut]

    @classmethod
    def of(cls, trials: Sequence[Trial]) -> Self:
        """Show what became of each."""
        return cls(
            results=[
                TrialOut(channel=each.channel, email=each.email, result=each.result)
                for each in trials
            ]
        )


class ConfirmationIn(WireIn):
    """Which address is asked, and in which language."""

    email: EmailIn
    locale: LocaleIn | None = Field(
        default=None, description="The language of the mail; English if left out."
    )


class ConfirmationOut(WireOut):
    """Whether the owner of an address agreed; while not, the mail that asks was sent."""

    email: str = Field(description="In lower case.")
    state: AddressState = Field(description="Only a confirmed address gets mail.")
