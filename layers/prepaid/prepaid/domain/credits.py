"""Credits: exact amounts of 0.01, and the one pattern that reads them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import total_ordering
from typing import NewType, Self

AccountId = NewType("AccountId", str)
Instant = NewType("Instant", int)
"""Seconds since 1970-01-01T00:00:00Z."""


def rfc_3339(instant: Instant) -> str:
    """Write an instant in UTC: ``2026-11-22T22:24:16Z``."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_PATTERN = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)
MAX_HUNDREDTHS = 999_999_999_999_999
"""DECIMAL(15,2): the largest amount is 9,999,999,999,999.99."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Credits:
    """A signed amount of credits, exact to 0.01 (DECIMAL(15,2))."""

    hundredths: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"12.5"``, ``"12.50"`` or ``"-3"``; raise `ValueError` for anything else."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError("credits are a decimal number with at most two places")
        sign, whole, places = match.groups()
        hundredths = int(whole) * 100 + int((places or "").ljust(2, "0"))
        return cls(-hundredths if sign else hundredths)

    def __str__(self) -> str:
        whole, places = divmod(abs(self.hundredths), 100)
        return f"{'-' if self.hundredths < 0 else ''}{whole}.{places:02d}"

    def __add__(self, other: "Credits") -> "Credits":
        return Credits(self.hundredths + other.hundredths)

    def __sub__(self, other: "Credits") -> "Credits":
        return Credits(self.hundredths - other.hundredths)

    def __neg__(self) -> "Credits":
        return Credits(-self.hundredths)

    def __lt__(self, other: "Credits") -> bool:
        return self.hundredths < other.hundredths

    def __bool__(self) -> bool:
        return self.hundredths != 0


ZERO = Credits(0)
SMALLEST = Credits(1)
