"""Refunds: money that an admin sends back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """What an admin wants to send back, all that is left when `amount` is `None`, and why."""

    payment_id: str
    amount: int | None
    reason: str
    actor: str
    key: str
