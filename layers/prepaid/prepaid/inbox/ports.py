"""What keeps the cases that an admin must look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What an admin did about a case; *account_id* is the account that it was assigned to."""

    at: Instant
    by: str
    account_id: AccountId | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionCase:
    """One case: its kind, what it is about, and what shows it."""

    kind: str
    subject: str
    detail: str
    created_at: Instant
    resolution: Resolution | None = None


class Exceptions(Protocol):
    """What an admin must look at."""

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        """Keep an exception, once for each kind and subject. Raises `Unavailable`."""


@dataclass(frozen=True, slots=True)
class AuditPlace:
    """Where the list of what admins did goes on: after a row of one month."""

    at: Instant
    sort: str


class AuditLog(Protocol):
    """Reads what admins did; nothing of it is ever changed."""

    def latest(
        self, *, now: Instant, limit: int, after: AuditPlace | None = None
    ) -> Sequence[tuple[AuditPlace, AuditRow]]:
        """Return at most *limit* rows, newest first, of at most `AUDIT_MONTHS` months.

        Raises `Unavailable`.
        """


AUDIT_MONTHS = 12
"""How many months back one page looks for rows."""


class Inbox(Protocol):
    """Lets an admin see and resolve what was reported."""

    def open_cases(
        self, *, limit: int, after: ExceptionCase | None = None
    ) -> Sequence[ExceptionCase]:
        """Return at most *limit* cases that nobody resolved, newest first, after a case.

        May lag behind by moments. Raises `Unavailable`.
        """

    def case(self, kind: str, subject: str) -> ExceptionCase | None:
        """Return a case, consistently, or `None`. Raises `Unavailable`."""

    def resolve(self, case: ExceptionCase, resolution: Resolution, audit: AuditRow) -> bool:
        """Keep what was done about an open case, with the audit of it; it is no longer open.

        Say whether it was open still: of two, one resolves it. Raises `Unavailable`.
        """

    def note(self, audit: AuditRow) -> None:
        """Keep what was tried about a case that stays open. Raises `Unavailable`."""

    def list_older(self) -> int:
        """List the open cases that an earlier release kept unlisted; return how many they were.

        Raises `Unavailable`: going on is safe.
        """
