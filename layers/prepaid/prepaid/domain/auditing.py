"""Audit: what an admin did, with what was before and after, true only with what it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.keys import Key
from prepaid.domain.records import Record

NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow(Record):
    """One act of an admin on `subject`: an account, or what the action names.

    `before` and `after` hold what the act changes; `entry_key` names the entry that it made. Rows
    of one moment are told apart by the request and a `number` in it.
    """

    kind: ClassVar[str] = "audit"

    at: Instant
    actor: str
    action: str
    subject: str
    request_id: str
    number: int = 0
    reason: str | None = None
    note: str | None = None
    before: Mapping[str, object]
    after: Mapping[str, object]
    account_id: AccountId | None = None
    entry_key: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminAct:
    """Who acts as an admin, in which request, when, and why."""

    actor: str
    request_id: str
    now: Instant
    reason: str | None = None
    note: str | None = None

    def audit(
        self,
        action: str,
        subject: str,
        *,
        before: Mapping[str, object] = NOTHING,
        after: Mapping[str, object] = NOTHING,
        account_id: AccountId | None = None,
    ) -> AuditRow:
        """Tell what was done to *subject*."""
        return AuditRow(
            at=self.now,
            actor=self.actor,
            action=action,
            subject=subject,
            request_id=self.request_id,
            reason=self.reason,
            note=self.note,
            before=before,
            after=after,
            account_id=account_id,
        )


def audit_of(command: Command, before: Account, after: Account, now: Instant) -> AuditRow:
    """Tell what an admin's *command* did to an account. `command.audit` names it."""
    assert command.audit is not None, "only what an admin does is audited"
    return AuditRow(
        at=now,
        actor=command.actor,
        action=command.audit,
        subject=after.account_id,
        request_id=command.request_id,
        number=after.seq,
        reason=command.reason,
        note=command.note,
        before=_shown(before, now),
        after=_shown(after, now),
        account_id=after.account_id,
        entry_key=command.key,
    )


def _shown(account: Account, now: Instant) -> Mapping[str, object]:
    return {
        "balance": str(account.balance),
        "held": str(account.held(now)),
        "available": str(account.available(now)),
        "status": str(account.status),
        "unlimited": account.unlimited,
    }
