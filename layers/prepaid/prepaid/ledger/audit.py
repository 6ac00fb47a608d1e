"""Auditing: every account of a part verified, and what is found reported once a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prepaid.domain.credits import AccountId, Instant
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.verification import AccountCheck, Violation, verify

DRIFT = "ledger_drift"
MAX_DETAIL = 2_000


@dataclass(slots=True)
class Audited:
    """How many accounts were verified and how many violations found.

    *finished* unless the time was up before every account had its turn.
    """

    accounts: int = 0
    violations: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """Verifies one of *segments* equal parts of all accounts."""

    audit: LedgerAudit
    checks: Sequence[AccountCheck]
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    segment: int = 0
    segments: int = 1

    def run(self, *, now: Instant) -> Audited:
        """Verify accounts and report each that violates an invariant. Raises `Unavailable`."""
        done = Audited()
        for account_id in self.audit.accounts(segment=self.segment, segments=self.segments):
            if self.time_is_up():
                done.finished = False
                break
            found = verify(self.audit, account_id, self.checks)
            if found:
                self._report(account_id, found, now)
            done.accounts += 1
            done.violations += len(found)
        return done

    def _report(self, account_id: AccountId, found: list[Violation], now: Instant) -> None:
        """Keep one exception for each account and UTC day, however often it is verified."""
        day = datetime.fromtimestamp(now, tz=UTC).date().isoformat()
        detail = "; ".join(f"{each.invariant}: {each.detail}" for each in found)
        self.exceptions.report(DRIFT, f"{day}#{account_id}", detail[:MAX_DETAIL], now=now)
