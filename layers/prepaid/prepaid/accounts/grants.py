"""Grants with what became of them: those that are left, and those that are gone.

The account keeps only grants that hold credits. What gave the others, and what ended them, is told
by entries, which are found by what their keys begin with.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import NEVER, Grant, GrantKind, remaining
from prepaid.domain.keys import Key
from prepaid.domain.projecting import Projection, projected

MOST = 2_000
"""The most entries that are read under one prefix; beyond them a list says that it is not whole."""
_KINDS = {
    EntryKind.PURCHASE: GrantKind.PURCHASED,
    EntryKind.BONUS: GrantKind.BONUS,
    EntryKind.GRANT: GrantKind.PROMOTIONAL,
    EntryKind.ADJUSTMENT: GrantKind.ADJUSTMENT,
}


class GrantState(StrEnum):
    """What became of a grant."""

    SCHEDULED = "scheduled"
    AVAILABLE = "available"
    USED_UP = "used_up"
    EXPIRED = "expired"
    VOIDED = "voided"


_RANKS = {
    state: rank
    for rank, state in enumerate(
        (
            GrantState.AVAILABLE,
            GrantState.SCHEDULED,
            GrantState.USED_UP,
            GrantState.EXPIRED,
            GrantState.VOIDED,
        )
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantView:
    """One grant: what gave it, what is left, how much of it expired or was voided.

    `given` is `None` for credits that came back; `priority` once nothing of it can burn.
    """

    number: int
    kind: GrantKind
    state: GrantState
    amount: Credits
    remaining: Credits
    protected: Credits
    expired: Credits
    voided: Credits
    expires_at: Instant | None
    priority: int | None
    given: Entry | None

    def place(self) -> tuple[int, int, int, int]:
        """Order as credits burn; what is gone comes after, newest first."""
        if self.priority is not None:
            return 0, self.priority, self.expires_at or NEVER, self.number
        return _RANKS[self.state], 0, 0, -self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantList:
    """All grants of an account in order; not `complete` where there were too many to read."""

    grants: tuple[GrantView, ...]
    complete: bool = True


@dataclass(slots=True)
class _Sums:
    """What entries tell of grants, by the grant's number."""

    given: dict[int, Entry] = field(default_factory=dict)
    expired: dict[int, Credits] = field(default_factory=dict)
    voided: dict[int, Credits] = field(default_factory=dict)
    merged: set[int] = field(default_factory=set)


class GrantReads(Protocol):
    """What a list of grants reads of the ledger, in this order."""

    def account(self, account_id: AccountId) -> Account:
        """Return the account as it was last committed."""

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        """Return the first *limit* entries whose keys begin with *prefix*."""


def grants_of(
    reads: GrantReads, account_id: AccountId, clock: Instant, providers: Collection[str]
) -> tuple[Projection, GrantList]:
    """Return the account as settled now, and all its grants. Raises `Unavailable`.

    The account is read first; entries above its number are of a later state and are passed over.
    *providers* are those that purchases are paid with.
    """
    shown = projected(reads.account(account_id), clock)
    seq = shown.account.seq - len(shown.pending)
    found = [
        reads.entries_under(account_id, prefix, limit=MOST)
        for prefix in keys.about_grants(providers)
        if shown.account.version
    ]
    entries = [each for some in found for each in some if each.seq <= seq]
    complete = all(len(some) < MOST for some in found)
    grants = views(shown, [*entries, *shown.pending])
    return shown, GrantList(grants=grants, complete=complete)


def views(shown: Projection, entries: Iterable[Entry]) -> tuple[GrantView, ...]:
    """Judge every grant that *entries* or the account tell of, in order."""
    reported = _reported(entries)
    rows = {each.grant_id: each for each in shown.account.grants}
    numbers = (reported.given.keys() | rows.keys()) - reported.merged
    found = [_view(number, rows.get(number), reported, shown) for number in numbers]
    return tuple(sorted(found, key=GrantView.place))


def _reported(entries: Iterable[Entry]) -> _Sums:
    reported = _Sums()
    for entry in entries:
        reported.merged.update(entry.merged[1:])
        if entry.kind is EntryKind.EXPIRY:
            _add(reported.expired, keys.root_of(entry.key), -entry.amount)
        elif entry.amount < ZERO:
            if entry.grant_id is not None:
                _add(reported.voided, entry.grant_id, -entry.amount)
        elif entry.grant_id == entry.seq:
            reported.given[entry.seq] = entry
    return reported


def _add(sums: dict[int, Credits], number: int, amount: Credits) -> None:
    sums[number] = sums.get(number, ZERO) + amount


def _view(number: int, row: Grant | None, reported: _Sums, shown: Projection) -> GrantView:
    given = reported.given.get(number)
    expired, voided = reported.expired.get(number, ZERO), reported.voided.get(number, ZERO)
    left = remaining([row]) if row else ZERO
    return GrantView(
        number=number,
        kind=row.kind if row else _kind(given),
        state=_state(left, expired, voided),
        amount=row.amount if row else given.amount if given else ZERO,
        remaining=left,
        protected=shown.protected_of(row) if row else ZERO,
        expired=expired,
        voided=voided,
        expires_at=row.expires_at if row else given.grant_expires_at if given else None,
        priority=row.priority if row else None,
        given=given,
    )


def _kind(given: Entry | None) -> GrantKind:
    if given is None:
        return GrantKind.RESTORED
    return given.grant_kind or _KINDS[given.kind]


def _state(left: Credits, expired: Credits, voided: Credits) -> GrantState:
    if left:
        return GrantState.AVAILABLE
    if voided:
        return GrantState.VOIDED
    return GrantState.EXPIRED if expired else GrantState.USED_UP


class PackageNames(Protocol):
    """Knows what a purchase was sold as."""

    def name_of(self, payment_id: str) -> str | None:
        """Return the package's name as it was bought, or `None`. Raises `Unavailable`."""


_WORDS: Mapping[GrantKind, str] = {
    GrantKind.PURCHASED: "Purchase",
    GrantKind.BONUS: "Bonus",
    GrantKind.PROMOTIONAL: "Granted credits",
    GrantKind.ADJUSTMENT: "Adjustment",
    GrantKind.RESTORED: "Returned credits",
}


def name_of(grant: GrantView, packages: PackageNames) -> str:
    """Name a grant for a person: by its reason, its package, or its kind. Raises `Unavailable`."""
    given = grant.given
    if given is not None and given.kind in {EntryKind.PURCHASE, EntryKind.BONUS}:
        package = packages.name_of(given.reference) if given.reference else None
        if package is None:
            return _WORDS[grant.kind]
        return f"{package} bonus" if given.kind is EntryKind.BONUS else package
    return (given.reason if given else None) or _WORDS[grant.kind]
