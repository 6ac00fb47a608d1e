"""Settlement: expiries written down for accounts that nobody touches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import MAX_SETTLED
from prepaid.domain.following import ExpireDue
from prepaid.due_work import work_through
from prepaid.ledger.ports import ExpiringAccounts
from prepaid.ledger.posting import Ledger


@dataclass(slots=True)
class Settled:
    """How many accounts and entries were settled, and how many accounts could not be.

    *unfound* counts shards whose accounts could not be found, or not all of them. *finished*
    unless the time was up before.
    """

    accounts: int = 0
    entries: int = 0
    failed: int = 0
    unfound: int = 0
    finished: bool = True


type InParallel = Callable[[Callable[[int], Settled], Iterable[int]], Iterable[Settled]]
"""Does something for each shard, several at once or, as `map` does, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Settles what is due in one of *segments* equal parts of the shards.

    *failed* is told of each account that cannot be settled now, *unfound* of each shard whose
    accounts cannot be found. Both, like *time_is_up*, may be called by several threads.
    """

    expiring: ExpiringAccounts
    ledger: Ledger
    time_is_up: Callable[[], bool]
    failed: Callable[[AccountId, Exception], None]
    unfound: Callable[[int, Exception], None]
    in_parallel: InParallel = map
    segment: int = 0
    segments: int = 1

    def run(self, *, now: Instant, request_id: str) -> Settled:
        """Go through what is due; the failure of an account or a shard does not stop the others."""
        shards = self.expiring.shards[self.segment :: self.segments]
        parts = self.in_parallel(lambda shard: self._shard(shard, request_id, now), shards)
        return _sum(parts)

    def _shard(self, shard: int, request_id: str, now: Instant) -> Settled:
        settled = Settled()
        command = ExpireDue(request_id=request_id)

        def expire(account_id: AccountId) -> None:
            settled.accounts += self._all_of(account_id, command, settled, now)

        def failed(account_id: AccountId, exc: Exception) -> None:
            settled.failed += 1
            self.failed(account_id, exc)

        try:
            due = self.expiring.due(now=now, shard=shard)
            worked = work_through(due, expire, time_is_up=self.time_is_up, failed=failed)
        except Exception as exc:  # noqa: BLE001 - counted and told; the others must be done
            settled.unfound += 1
            self.unfound(shard, exc)
        else:
            settled.finished &= worked.finished
        return settled

    def _all_of(
        self, account_id: AccountId, command: ExpireDue, settled: Settled, now: Instant
    ) -> bool:
        """Settle an account, one commit after the other, until it is done or the time is up.

        Say whether anything was to be settled.
        """
        before = settled.entries
        while True:
            written = len(self.ledger.expire_due(account_id, command, now))
            settled.entries += written
            if written == MAX_SETTLED and self.time_is_up():
                settled.finished = False
            elif written == MAX_SETTLED:
                continue
            return settled.entries > before


def _sum(parts: Iterable[Settled]) -> Settled:
    done = Settled()
    for each in parts:
        done.accounts += each.accounts
        done.entries += each.entries
        done.failed += each.failed
        done.unfound += each.unfound
        done.finished &= each.finished
    return done
