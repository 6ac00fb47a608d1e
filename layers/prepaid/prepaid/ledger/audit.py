"""Auditing: every account of a part verified, and what is found reported once a day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from prepaid.domain.credits import AccountId, Instant
from prepaid.due_work import work_through
from prepaid.inbox.ports import Exceptions
from prepaid.ledger.checkpoint_ports import Checkpoints
from prepaid.ledger.ports import LedgerAudit
from prepaid.ledger.running_sums import RunningSums
from prepaid.ledger.verification import AccountCheck, Verification, Verified, Violation

DRIFT = "ledger_drift"
MAX_DETAIL = 2_000
LONG = 2_000
"""From so many entries on an account gets a checkpoint; shorter ones are always read whole."""
PASS_SECONDS = 28 * 86_400
"""After that a pass over an account begins again at its first entry, once it was whole."""


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
    """Verifies one of *segments* equal parts of all accounts, from where the last run stopped.

    An account that the time does not suffice for gets its checkpoint, and the next run begins
    behind it, so that every account is verified in turn. *failed* receives each account that
    cannot be verified now. *enlist* commits an account of before there were lists of accounts, so
    that it is in them.
    """

    audit: LedgerAudit
    checks: Sequence[AccountCheck]
    checkpoints: Checkpoints
    exceptions: Exceptions
    time_is_up: Callable[[], bool]
    failed: Callable[[AccountId, Exception], None]
    enlist: Callable[[AccountId, Instant], object]
    segment: int = 0
    segments: int = 1

    def run(self, *, now: Instant) -> Audited:
        """Verify accounts and report each that violates an invariant.

        Raises `Unavailable` when accounts cannot be found.
        """
        audited = Audited()
        last: AccountId | None = None
        stopped_at = self.checkpoints.stopped_at(segment=self.segment, segments=self.segments)

        def audit(account_id: AccountId) -> None:
            verified = self._verified(account_id, now)
            audited.accounts += verified.finished
            audited.violations += len(verified.violations)
            if verified.violations:
                self._report(account_id, verified.violations, now)
            if not verified.listed:
                self.enlist(account_id, now)

        def each() -> Iterator[AccountId]:
            nonlocal last
            for account_id in self._accounts(stopped_at):
                yield account_id
                last = account_id

        worked = work_through(each(), audit, time_is_up=self.time_is_up, failed=self.failed)
        finished = worked.finished and audited.accounts == worked.done
        if last is not None and not finished:
            self.checkpoints.stop_at(last, segment=self.segment, segments=self.segments)
        return replace(audited, failed=worked.failed, finished=finished)

    def _accounts(self, stopped_at: AccountId | None) -> Iterator[AccountId]:
        """Go through the part's accounts, those behind *stopped_at* first."""
        segment, segments = self.segment, self.segments
        if stopped_at is not None:
            yield from self.audit.accounts(segment=segment, segments=segments, after=stopped_at)
        for account_id in self.audit.accounts(segment=segment, segments=segments):
            yield account_id
            if account_id == stopped_at:
                return

    def _verified(self, account_id: AccountId, now: Instant) -> Verified:
        """Go on from an account's checkpoint; keep one of what is long or not finished."""
        stored = self.checkpoints.sums(account_id)
        sums = RunningSums(began_at=now) if stored is None or _is_over(stored, now) else stored
        verification = Verification(
            audit=self.audit, checks=self.checks, time_is_up=self.time_is_up
        )
        verified = verification.run(account_id, sums)
        whole = verified.finished
        if stored is not None or not whole or sums.entries >= LONG:
            over = whole and verified.violations
            self.checkpoints.keep(account_id, RunningSums(began_at=now) if over else sums)
        return verified

    def _report(self, account_id: AccountId, found: Sequence[Violation], now: Instant) -> None:
        """Keep one exception for each account and UTC day, however often it is verified."""
        day = datetime.fromtimestamp(now, tz=UTC).date().isoformat()
        self.exceptions.report(DRIFT, f"{day}#{account_id}", detail_of(found), now=now)


def detail_of(found: Sequence[Violation]) -> str:
    """Return the fields that differ, and how."""
    return "; ".join(f"{each.invariant}: {each.detail}" for each in found)[:MAX_DETAIL]


def drifting_account(subject: str) -> AccountId:
    """Return the account that a case of drift is about."""
    return AccountId(subject.partition("#")[2])


def verified_again(verification: Verification, subject: str) -> str | None:
    """Verify the account of a case of drift from its first entry; return what still differs.

    Raises `Unavailable`.
    """
    verified = verification.run(drifting_account(subject), RunningSums())
    if verified.violations:
        return detail_of(verified.violations)
    return None if verified.finished else "There was no time to read all of its entries."


def _is_over(stored: RunningSums, now: Instant) -> bool:
    return now >= stored.began_at + PASS_SECONDS and stored.whole
