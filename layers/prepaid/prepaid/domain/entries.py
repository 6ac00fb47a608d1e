"""Entries: the immutable, signed lines of the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypedDict

from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, Burn, GrantKind
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.pricing import Calculation


class EntryKind(StrEnum):
    """What an entry records."""

    USAGE = "usage"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    GRANT = "grant"
    PURCHASE = "purchase"
    BONUS = "bonus"
    ADJUSTMENT = "adjustment"
    REFUND = "refund"
    DISPUTE = "dispute"
    EXPIRY = "expiry"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One movement: the balance changes by `amount`, what is held by `held_change`.

    `key` is unique in the account and is the idempotency record; `request_id` names the request
    that committed it. `shortfall` is what a capture could not take; `waived` is the full price of
    usage that an unlimited account was not asked for; `debt_paid` is the part of a credit that
    went to a negative balance. `changed` holds what a status entry set. `cost_basis` is what was
    paid for the credits that the entry gives, in the smallest unit of `currency`; `returned` are
    credits that came back to grants, with their share of what was paid. `merged` names the grant
    that took in like ones, then those. `rounded` says that a quantity had more than six places
    when it was asked for. A capture that is not `final` leaves its hold open. `before` is what a
    status entry replaced, `grant_kind` what an admin's grant gave, `note` is for admins only.
    `provider_cost` is what the provider takes from us for it, in millionths of a US dollar, `None`
    where nobody said it; no user is ever shown it.
    """

    account_id: AccountId
    key: Key
    seq: int
    kind: EntryKind
    amount: Credits
    held_change: Credits
    balance_after: Credits
    available_after: Credits
    actor: str
    request_id: str
    fingerprint: Fingerprint
    posted_at: Instant
    occurred_at: Instant
    operation: str | None = None
    calculation: Calculation | None = None
    usage_day: date | None = None
    burned: tuple[Burn, ...] = ()
    hold_id: int | None = None
    hold_expires_at: Instant | None = None
    grant_id: int | None = None
    grant_expires_at: Instant | None = None
    cost_basis: int = 0
    currency: str = DEFAULT_CURRENCY
    returned: tuple[Burn, ...] = ()
    merged: tuple[int, ...] = ()
    waived: Credits = ZERO
    shortfall: Credits = ZERO
    debt_paid: Credits = ZERO
    reason: str | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    changed: Mapping[str, object] = field(default_factory=dict)
    before: Mapping[str, object] = field(default_factory=dict)
    grant_kind: GrantKind | None = None
    note: str | None = None
    rounded: bool = False
    final: bool = True
    provider_cost: int | None = None

    @property
    def extends(self) -> bool:
        """Whether the entry extends a hold that an earlier one opened."""
        return self.kind is EntryKind.HOLD and self.hold_id != self.seq

    @property
    def is_part(self) -> bool:
        """Whether the entry captures a part of what a hold was opened for."""
        return self.kind is EntryKind.CAPTURE and not self.final


class EntryDetails(TypedDict, total=False):
    """Those fields of an entry that some kinds have and others leave as they are by default."""

    operation: str | None
    calculation: Calculation | None
    usage_day: date | None
    burned: tuple[Burn, ...]
    hold_id: int | None
    hold_expires_at: Instant | None
    grant_id: int | None
    grant_expires_at: Instant | None
    cost_basis: int
    currency: str
    returned: tuple[Burn, ...]
    merged: tuple[int, ...]
    waived: Credits
    shortfall: Credits
    debt_paid: Credits
    changed: Mapping[str, object]
    before: Mapping[str, object]
    grant_kind: GrantKind | None
    final: bool
    provider_cost: int | None
