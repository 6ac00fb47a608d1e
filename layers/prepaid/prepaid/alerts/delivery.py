"""Alerting: everything in the outbox is announced, at least once and hardly ever twice."""

from collections.abc import Callable
from dataclasses import dataclass

from prepaid.alerts.ports import Announcer, Claimed, Outbox, Waiting
from prepaid.domain.credits import Instant
from prepaid.domain.thresholds import Alert
from prepaid.inbox.ports import Exceptions

CLAIM_SECONDS = 60
"""Longer than one announcement can take: a claim that outlives it belongs to nobody."""
OVERDUE_SECONDS = 120
"""How old an alert is before the sweep takes it from whoever was to deliver it at once."""
GIVEN_UP_SECONDS = 86_400
"""How old an alert is before somebody must look at it; it is still tried."""


@dataclass(slots=True)
class Swept:
    """How many alerts were delivered and how many not; *finished* unless the time was up before."""

    delivered: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """Delivers alerts. *failed* is told of each alert that the sweep cannot deliver now."""

    outbox: Outbox
    announcer: Announcer
    exceptions: Exceptions
    failed: Callable[[Waiting, Exception], None]

    def deliver(self, alert: Alert, *, now: Instant) -> bool:
        """Announce an alert unless that was done; return whether it was done here.

        Raises `Claimed`, `Undeliverable` and `Unavailable`; the alert then waits in the outbox.
        """
        if not self.outbox.claim(alert, now=now, until=Instant(now + CLAIM_SECONDS)):
            return False
        try:
            self.announcer.announce(alert)
        except Exception:
            self.outbox.release(alert)
            raise
        self.outbox.delivered(alert, now=now)
        return True

    def sweep(self, *, now: Instant, time_is_up: Callable[[], bool]) -> Swept:
        """Deliver what waits for too long; one alert's failure does not stop the others.

        Raises `Unavailable` when the outbox cannot be read.
        """
        done = Swept()
        before = Instant(now - OVERDUE_SECONDS)
        for waiting in self.outbox.waiting(before=before):
            if time_is_up():
                done.finished = False
                return done
            self._try(waiting, now, done)
        return done

    def _try(self, waiting: Waiting, now: Instant, done: Swept) -> None:
        try:
            done.delivered += self.deliver(waiting.read(), now=now)
        except Claimed:
            return
        except Exception as exc:  # noqa: BLE001 - reported; the other alerts must be delivered
            done.failed += 1
            self.failed(waiting, exc)
            if now - waiting.raised_at >= GIVEN_UP_SECONDS:
                self._report(waiting, exc, now)

    def _report(self, waiting: Waiting, exc: Exception, now: Instant) -> None:
        self.exceptions.report(
            "alert_not_delivered",
            f"{waiting.account_id}#{waiting.alert_id}",
            f"It has waited for a day and is still tried: {type(exc).__name__}.",
            now=now,
        )
