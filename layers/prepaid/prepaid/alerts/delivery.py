"""Alerting: everything in the outbox is sent to all receivers, at least once, hardly ever twice."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from prepaid.alerts.ports import (
    Claim,
    Claimed,
    Deliveries,
    Delivery,
    Outbox,
    Undeliverable,
    Waiting,
)
from prepaid.alerts.receivers import Audience, Receiver
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import Unavailable
from prepaid.domain.thresholds import Alert
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions

CLAIM_SECONDS = 60
"""Longer than sending to all receivers can take: a claim that outlives it belongs to nobody."""
OVERDUE_SECONDS = 120
"""How old an alert is before the sweep takes it from whoever was to deliver it at once."""
GIVEN_UP_SECONDS = 86_400
"""How old an alert is before somebody must look at it; it is still tried."""
NOT_DELIVERED = "alert_not_delivered"
_SUBJECT = re.compile(r"(.+)#(\d{10}#\d{12}.*)", re.DOTALL)
"""An account, and the id of one of its alerts."""


@dataclass(slots=True)
class Swept:
    """How many alerts were delivered and how many not; *finished* unless the time was up before."""

    delivered: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Delivers alerts to those whom *audience* names for each.

    *failed* receives each alert that the sweep cannot deliver now.
    """

    outbox: Outbox
    audience: Callable[[Alert, Instant], Audience]
    exceptions: Exceptions
    failed: Callable[[Waiting, Exception], None]

    def deliver(self, alert: Alert, *, now: Instant) -> bool:
        """Send an alert to each receiver unless that was done; return whether it was done here.

        A receiver that fails neither stops nor repeats the others. Raises `Claimed`, and the first
        failure: the alert then waits in the outbox. A claim that cannot be released ends by itself.
        """
        claim = self.outbox.claim(alert, now=now, until=Instant(now + CLAIM_SECONDS))
        if claim is None:
            return False
        try:
            audience = self.audience(alert, now)
            unsaved = self._sent_to_all(alert, audience.receivers, claim, now)
        except Exception:
            with suppress(Unavailable):
                self.outbox.release(alert)
            raise
        self.outbox.delivered(alert, now=now, deliveries=unsaved, repeat_at=audience.repeat_at)
        return True

    def _sent_to_all(
        self, alert: Alert, receivers: Sequence[Receiver], claim: Claim, now: Instant
    ) -> Deliveries:
        """Return what is not noted yet, once all is sent; raise the first failure otherwise.

        What became of one receiver is noted before the next one is tried.
        """
        unsaved: dict[str, Delivery] = {}
        failure: Exception | None = None
        for receiver in receivers:
            if receiver.name in claim.deliveries:
                continue
            unsaved = self._noted(alert, unsaved)
            try:
                unsaved[receiver.name] = Delivery(receiver.send(alert, now), now)
            except Exception as exc:  # noqa: BLE001 - raised below, once all were tried
                failure = failure or exc
        if failure is not None:
            self._noted(alert, unsaved)
            raise failure
        return unsaved

    def _noted(self, alert: Alert, unsaved: dict[str, Delivery]) -> dict[str, Delivery]:
        """Keep what became of receivers; return what could not be kept, to be kept later."""
        if not unsaved:
            return unsaved
        try:
            self.outbox.note(alert, unsaved)
        except Unavailable:
            return unsaved
        return {}

    def sweep(self, *, now: Instant, time_is_up: Callable[[], bool]) -> Swept:
        """Deliver what waits for too long; one alert's failure does not stop the others.

        Raises `Unavailable` when the outbox cannot be read.
        """
        swept = Swept()
        before = Instant(now - OVERDUE_SECONDS)
        overdue = self.outbox.waiting(before=before)

        def try_again(waiting: Waiting) -> None:
            with suppress(Claimed):
                swept.delivered += self.deliver(waiting.read(), now=now)

        def failed(waiting: Waiting, exc: Exception) -> None:
            self.failed(waiting, exc)
            if now - waiting.raised_at >= GIVEN_UP_SECONDS:
                self._report(waiting, exc, now)

        worked = work_through(overdue, try_again, time_is_up=time_is_up, failed=failed)
        return replace(swept, failed=worked.failed, finished=worked.finished)

    def deliver_again(self, subject: str, *, now: Instant) -> str | None:
        """Deliver the alert of a case that reported it; return why it still waits.

        Raises `Unavailable`.
        """
        match = _SUBJECT.fullmatch(subject)
        waiting = self.outbox.find(AccountId(match[1]), match[2]) if match else None
        if waiting is None:
            return None
        try:
            alert = waiting.read()
        except (KeyError, TypeError, ValueError):
            return "Nobody can read it."
        try:
            self.deliver(alert, now=now)
        except Claimed:
            return "Somebody else is delivering it just now."
        except Undeliverable as refused:
            return str(refused)
        return None

    def _report(self, waiting: Waiting, exc: Exception, now: Instant) -> None:
        self.exceptions.report(
            NOT_DELIVERED,
            f"{waiting.account_id}#{waiting.alert_id}",
            f"It has waited for a day and is still tried: {type(exc).__name__}.",
            now=now,
        )
