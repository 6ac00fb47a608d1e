"""Verification: every invariant of an account, recomputed from its entries as they stream by."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId
from prepaid.domain.entries import Entry
from prepaid.domain.usage import ClosedDay
from prepaid.ledger.day_verification import by_day
from prepaid.ledger.entry_stream import EntryStream
from prepaid.ledger.limit_verification import wrong_limits
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.running_sums import RunningSums
from prepaid.ledger.week_verification import wrong_week

EVERY = 500
"""After so many entries the time is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """An invariant that does not hold, and what shows it."""

    account_id: AccountId
    invariant: str
    detail: str


type AccountCheck = Callable[[Account, LedgerAudit], Iterable[tuple[str, str]]]
"""Holds rows beside the ledger to an account and its entries: each invariant that does not hold,
with what shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found in an account, and the sums to go on with; all of it unless not *finished*.

    *listed* unless the account is from before there were lists of accounts.
    """

    violations: Sequence[Violation]
    sums: RunningSums
    listed: bool
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """Verifies accounts. *checks* are those of the features above the ledger.

    *time_is_up* is asked in the midst of an account too.
    """

    audit: LedgerAudit
    checks: Sequence[AccountCheck]
    time_is_up: Callable[[], bool] = lambda: False

    def run(self, account_id: AccountId, sums: RunningSums) -> Verified:
        """Go on from *sums*: read the account first, then its entries; later ones are ignored.

        Changes *sums*. Raises `Unavailable`.
        """
        account = self.audit.load(account_id)
        since = sums.days.compared
        closed = by_day(
            [
                day
                for day in self.audit.closed_days(account_id, since=since)
                if day.day < account.usage_day
            ]
        )
        stream = EntryStream(self.audit, account)
        for number, entry in enumerate(stream.after(sums.place), start=1):
            sums.add(entry, closed)
            if number % EVERY == 0 and self.time_is_up():
                found = list(_violations(account_id, sums.found))
                return Verified(violations=found, sums=sums, listed=account.listed, finished=False)
        sums.whole = True
        wrong = list(_violations(account_id, sums.wrong(account, closed)))
        found = [*wrong, *self._beside(account)]
        return Verified(violations=found, sums=sums, listed=account.listed)

    def _beside(self, account: Account) -> Iterator[Violation]:
        """Go through what the checks find; not while something is being committed."""
        checks = (wrong_limits, wrong_week, *self.checks)
        found = [each for check in checks for each in check(account, self.audit)]
        if found and self.audit.load(account.account_id).version == account.version:
            yield from _violations(account.account_id, found)


def verify(
    audit: LedgerAudit, account_id: AccountId, checks: Sequence[AccountCheck]
) -> Sequence[Violation]:
    """Check one account from its first entry. Raises `Unavailable`."""
    return Verification(audit=audit, checks=checks).run(account_id, RunningSums()).violations


def violations(
    account: Account, entries: Iterable[Entry], days: Sequence[ClosedDay]
) -> Iterator[Violation]:
    """Go through every invariant that *account*, its *entries* in order and its *days* break."""
    sums, closed = RunningSums(), by_day(days)
    for entry in entries:
        sums.add(entry, closed)
    return _violations(account.account_id, sums.wrong(account, closed))


def _violations(account_id: AccountId, found: Iterable[tuple[str, str]]) -> Iterator[Violation]:
    for invariant, detail in found:
        yield Violation(account_id=account_id, invariant=invariant, detail=detail)
