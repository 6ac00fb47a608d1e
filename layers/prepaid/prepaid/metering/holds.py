"""Holds: credits reserved before the work, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.pricing import RequestedQuantities


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRequest:
    """Credits to set aside for an operation: `amount`, or the price of what is `asked`."""

    account_id: AccountId
    key: str
    operation: str
    expires_in: int
    asked: RequestedQuantities | None = None
    rounded: bool = False
    amount: Credits | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnd:
    """How a hold ends: with `amount` or `asked` captured, or voided when both are `None`."""

    account_id: AccountId
    hold_id: int
    key: str
    asked: RequestedQuantities | None = None
    rounded: bool = False
    amount: Credits | None = None
    reference: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
