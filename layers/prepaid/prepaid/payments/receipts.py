"""Receipts: how the money came, for whoever paid it; no rule reads it."""

from dataclasses import dataclass

from prepaid.domain.credits import Instant


@dataclass(frozen=True, slots=True)
class Card:
    """What a payer knows their card by: the network's name in lower case, the last four digits."""

    brand: str
    last4: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where a payment's receipt is, and the card it was paid with, at the provider's time `at`."""

    at: Instant
    url: str | None = None
    card: Card | None = None

    def place(self) -> tuple[Instant, str, str]:
        """Order by time; of one second, the same one comes last whatever came first."""
        card = f"{self.card.brand} {self.card.last4}" if self.card else ""
        return self.at, self.url or "", card


NO_RECEIPT = Receipt(at=Instant(-1))
"""What is known before the money came."""
