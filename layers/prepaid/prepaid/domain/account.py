"""The account: the aggregate that every decision reads and every commit replaces."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NewType

from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.grants import Burn, Grant, burn, in_burn_order, remaining
from prepaid.domain.holds import Hold
from prepaid.domain.limits import Limit, LimitOwner, LimitTerms, Window
from prepaid.domain.pricing import Carry
from prepaid.domain.usage import HourlyUsage, Portions, spent_on, total

Version = NewType("Version", int)
DEFAULT_PLAN = "default"
NO_DAY = date(1970, 1, 1)
"""The day of an account that nobody has written yet."""


class Status(StrEnum):
    """Whether the account may spend."""

    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


class Overage(StrEnum):
    """Who bears what a capture costs beyond its hold and what is available."""

    ABSORB = "absorb"
    DEBT = "debt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A balance below which the account is warned.

    `alerted_at` is when it last was announced, or 0; `open` until its recovery is announced too.
    """

    at: Credits
    alerted_at: Instant = Instant(0)
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayThreshold:
    """A number of days; the account is warned when its credits will not last so long.

    `alerted_at` is when it last was announced, or 0; `open` until its recovery is announced too.
    """

    days: int
    alerted_at: Instant = Instant(0)
    open: bool = False


class Setting(StrEnum):
    """Settings that have a default until somebody chooses."""

    THRESHOLDS = "thresholds"
    RUNWAY_THRESHOLDS = "runway_thresholds"
    OVERAGE = "overage"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDefaults:
    """What holds for an account as long as nobody chooses for it; it is never written into one."""

    thresholds: tuple[Credits, ...] = (Credits(20_00),)
    runway_thresholds: tuple[int, ...] = (7,)
    overage: Overage = Overage.ABSORB
    limits: tuple[LimitTerms, ...] = ()


NO_CHOICE = AccountDefaults()
DEFAULT_THRESHOLDS = tuple(Threshold(at=at) for at in NO_CHOICE.thresholds)
"""What an account is warned at until it chooses for itself, in a stack that says nothing else."""
DEFAULT_RUNWAY_THRESHOLDS = tuple(
    RunwayThreshold(days=each) for each in NO_CHOICE.runway_thresholds
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account as it was last committed.

    `version` counts commits and `seq` entries. `as_of` is the account's own time, which never
    goes back. `usage` counts the day `usage_day`. `emptied_at` is when it last was announced that
    the balance came to 0, or 0. `listed` says that lists of accounts have
    its rows. `week` is what usage cost, less what was given back for it, on each of at most seven
    days before `usage_day`, the latest first; of days before those nothing is known. `hour` is
    the one in which usage cost something last. Version 0 is an account that nobody has written yet.
    """

    account_id: AccountId
    version: Version = Version(0)
    seq: int = 0
    as_of: Instant = Instant(0)
    balance: Credits = ZERO
    grants: tuple[Grant, ...] = ()
    holds: tuple[Hold, ...] = ()
    carry: Mapping[str, Carry] = field(default_factory=dict)
    usage_day: date = NO_DAY
    usage: Portions = field(default_factory=dict)
    week: tuple[Credits, ...] = ()
    hour: HourlyUsage | None = None
    limits: tuple[Limit, ...] = ()
    thresholds: tuple[Threshold, ...] = DEFAULT_THRESHOLDS
    runway_thresholds: tuple[RunwayThreshold, ...] = DEFAULT_RUNWAY_THRESHOLDS
    emptied_at: Instant = Instant(0)
    time_zone: str = "UTC"
    next_time_zone: str | None = None
    plan: str = DEFAULT_PLAN
    status: Status = Status.ACTIVE
    unlimited: bool = False
    overage: Overage = Overage.ABSORB
    settings_version: int = 0
    listed: bool = False
    chosen: Collection[Setting] = field(default=frozenset(), compare=False)
    defaults: AccountDefaults = field(default=NO_CHOICE, compare=False)

    @classmethod
    def new(cls, account_id: AccountId, defaults: AccountDefaults = NO_CHOICE) -> "Account":
        """Return an account that nobody has written yet."""
        account = cls(account_id=account_id, defaults=defaults, overage=defaults.overage)
        return replace(
            account,
            thresholds=tuple(Threshold(at=at) for at in defaults.thresholds),
            runway_thresholds=tuple(RunwayThreshold(days=n) for n in defaults.runway_thresholds),
        ).with_default_limits(())

    def with_default_limits(self, counted: Collection[Limit]) -> "Account":
        """Return the account with a limit for each default one that no admin's stands in for.

        *counted* are default limits that have counted something. One that is new counts today's
        usage at once, other windows from their next one on.
        """
        known = {each.scope: each for each in counted}
        others = tuple(each for each in self.limits if each.by is not LimitOwner.DEFAULT)
        admins = {each.scope for each in others if each.by is LimitOwner.ADMIN}
        found: list[Limit] = []
        for terms in self.defaults.limits:
            if terms.scope in admins:
                continue
            if terms.scope in known:
                found.append(replace(known[terms.scope], amount=terms.amount))
                continue
            limit = Limit(
                operation=terms.operation,
                window=terms.window,
                amount=terms.amount,
                by=LimitOwner.DEFAULT,
                used=self.used_today(terms.operation) if terms.window is Window.DAY else ZERO,
            )
            found.append(replace(limit, level=limit.reached))
        return replace(self, limits=(*others, *found))

    def used_today(self, operation: str | None) -> Credits:
        """Return what usage of *operation*, or of all, has cost on the account's day."""
        return spent_on(total(self.usage), operation)

    def now(self, clock: Instant) -> Instant:
        """Return the account's time, which no slow clock takes back."""
        return max(clock, self.as_of)

    def hold(self, hold_id: int) -> Hold | None:
        """Return an open hold by its id, expired or not."""
        return next((hold for hold in self.holds if hold.number == hold_id), None)

    def held(self, now: Instant) -> Credits:
        """Add up the holds that have not expired."""
        return Credits(sum(h.amount.hundredths for h in self.holds if not h.expired(now)))

    def unsettled(self, now: Instant) -> Credits:
        """Return what has expired but is still in the balance, less what open holds protect."""
        expired = remaining(grant for grant in self.grants if grant.expired(now))
        return max(expired - self.held(now), ZERO)

    def available(self, now: Instant) -> Credits:
        """Return what can be spent at *now*; below zero when the account is in debt."""
        now = self.now(now)
        return self.balance - self.held(now) - self.unsettled(now)

    def due(self) -> Instant | None:
        """Return the next moment at which something ends by itself or is announced, or `None`."""
        if self.unsettled(self.as_of):
            return self.as_of
        ends = [hold.expires_at for hold in self.holds]
        ends += [each for g in self.grants for each in g.moments if each > self.as_of]
        return min(ends, default=None)

    def with_burned(
        self, amount: Credits, now: Instant, *, first: tuple[Grant, ...] = ()
    ) -> tuple["Account", tuple[Burn, ...]]:
        """Take *amount* off the balance: from *first*, then living grants, then all others.

        What the grants do not hold becomes debt: the balance goes below zero.
        """
        living = in_burn_order(g for g in self.grants if not g.expired(now))
        ended = in_burn_order(g for g in self.grants if g.expired(now))
        grants, burned = burn(self.grants, [*first, *living, *ended], amount)
        return replace(self, balance=self.balance - amount, grants=grants), burned

    def with_grant(self, grant: Grant) -> tuple["Account", Credits]:
        """Add *grant*; debt is paid first, and only what it leaves of the grant can burn.

        Returns the account and how much debt was paid.
        """
        paid = min(max(-self.balance, ZERO), grant.amount)
        grants = self.grants
        if left := grant.amount - paid:
            grants = (*grants, replace(grant, remaining=left))
        return replace(self, balance=self.balance + grant.amount, grants=grants), paid
