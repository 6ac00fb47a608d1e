"""What an account's owner sees of it."""

from typing import Self

from pydantic import Field

from prepaid.api import ids
from prepaid.api.schemas.answers import CreditsOut, TimestampOut, timestamp
from prepaid.api.schemas.wire import WireOut
from prepaid.domain.account import Account, Status
from prepaid.domain.credits import Instant
from prepaid.domain.grants import Grant, GrantKind, in_burn_order, remaining
from prepaid.domain.holds import Hold


class GrantOut(WireOut):
    """Credits given, with what is left of them."""

    grant_id: str
    kind: GrantKind
    amount: CreditsOut
    remaining: CreditsOut
    expires_at: TimestampOut | None
    priority: int = Field(description="Lower burns first.")

    @classmethod
    def of(cls, grant: Grant) -> Self:
        """Show *grant*."""
        return cls(
            grant_id=ids.grant_id(grant.grant_id),
            kind=grant.kind,
            amount=str(grant.amount),
            remaining=str(grant.remaining),
            expires_at=None if grant.expires_at is None else timestamp(grant.expires_at),
            priority=grant.priority,
        )


class HoldOut(WireOut):
    """Credits set aside for an operation that has begun."""

    hold_id: str
    amount: CreditsOut
    operation: str
    expires_at: TimestampOut

    @classmethod
    def of(cls, account: Account, hold: Hold) -> Self:
        """Show a hold of *account*."""
        return cls(
            hold_id=ids.hold_id(account.account_id, hold.hold_id),
            amount=str(hold.amount),
            operation=hold.operation,
            expires_at=timestamp(hold.expires_at),
        )


class ExpiringOut(WireOut):
    """The credits that expire next."""

    amount: CreditsOut
    at: TimestampOut


class NothingExpiringOut(WireOut):
    """Nothing expires."""


class BalanceOut(WireOut):
    """What an account has and can spend.

    `available` leaves out what has expired already; `balance` keeps it until the ledger has
    written that down. `grants` stand in the order in which they burn.
    """

    account_id: str
    balance: CreditsOut
    held: CreditsOut
    available: CreditsOut
    status: Status
    unlimited: bool
    grants: list[GrantOut]
    holds: list[HoldOut]
    expiring: ExpiringOut | NothingExpiringOut
    as_of: TimestampOut

    @classmethod
    def of(cls, account: Account, *, clock: Instant, unlimited: bool) -> Self:
        """Show *account* at a time; *unlimited* if whoever asks is."""
        now = account.now(clock)
        grants = sorted(in_burn_order(account.grants), key=lambda grant: grant.expired(now))
        return cls(
            account_id=account.account_id,
            balance=str(account.balance),
            held=str(account.held(now)),
            available=str(account.available(now)),
            status=account.status,
            unlimited=unlimited or account.unlimited,
            grants=[GrantOut.of(grant) for grant in grants],
            holds=[HoldOut.of(account, each) for each in account.holds if not each.expired(now)],
            expiring=_expiring(account, now),
            as_of=timestamp(now),
        )


def _expiring(account: Account, now: Instant) -> ExpiringOut | NothingExpiringOut:
    ends = [g.expires_at for g in account.grants if g.expires_at and not g.expired(now)]
    if not ends:
        return NothingExpiringOut()
    first = min(ends)
    amount = remaining(grant for grant in account.grants if grant.expires_at == first)
    return ExpiringOut(amount=str(amount), at=timestamp(first))
