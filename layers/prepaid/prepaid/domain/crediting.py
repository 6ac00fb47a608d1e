"""Credits given, and an admin's corrections."""

from dataclasses import replace

from prepaid.domain.account import Account, Status
from prepaid.domain.commands import Adjust, Command, Give, SetStatus
from prepaid.domain.credits import MAX_HUNDREDTHS, ZERO, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import EntryKind
from prepaid.domain.errors import (
    AdjustmentTooLarge,
    InsufficientCredits,
    InvalidRequest,
    LimitExceeded,
    NotFound,
)
from prepaid.domain.grants import MAX_GRANTS, Grant, GrantKind
from prepaid.domain.merging import merge_alike


def give(decision: Decision, command: Give) -> Decision:
    """Give credits; debt is paid first. Raises `LimitExceeded`, `InvalidRequest`.

    Where the account has as many grants as it may, two like ones merge, or it is refused. Raises
    `AdjustmentTooLarge` above what whoever asks may give, and `InvalidRequest` for what would have
    expired by now.
    """
    _refuse_too_large(command.amount, command.at_most)
    if command.audit and command.expires_at is not None and command.expires_at <= decision.now:
        raise InvalidRequest("These credits would have expired.", pointer="/expires_at")
    grant = Grant(
        grant_id=decision.account.seq + 1,
        kind=command.grant_kind,
        amount=command.amount,
        remaining=command.amount,
        expires_at=command.expires_at,
        priority=command.priority,
        cost_basis=command.cost_basis,
    )
    return _given(decision, command, command.entry_kind, grant)


def adjust(decision: Decision, command: Adjust) -> Decision:
    """Correct a balance up or down.

    Raises `NotFound` for an account that nobody has written, unless `create`;
    `InsufficientCredits` when less than nothing would be available, unless `force`;
    `AdjustmentTooLarge` above what whoever asks may add or remove.
    """
    account = decision.account
    _refuse_too_large(command.amount, command.at_most)
    if account.version == 0 and not command.create:
        raise NotFound("There is no such account; create it with create: true.")
    if command.amount > ZERO:
        grant = Grant(
            grant_id=account.seq + 1,
            kind=GrantKind.ADJUSTMENT,
            amount=command.amount,
            remaining=command.amount,
        )
        return _given(decision, command, EntryKind.ADJUSTMENT, grant)
    taken = -command.amount
    available = account.available(decision.now)
    if taken > available and not command.force:
        raise InsufficientCredits(required=taken, available=available)
    after, burned = account.with_burned(taken, decision.now)
    _refuse_beyond_bounds(after.balance)
    return decision.append_entry(
        after, EntryKind.ADJUSTMENT, command, amount=command.amount, burned=burned
    )


def set_status(decision: Decision, command: SetStatus) -> Decision:
    """Freeze, close or reopen the account, or make it unlimited; an entry of amount 0 says so.

    Raises `NotFound` for an account that nobody has written.
    """
    account = decision.account
    if account.version == 0:
        raise NotFound("There is no such account.")
    status = Status(command.status or account.status)
    unlimited = account.unlimited if command.unlimited is None else command.unlimited
    return decision.append_entry(
        replace(account, status=status, unlimited=unlimited),
        EntryKind.STATUS,
        command,
        changed={"status": str(status), "unlimited": unlimited},
        before={"status": str(account.status), "unlimited": account.unlimited},
    )


def _given(decision: Decision, command: Command, kind: EntryKind, grant: Grant) -> Decision:
    account, merged = _with_room(decision.account, decision.now)
    after, debt_paid = account.with_grant(grant)
    _refuse_beyond_bounds(after.balance)
    return decision.append_entry(
        after,
        kind,
        command,
        amount=grant.amount,
        grant_id=grant.grant_id,
        grant_expires_at=grant.expires_at,
        grant_kind=_unusual(kind, grant),
        cost_basis=grant.cost_basis,
        currency=grant.currency,
        debt_paid=debt_paid,
        merged=merged,
    )


def _unusual(kind: EntryKind, grant: Grant) -> GrantKind | None:
    """Return the kind of a grant that its entry's kind does not say."""
    reported = kind is not EntryKind.GRANT or grant.kind is GrantKind.PROMOTIONAL
    return None if reported else grant.kind


def _with_room(account: Account, now: Instant) -> tuple[Account, tuple[int, ...]]:
    """Return the account with room for a grant, and which grants merged for it.

    Purchases are never refused, so an account may have more grants than others may be added to.
    """
    if len(account.grants) < MAX_GRANTS:
        return account, ()
    fewer = merge_alike(account.grants, now, account.time_zone)
    if fewer is None:
        raise LimitExceeded(limit="grants with credits left", allowed=MAX_GRANTS)
    grants, numbers = fewer
    return replace(account, grants=grants), numbers


def _refuse_too_large(amount: Credits, at_most: Credits | None) -> None:
    if at_most is not None and max(amount, -amount) > at_most:
        raise AdjustmentTooLarge(at_most=at_most)


def _refuse_beyond_bounds(balance: Credits) -> None:
    if abs(balance.hundredths) > MAX_HUNDREDTHS:
        raise InvalidRequest("The balance would be beyond DECIMAL(15,2).", pointer="/amount")
