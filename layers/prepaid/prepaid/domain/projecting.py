"""An account as reads show it: with everything settled that has ended by now, nothing written."""

from collections.abc import Iterable
from dataclasses import dataclass

from prepaid.domain.account import Account
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.decisions import begin
from prepaid.domain.entries import Entry
from prepaid.domain.following import ExpireDue
from prepaid.domain.grants import Grant, remaining
from prepaid.domain.runway import Runway, runway
from prepaid.domain.usage import ClosedDay

_READ = ExpireDue(request_id="read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """`account` as it will be once everything due by `now` is written, by the entries `pending`.

    The account has the version that was read. `closing` are days that are over and not written yet.
    """

    account: Account
    now: Instant
    pending: tuple[Entry, ...]
    closing: tuple[ClosedDay, ...] = ()

    @property
    def protected(self) -> Credits:
        """Credits that have expired and that only open holds keep; they cannot be spent."""
        return remaining(grant for grant in self.account.grants if grant.expired(self.now))

    def protected_of(self, grant: Grant) -> Credits:
        """Return what of *grant* is protected: all that is left of it, or nothing."""
        return remaining([grant] if grant.expired(self.now) else [])

    def runway(self, closed: Iterable[ClosedDay], clock: Instant) -> Runway | None:
        """Return how long the credits last; *closed* are the days that are written already."""
        return runway(self.account, [*closed, *self.closing], clock)


def projected(account: Account, clock: Instant) -> Projection:
    """Settle *account* as far as it is due at *clock*, however many commits that would take."""
    pending: list[Entry] = []
    closing: list[ClosedDay] = []
    while True:
        decision = begin(account, clock, _READ)
        pending += decision.entries
        closing += [each for each in decision.also if isinstance(each, ClosedDay)]
        account = decision.account
        if not decision.unsettled:
            return Projection(
                account=account,
                now=decision.now,
                pending=tuple(pending),
                closing=tuple(closing),
            )
