"""Flows: what moved on one UTC day, in one account or in all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Burn
from prepaid.domain.usage import Counters, add

type Money = Mapping[str, int]
"""Amounts by currency, in its smallest unit."""
type CreditSums = Mapping[str, Credits]
"""Credits by what happened to them, one of `MOVEMENTS`."""

GIVEN = ("sold", "bonus", "granted", "added", "reversed")
TAKEN = ("removed", "spent", "expired", "refunded")
MOVEMENTS = (*GIVEN, *TAKEN)
"""What is given less what is taken is how balances changed. `added` and `removed` are adjustments,
`refunded` is what refunds and disputes took back, less what they returned."""
_NAMES = {
    EntryKind.PURCHASE: "sold",
    EntryKind.BONUS: "bonus",
    EntryKind.GRANT: "granted",
    EntryKind.USAGE: "spent",
    EntryKind.CAPTURE: "spent",
    EntryKind.EXPIRY: "expired",
    EntryKind.REFUND: "refunded",
    EntryKind.DISPUTE: "refunded",
}
_USES = (EntryKind.USAGE, EntryKind.CAPTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costed:
    """Usage of which the provider's cost is known, in millionths of a US dollar.

    `basis` is what was paid for the credits that were spent on it.
    """

    provider_cost: int = 0
    credits: Credits = ZERO
    basis: Money = field(default_factory=dict)

    def __add__(self, other: "Costed") -> "Costed":
        return Costed(
            provider_cost=self.provider_cost + other.provider_cost,
            credits=self.credits + other.credits,
            basis=added(self.basis, other.basis),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What moved: credits, usage by operation, and what was paid for the credits that went.

    `earned` is the cost basis of spent credits, `breakage` that of expired ones; what reversals
    and disputes returned is no part of either. `active` and `opened` count accounts.
    """

    credits: CreditSums = field(default_factory=dict)
    usage: Counters = field(default_factory=dict)
    earned: Money = field(default_factory=dict)
    breakage: Money = field(default_factory=dict)
    costed: Mapping[str, Costed] = field(default_factory=dict)
    active: int = 0
    opened: int = 0

    def __add__(self, other: "Flows") -> "Flows":
        credits_ = dict(self.credits)
        for name, amount in other.credits.items():
            credits_[name] = credits_.get(name, ZERO) + amount
        usage = self.usage
        for operation, counter in other.usage.items():
            usage = add(usage, operation, counter)
        costed = dict(self.costed)
        for operation, each in other.costed.items():
            costed[operation] = costed.get(operation, Costed()) + each
        return Flows(
            credits=credits_,
            usage=usage,
            earned=added(self.earned, other.earned),
            breakage=added(self.breakage, other.breakage),
            costed=costed,
            active=self.active + other.active,
            opened=self.opened + other.opened,
        )

    def of(self, name: str) -> Credits:
        """Return what moved under one of `MOVEMENTS`."""
        return self.credits.get(name, ZERO)

    @property
    def net(self) -> Credits:
        """How balances changed in all."""
        given = sum((self.of(name) for name in GIVEN), ZERO)
        return given - sum((self.of(name) for name in TAKEN), ZERO)


def added(one: Money, other: Money) -> Money:
    """Add amounts up, currency by currency."""
    return {each: one.get(each, 0) + other.get(each, 0) for each in {**one, **other}}


def flows_of(entries: Iterable[Entry]) -> Flows:
    """Add up what entries moved, without the usage, which counters tell."""
    return sum(map(_of_entry, entries), Flows())


def _of_entry(entry: Entry) -> Flows:
    moved = {_name(entry): max(entry.amount, -entry.amount)} if entry.amount else {}
    if _name(entry) == "refunded" and entry.amount:
        moved = {"refunded": -entry.amount}
    basis = basis_of(entry.burned)
    spent = entry.kind in _USES
    return Flows(
        credits=moved,
        earned=basis if spent else {},
        breakage=basis if entry.kind is EntryKind.EXPIRY else {},
        costed=_costed(entry, basis) if spent else {},
        opened=1 if entry.seq == 1 else 0,
    )


def _name(entry: Entry) -> str:
    if entry.kind is EntryKind.ADJUSTMENT:
        return "added" if entry.amount > ZERO else "removed"
    return _NAMES.get(entry.kind, "reversed")


def basis_of(parts: Iterable[Burn]) -> Money:
    """Add up what was paid for parts of grants, by currency."""
    found: dict[str, int] = {}
    for part in parts:
        if part.basis:
            found[part.currency] = found.get(part.currency, 0) + part.basis
    return found


def _costed(entry: Entry, basis: Money) -> Mapping[str, Costed]:
    cost = entry.provider_cost
    if cost is None or entry.operation is None:
        return {}
    return {entry.operation: Costed(provider_cost=cost, credits=-entry.amount, basis=basis)}
