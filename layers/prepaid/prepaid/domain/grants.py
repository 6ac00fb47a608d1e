"""Grants: credits given, in the order in which they burn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.domain.credits import ZERO, Credits, Instant

MAX_GRANTS = 100
DEFAULT_PRIORITY = 100
NEVER = Instant(2**62)
DAY_SECONDS = 86_400
NOTICE_DAYS = (30, 7, 1)
"""So many whole days, each of 86,400 seconds, before it expires a grant is spoken of."""
DEFAULT_CURRENCY = "usd"
"""What a cost basis is in where its row names no currency."""


class GrantKind(StrEnum):
    """Why the credits were given."""

    PURCHASED = "purchased"
    BONUS = "bonus"
    PROMOTIONAL = "promotional"
    ADJUSTMENT = "adjustment"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Credits given by one entry: its number in the account is the grant's id.

    `cost_basis` is what was paid for the whole grant, in the smallest unit of `currency`. Credits
    that came back and could not return to their own grant have a grant of their own, whose `origin`
    is the first grant that they were given in. `schedule` names what gives grants again and again.
    """

    grant_id: int
    kind: GrantKind
    amount: Credits
    remaining: Credits
    expires_at: Instant | None = None
    priority: int = DEFAULT_PRIORITY
    cost_basis: int = 0
    origin: int | None = None
    schedule: str | None = None
    currency: str = DEFAULT_CURRENCY

    @property
    def root(self) -> int:
        """The grant that these credits were first given in."""
        return self.grant_id if self.origin is None else self.origin

    @property
    def unspent_basis(self) -> int:
        """What was paid for the credits that are left, rounded down to the smallest unit."""
        whole = self.amount.hundredths
        return self.cost_basis * self.remaining.hundredths // whole if whole else 0

    @property
    def moments(self) -> tuple[Instant, ...]:
        """The moments at which it is spoken of and, last, the one at which it expires."""
        if self.expires_at is None:
            return ()
        return tuple(Instant(self.expires_at - days * DAY_SECONDS) for days in (*NOTICE_DAYS, 0))

    def part(self, *, before: Credits, after: Credits) -> "Burn":
        """Return what this grant has less when *before* were left of it and *after* are now.

        Its basis is the difference of what is unspent: so the parts of a grant add up to what was
        paid for it, to the smallest unit. Where *after* is more, give them the other way round.
        """
        had = replace(self, remaining=before).unspent_basis
        return Burn(
            self.grant_id,
            before - after,
            basis=had - replace(self, remaining=after).unspent_basis,
            kind=self.kind,
            ends=self.expires_at,
            priority=self.priority,
            origin=self.origin,
            currency=self.currency,
        )

    def expired(self, now: Instant) -> bool:
        """Say whether the grant has expired; at `expires_at` itself it has."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Burn:
    """An amount taken from one grant, or returned to it, with the grant's terms.

    `basis` is what was paid for these credits. Entries of the first release kept no terms: there
    `kind` is `None`.
    """

    grant_id: int
    amount: Credits
    basis: int = 0
    kind: GrantKind | None = None
    ends: Instant | None = None
    priority: int = DEFAULT_PRIORITY
    origin: int | None = None
    currency: str = DEFAULT_CURRENCY

    @property
    def root(self) -> int:
        """The grant that these credits were first given in."""
        return self.grant_id if self.origin is None else self.origin


def in_burn_order(grants: Iterable[Grant]) -> list[Grant]:
    """Sort grants: lower priority number first, then earliest expiry, then oldest."""
    return sorted(grants, key=lambda g: (g.priority, g.expires_at or NEVER, g.grant_id))


def remaining(grants: Iterable[Grant]) -> Credits:
    """Add up what is left in *grants*."""
    return Credits(sum(grant.remaining.hundredths for grant in grants))


def burn(
    grants: tuple[Grant, ...], order: Iterable[Grant], amount: Credits
) -> tuple[tuple[Grant, ...], tuple[Burn, ...]]:
    """Take up to *amount* from *grants* in *order*; empty grants disappear.

    Burns less than *amount* only when the grants in *order* hold less.
    """
    left = {grant.grant_id: grant for grant in grants}
    burned: list[Burn] = []
    owed = amount
    for grant in order:
        now_left = left[grant.grant_id].remaining if grant.grant_id in left else ZERO
        taken = min(now_left, owed)
        if not taken:
            continue
        owed -= taken
        burned.append(grant.part(before=now_left, after=now_left - taken))
        if taken == now_left:
            del left[grant.grant_id]
        else:
            left[grant.grant_id] = replace(grant, remaining=now_left - taken)
    return tuple(left.values()), burn_totals(burned)


def burn_totals(burned: Iterable[Burn]) -> tuple[Burn, ...]:
    """Add up what was taken from each grant, in the order in which it first was."""
    totals: dict[int, Burn] = {}
    for each in burned:
        if same := totals.get(each.grant_id):
            each = replace(  # noqa: PLW2901 - the sum takes its place
                each, amount=same.amount + each.amount, basis=same.basis + each.basis
            )
        totals[each.grant_id] = each
    return tuple(totals.values())
