"""Repeats: a balance that stays low is announced again, for as long as nobody has seen it.

Only what was announced as low is repeated, and of several thresholds the lowest alone. What was
low and has recovered, or was acknowledged, is not looked at again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from prepaid.alerts.channels import Contacts
from prepaid.alerts.ports import ContactBook, Repeat, Repeats
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.grants import DAY_SECONDS
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.due_work import Worked, work_through

if TYPE_CHECKING:
    from prepaid.domain.projecting import Projection


class Now(Enum):
    """What is to be done about an alert whose time to be repeated has come."""

    SEND = auto()
    WAIT = auto()
    END = auto()


@dataclass(slots=True)
class Repeated:
    """How many alerts were repeated, and how many could not be looked at now."""

    repeated: int = 0
    failed: int = 0
    finished: bool = True


def judge(alert: Alert, account: Account) -> tuple[Now, tuple[Credits, ...]]:
    """Say what is to be done about *alert*, and below which of its thresholds the balance still is.

    *account* is settled up to now. A threshold counts while no later alert announced it. While one
    below it was announced too, that one speaks for both.
    """
    low = [each for each in account.thresholds if each.alerted_at and account.balance < each.at]
    ours = [
        each.at
        for each in low
        if each.at in alert.thresholds and each.alerted_at == alert.raised_at
    ]
    if not ours:
        return Now.END, ()
    lowest = min(each.at for each in low)
    return (Now.SEND if lowest in ours else Now.WAIT), tuple(sorted(ours, reverse=True))


def repeat_at(alert: Alert, contacts: Contacts, now: Instant) -> Instant | None:
    """Return when an alert that is delivered now is looked at again, if ever."""
    return _next(contacts, now) if alert.about is AlertKind.BALANCE_LOW else None


def _next(contacts: Contacts, now: Instant) -> Instant | None:
    days = contacts.repeat_days
    return None if days is None else Instant(now + days * DAY_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeating:
    """Repeats what accounts want repeated; *failed* receives what cannot be looked at now.

    *account* reads an account consistently, with everything settled that has ended by now.
    """

    repeats: Repeats
    contact_book: ContactBook
    account: "Callable[[AccountId, Instant], Projection]"
    failed: Callable[[Repeat, Exception], None]

    def run(self, *, now: Instant, time_is_up: Callable[[], bool]) -> Repeated:
        """Go through what is due; one alert's failure does not stop the others.

        Raises `Unavailable` when what is due cannot be read.
        """
        done = Repeated()

        def look(repeat: Repeat) -> None:
            done.repeated += self._looked_at(repeat, now)

        due = self.repeats.due(now=now)
        worked: Worked = work_through(due, look, time_is_up=time_is_up, failed=self.failed)
        return replace(done, failed=worked.failed, finished=worked.finished)

    def _looked_at(self, repeat: Repeat, now: Instant) -> bool:
        """Announce it again, put it off or end it; return whether it was announced here."""
        at = None
        if not repeat.acknowledged:
            at = _next(self.contact_book.contacts(repeat.account_id), now)
        if at is None:
            self.repeats.next(repeat, at=None, again=None)
            return False
        alert = repeat.read()
        seen = self.account(alert.account_id, now)
        verdict, thresholds = judge(alert, seen.account)
        if verdict is not Now.SEND:
            self.repeats.next(repeat, at=None if verdict is Now.END else at, again=None)
            return False
        again = Alert(
            account_id=alert.account_id,
            seq=seen.account.seq - len(seen.pending),
            raised_at=seen.now,
            about=AlertKind.BALANCE_STILL_LOW,
            thresholds=thresholds,
            balance=seen.account.balance,
            available=seen.account.available(seen.now),
            repeats=alert.alert_id,
        )
        return self.repeats.next(repeat, at=at, again=again)
