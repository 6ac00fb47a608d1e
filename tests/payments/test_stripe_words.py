"""Stripe's words become the stages that payments know; what Stripe does not document is unknown."""

import pytest
from prepaid.payments.disputes import DisputeStatus, MovementKind
from prepaid.payments.payment import Cancellation
from prepaid.payments.refund_facts import RefundStatus
from prepaid.payments.stripe import words


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending", RefundStatus.PENDING),
        ("requires_action", RefundStatus.REQUIRES_ACTION),
        ("succeeded", RefundStatus.SUCCEEDED),
        ("canceled", RefundStatus.CANCELED),
        ("failed", RefundStatus.FAILED),
        (None, RefundStatus.PENDING),
        ("something_new", RefundStatus.UNKNOWN),
        ("unknown", RefundStatus.UNKNOWN),
    ],
)
def test_a_refunds_status_is_mapped(word: str | None, status: RefundStatus) -> None:
    assert words.refund_status(word) is status


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("warning_needs_response", DisputeStatus.INQUIRY),
        ("warning_under_review", DisputeStatus.INQUIRY_UNDER_REVIEW),
        ("warning_closed", DisputeStatus.INQUIRY_CLOSED),
        ("needs_response", DisputeStatus.NEEDS_RESPONSE),
        ("under_review", DisputeStatus.UNDER_REVIEW),
        ("prevented", DisputeStatus.PREVENTED),
        ("won", DisputeStatus.WON),
        ("lost", DisputeStatus.LOST),
        ("something_new", DisputeStatus.UNKNOWN),
        ("inquiry_closed", DisputeStatus.UNKNOWN),
    ],
)
def test_a_disputes_status_is_mapped(word: str, status: DisputeStatus) -> None:
    assert words.dispute_status(word) is status


@pytest.mark.parametrize("amount", [-1, 1])
def test_a_movements_category_decides_before_its_sign(amount: int) -> None:
    assert words.movement_kind("dispute", amount) is MovementKind.WITHDRAWAL
    assert words.movement_kind("dispute_reversal", amount) is MovementKind.REVERSAL


@pytest.mark.parametrize("category", [None, "", "fee"])
def test_a_movement_of_another_category_is_judged_by_its_sign(category: str | None) -> None:
    assert words.movement_kind(category, -1) is MovementKind.WITHDRAWAL
    assert words.movement_kind(category, 1) is MovementKind.REVERSAL


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("abandoned", Cancellation.ABANDONED),
        ("duplicate", Cancellation.DUPLICATE),
        ("fraudulent", Cancellation.FRAUDULENT),
        ("requested_by_customer", Cancellation.REQUESTED),
        ("automatic", Cancellation.OTHER),
        (None, Cancellation.OTHER),
    ],
)
def test_the_reason_of_a_cancellation_is_mapped(word: str | None, why: Cancellation) -> None:
    assert words.cancellation(word) is why
