"""Auditing: every account of a part verified, and what is found reported once a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from prepaid.domain.credits import AccountId, Instant
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.verification import AccountCheck, Violation, verify

DRIFT = "ledger_drift"
MAX_DETAIL = 2_000


@dataclass(slots=True)
class Audited:
    """How many accounts were verified, how many violations found, and how many could not be read.

    *finished* unless the time was up before every account had its turn.
    """

    accounts: int = 0
    violations: int = 0
    failed: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """Verifies one of *segments* equal parts of all accounts.

    *failed* is told of each account that cannot be verified now.
    """

    audit: LedgerAudit
    checks: Sequence[AccountCheck]
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    failed: Callable[[AccountId, Exception], None]
    segment: int = 0
    segments: int = 1

    def run(self, *, now: Instant) -> Audited:
        """Verify accounts and report each that violates an invariant.

        Raises `Unavailable` when accounts cannot be found.
        """
        audited = Audited()

        def audit(account_id: AccountId) -> None:
            found = verify(self.audit, account_id, self.checks)
            audited.accounts += 1
            audited.violations += len(found)
            if found:
                self._report(account_id, found, now)

        accounts = self.audit.accounts(segment=self.segment, segments=self.segments)
        worked = work_through(accounts, audit, time_is_up=self.time_is_up, failed=self.failed)
        return replace(audited, failed=worked.failed, finished=worked.finished)

    def _report(self, account_id: AccountId, found: list[Violation], now: Instant) -> None:
        """Keep one exception for each account and UTC day, however often it is verified."""
        day = datetime.fromtimestamp(now, tz=UTC).date().isoformat()
        detail = "; ".join(f"{each.invariant}: {each.detail}" for each in found)
        self.exceptions.report(DRIFT, f"{day}#{account_id}", detail[:MAX_DETAIL], now=now)
