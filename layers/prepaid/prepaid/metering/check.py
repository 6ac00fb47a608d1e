"""Checks: whether usage would be accepted, and what it would cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prepaid.domain.credits import Credits
from prepaid.domain.pricing import Quantity
from prepaid.domain.thresholds import LimitStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether usage would be accepted now, what it would cost, and how far the credits reach.

    `limits` are those that the usage counts for; `most` goes as far as they leave.
    """

    allowed: bool
    reason: str | None
    cost: Credits
    available: Credits
    most: Mapping[str, Quantity]
    seconds_affordable: int | None
    limits: Sequence[LimitStanding] = ()
