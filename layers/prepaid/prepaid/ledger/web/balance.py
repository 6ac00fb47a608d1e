"""What an account's owner sees of it."""

from typing import Self

from pydantic import Field

from prepaid.domain.account import Account, Status, Version
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Grant, GrantKind, in_burn_order, remaining
from prepaid.domain.holds import Hold
from prepaid.domain.limiting import standings
from prepaid.domain.projecting import Projection
from prepaid.domain.runway import DAYS, Runway
from prepaid.ledger.levels import Level, level_of
from prepaid.ledger.web import ids
from prepaid.ledger.web.limits import LimitOut
from prepaid.web.conditions import weak_tag
from prepaid.web.models import WireOut
from prepaid.web.outputs import CreditsOut, TimestampOut, timestamp


class GrantOut(WireOut):
    """Credits given, with what is left of them."""

    grant_id: str
    kind: GrantKind
    amount: CreditsOut
    remaining: CreditsOut
    protected: CreditsOut = Field(
        description="What of it has expired and only open holds keep; it cannot be spent."
    )
    expires_at: TimestampOut | None
    priority: int = Field(description="Lower burns first.")

    @classmethod
    def of(cls, grant: Grant, *, protected: Credits) -> Self:
        """Show *grant*, of which *protected* has expired."""
        return cls(
            grant_id=ids.grant_id(grant.grant_id),
            kind=grant.kind,
            amount=str(grant.amount),
            remaining=str(grant.remaining),
            protected=str(protected),
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
            hold_id=ids.hold_id(account.account_id, hold.number),
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


class RunwayOut(WireOut):
    """How long what is available lasts at the rate of the last seven whole days."""

    days_left: int = Field(description="Whole days, rounded down.")
    per_day: CreditsOut = Field(description="Credits spent in a day, on average, rounded down.")
    spent: CreditsOut = Field(description="Credits spent in the days that count.")
    days: int = Field(description="How many whole days before today count.")

    @classmethod
    def of(cls, runway: Runway) -> Self:
        """Show *runway*."""
        return cls(
            days_left=runway.days_left,
            per_day=str(runway.per_day),
            spent=str(runway.spent),
            days=DAYS,
        )


class NextGrantOut(WireOut):
    """Credits that a schedule will give next."""

    amount: CreditsOut
    at: TimestampOut
    name: str


class PendingOut(WireOut):
    """What has ended by itself and will be written by the next commit."""

    kind: EntryKind
    amount: CreditsOut = Field(description="How it changes the balance.")
    at: TimestampOut

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """Show an entry that is not written yet."""
        return cls(kind=entry.kind, amount=str(entry.amount), at=timestamp(entry.occurred_at))


class BalanceOut(WireOut):
    """What an account has and can spend, with everything settled that has ended by `as_of`.

    `grants` stand in the order in which they burn.
    """

    account_id: str
    name: str | None = Field(description="Whose it is, as the host says; null where it does not.")
    balance: CreditsOut
    held: CreditsOut
    available: CreditsOut
    protected: CreditsOut = Field(
        description="Part of the balance that has expired and that only open holds keep; it is "
        "not available, and goes when they end."
    )
    status: Status
    level: Level = Field(
        description="How the account stands, in one word: `frozen` (or closed), `unlimited`, "
        "`debt`, `empty` and `low` come before `healthy`, in this order."
    )
    unlimited: bool
    runway: RunwayOut | None = Field(
        description="Null with usage on fewer than three of the last seven whole days."
    )
    next_expiry: ExpiringOut | None = Field(description="What expires next; null: nothing does.")
    next_grant: NextGrantOut | None = Field(
        description="What a schedule gives next; null: nothing is scheduled."
    )
    grants: list[GrantOut]
    holds: list[HoldOut]
    limits: list[LimitOut] = Field(description="Every spending limit, whoever set it.")
    expiring: ExpiringOut | NothingExpiringOut
    pending: list[PendingOut] = Field(
        description="What has ended and is not written yet, in order: why the balance differs "
        "from the last entry's `balance_after`."
    )
    as_of: TimestampOut

    @classmethod
    def of(
        cls,
        shown: Projection,
        *,
        unlimited: bool,
        runway: Runway | None = None,
        name: str | None = None,
    ) -> Self:
        """Show an account as settled now; *unlimited* if whoever asks is."""
        account, now = shown.account, shown.now
        expiring = _expiring(account, now)
        grants = sorted(in_burn_order(account.grants), key=lambda grant: grant.expired(now))
        return cls(
            account_id=account.account_id,
            name=name,
            balance=str(account.balance),
            held=str(account.held(now)),
            available=str(account.available(now)),
            protected=str(shown.protected),
            status=account.status,
            level=level_of(account, unlimited=unlimited),
            unlimited=unlimited or account.unlimited,
            runway=RunwayOut.of(runway) if runway else None,
            next_expiry=expiring,
            next_grant=None,
            grants=[GrantOut.of(each, protected=shown.protected_of(each)) for each in grants],
            holds=[HoldOut.of(account, each) for each in account.holds],
            limits=[LimitOut.of(each) for each in standings(account, now)],
            expiring=expiring or NothingExpiringOut(),
            pending=[PendingOut.of(entry) for entry in shown.pending],
            as_of=timestamp(now),
        )


def tag(shown: BalanceOut, version: Version) -> str:
    """Return the tag of a balance: another one for each commit, and when something has ended.

    Two answers with one tag differ in `as_of` at most.
    """
    return weak_tag(str(version), shown.model_dump_json(exclude={"as_of"}))


def _expiring(account: Account, now: Instant) -> ExpiringOut | None:
    ends = [g.expires_at for g in account.grants if g.expires_at and not g.expired(now)]
    if not ends:
        return None
    first = min(ends)
    amount = remaining(grant for grant in account.grants if grant.expires_at == first)
    return ExpiringOut(amount=str(amount), at=timestamp(first))
