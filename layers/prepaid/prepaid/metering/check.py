"""Checks: whether usage would be accepted, and what it would cost."""

from collections.abc import Mapping
from dataclasses import dataclass

from prepaid.domain.credits import Credits
from prepaid.domain.pricing import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Whether usage would be accepted now, what it would cost, and how far the credits reach."""

    allowed: bool
    reason: str | None
    cost: Credits
    available: Credits
    most: Mapping[str, Quantity]
    seconds_affordable: int | None
