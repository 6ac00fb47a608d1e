"""Stripe's words for what becomes of money, each mapped to the stage that payments know.

Refunds: https://docs.stripe.com/api/refunds/object, disputes: https://docs.stripe.com/api/disputes/object,
movements: https://docs.stripe.com/reports/reporting-categories.
"""

from collections.abc import Mapping
from types import MappingProxyType

from prepaid.payments.disputes import DisputeStatus, MovementKind
from prepaid.payments.payment import Cancellation
from prepaid.payments.refund_facts import RefundStatus

PENDING = "pending"
_REFUNDS: Mapping[str, RefundStatus] = MappingProxyType(
    {
        PENDING: RefundStatus.PENDING,
        "requires_action": RefundStatus.REQUIRES_ACTION,
        "succeeded": RefundStatus.SUCCEEDED,
        "canceled": RefundStatus.CANCELED,
        "failed": RefundStatus.FAILED,
    }
)
_DISPUTES: Mapping[str, DisputeStatus] = MappingProxyType(
    {
        "warning_needs_response": DisputeStatus.INQUIRY,
        "warning_under_review": DisputeStatus.INQUIRY_UNDER_REVIEW,
        "warning_closed": DisputeStatus.INQUIRY_CLOSED,
        "needs_response": DisputeStatus.NEEDS_RESPONSE,
        "under_review": DisputeStatus.UNDER_REVIEW,
        "prevented": DisputeStatus.PREVENTED,
        "won": DisputeStatus.WON,
        "lost": DisputeStatus.LOST,
    }
)
_MOVEMENTS: Mapping[str, MovementKind] = MappingProxyType(
    {"dispute": MovementKind.WITHDRAWAL, "dispute_reversal": MovementKind.REVERSAL}
)
_CANCELLATIONS: Mapping[str, Cancellation] = MappingProxyType(
    {
        "abandoned": Cancellation.ABANDONED,
        "duplicate": Cancellation.DUPLICATE,
        "fraudulent": Cancellation.FRAUDULENT,
        "requested_by_customer": Cancellation.REQUESTED,
    }
)


def refund_status(word: str | None) -> RefundStatus:
    """Map a refund's status; one without a status is pending."""
    return _REFUNDS.get(word or PENDING, RefundStatus.UNKNOWN)


def dispute_status(word: str) -> DisputeStatus:
    """Map a dispute's status."""
    return _DISPUTES.get(word, DisputeStatus.UNKNOWN)


def movement_kind(category: str | None, amount: int) -> MovementKind:
    """Map a balance transaction's reporting category; another one is judged by its sign."""
    return _MOVEMENTS.get(category or "") or MovementKind.by_sign(amount)


def cancellation(word: str | None) -> Cancellation:
    """Map the reason why an intent was canceled; Stripe has more than a payer can understand."""
    return _CANCELLATIONS.get(word or "", Cancellation.OTHER)
