"""Grants: credits given, in the order in which they burn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from prepaid.domain.credits import ZERO, Credits, Instant

MAX_GRANTS = 100
DEFAULT_PRIORITY = 100
NEVER = Instant(2**62)


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

    `cost_basis` is what was paid for the whole grant, in the currency's smallest unit.
    """

    grant_id: int
    kind: GrantKind
    amount: Credits
    remaining: Credits
    expires_at: Instant | None = None
    priority: int = DEFAULT_PRIORITY
    cost_basis: int = 0

    def expired(self, now: Instant) -> bool:
        """Say whether the grant's life has ended; at `expires_at` itself it has."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Burn:
    """An amount taken from one grant."""

    grant_id: int
    amount: Credits


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
        burned.append(Burn(grant.grant_id, taken))
        if taken == now_left:
            del left[grant.grant_id]
        else:
            left[grant.grant_id] = replace(grant, remaining=now_left - taken)
    return tuple(left.values()), burn_totals(burned)


def burn_totals(burned: Iterable[Burn]) -> tuple[Burn, ...]:
    """Add up what was taken from each grant, in the order in which it first was."""
    totals: dict[int, int] = {}
    for each in burned:
        totals[each.grant_id] = totals.get(each.grant_id, 0) + each.amount.hundredths
    return tuple(Burn(grant_id, Credits(amount)) for grant_id, amount in totals.items())
