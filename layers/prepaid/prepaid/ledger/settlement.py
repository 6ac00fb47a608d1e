"""Settlement: expiries written down for accounts that nobody touches."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import MAX_SETTLED
from prepaid.domain.following import ExpireDue
from prepaid.due_work import work_through
from prepaid.ledger.ports import ExpiringAccounts
from prepaid.ledger.posting import Ledger


@dataclass(slots=True)
class Settled:
    """How many accounts and entries were settled; *finished* unless the time was up before."""

    accounts: int = 0
    entries: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Settles whatever is due. *failed* receives each account that cannot be settled now."""

    expiring: ExpiringAccounts
    ledger: Ledger
    time_is_up: Callable[[], bool]
    failed: Callable[[AccountId, Exception], None]

    def run(self, *, now: Instant, request_id: str) -> Settled:
        """Go through what is due; one account's failure does not stop the others.

        Raises `Unavailable` when due accounts cannot be found.
        """
        settled = Settled()
        command = ExpireDue(request_id=request_id)
        due = self.expiring.due(now=now)

        def expire(account_id: AccountId) -> None:
            entries = self._all_of(account_id, command, now)
            settled.accounts += bool(entries)
            settled.entries += entries

        worked = work_through(due, expire, time_is_up=self.time_is_up, failed=self.failed)
        return replace(settled, failed=worked.failed, finished=worked.finished)

    def _all_of(self, account_id: AccountId, command: ExpireDue, now: Instant) -> int:
        entries = 0
        while True:
            written = len(self.ledger.expire_due(account_id, command, now))
            entries += written
            if written < MAX_SETTLED:
                return entries
