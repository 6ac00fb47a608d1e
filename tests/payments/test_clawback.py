"""What a payment knows, and what its facts owe, step by step."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.payment import Paid, Payment, PaymentStatus, Progress
from prepaid.payments.refund_facts import NO_SUM, ChargeRefunded, Refunded, RefundStatus

from tests.domain.laws import tried

AT = Instant(1_795_000_000)
PRICE = 4500
PAID = Paid(amount=PRICE, currency="usd", charge_id="ch_1", at=AT)
NEW = Payment(
    payment_id="pay_1",
    account_id=AccountId("user-1"),
    package_id="professional",
    credits=Credits(50_000),
    bonus=Credits(5_000),
    price=PRICE,
    currency="usd",
    created_at=AT,
    fingerprint="v1:terms",
    provider="stripe",
)
GRANTED = replace(NEW, paid=PAID, granted=True)


def progress(status: str, seconds: int = 0, reason: str | None = None) -> Progress:
    return Progress(status=PaymentStatus(status), at=Instant(AT + seconds), reason=reason)


def test_a_new_payment_is_created_and_owes_nothing() -> None:
    assert NEW.status is PaymentStatus.CREATED
    assert NEW.owed_back == (Credits(0), Credits(0))
    assert NEW.difference == Credits(0)


def test_what_was_never_granted_is_never_owed() -> None:
    known = NEW.with_fact(Refunded(refund_id="re_1", amount=PRICE, status=RefundStatus.SUCCEEDED))

    assert known.difference == Credits(0)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ([progress("processing")], "processing"),
        ([progress("failed")], "failed"),
        ([progress("failed", 0), progress("processing", 9)], "processing"),
        ([progress("processing", 9), progress("failed", 0)], "processing"),
        ([progress("processing"), progress("failed")], "failed"),
        ([progress("canceled", 0), progress("processing", 9)], "canceled"),
        ([progress("canceled"), PAID], "succeeded"),
        ([PAID, progress("failed", 9)], "succeeded"),
        ([PAID, Refunded(refund_id="re_1", amount=PRICE, status=RefundStatus.PENDING)], "refunded"),
        (
            [PAID, Refunded(refund_id="re_1", amount=PRICE - 1, status=RefundStatus.SUCCEEDED)],
            "succeeded",
        ),
        ([PAID, ChargeRefunded(amount=PRICE)], "refunded"),
        (
            [PAID, Disputed(dispute_id="du_1", amount=1, status=DisputeStatus.UNDER_REVIEW)],
            "disputed",
        ),
        ([PAID, Disputed(dispute_id="du_1", amount=1, status=DisputeStatus.LOST)], "disputed"),
        ([PAID, Disputed(dispute_id="du_1", amount=1, status=DisputeStatus.WON)], "succeeded"),
        (
            [PAID, Disputed(dispute_id="du_1", amount=1, status=DisputeStatus.INQUIRY_CLOSED)],
            "succeeded",
        ),
        ([PAID, Disputed(dispute_id="du_1", amount=1, status=DisputeStatus.UNKNOWN)], "disputed"),
    ],
)
def test_the_status_is_judged_from_all_facts(facts: list[Progress | Paid], status: str) -> None:
    known = NEW
    for fact in facts:
        known = known.with_fact(fact)

    assert known.status == status


@pytest.mark.parametrize(
    ("first", "second", "stored"),
    [
        ("pending", "succeeded", "succeeded"),
        ("succeeded", "pending", "succeeded"),
        ("succeeded", "failed", "failed"),
        ("failed", "succeeded", "failed"),
        ("canceled", "requires_action", "canceled"),
        ("unknown", "succeeded", "succeeded"),
    ],
)
def test_a_refund_keeps_the_status_that_came_last_in_its_life(
    first: str, second: str, stored: str
) -> None:
    known = GRANTED
    for status in (first, second):
        known = known.with_fact(Refunded(refund_id="re_1", amount=100, status=RefundStatus(status)))

    assert known.refunds["re_1"].status == stored


def test_an_inquiry_that_became_a_dispute_and_was_lost_takes_its_money() -> None:
    known = GRANTED
    for status, withdrawn in [
        (DisputeStatus.INQUIRY_CLOSED, False),
        (DisputeStatus.NEEDS_RESPONSE, True),
        (DisputeStatus.LOST, False),
    ]:
        event = Disputed(dispute_id="du_1", amount=900, status=status, withdrawn=withdrawn)
        known = known.with_fact(event)

    assert known.money_back == 900
    assert not known.disputes["du_1"].open


def test_a_dispute_that_is_prevented_takes_nothing() -> None:
    known = GRANTED.with_fact(
        Disputed(dispute_id="du_1", amount=900, status=DisputeStatus.PREVENTED)
    )

    assert (known.money_back, known.status) == (0, PaymentStatus.SUCCEEDED)


def refund(amount: int, status: str = "succeeded", at: int = 0, name: str = "re_1") -> Refunded:
    return Refunded(
        refund_id=name,
        amount=amount,
        status=RefundStatus(status),
        at=Instant(AT + at),
        currency="usd",
    )


def total(amount: int, at: int) -> ChargeRefunded:
    return ChargeRefunded(amount=amount, at=Instant(AT + at))


@pytest.mark.fault(
    "B16.2",
    "A refund is canceled, then a sum tells of another",
    "Only failures after the sum are subtracted; the latest sum counts",
)
@pytest.mark.parametrize(
    ("facts", "gone"),
    [
        ([total(1000, 1), refund(400, at=2), total(900, 3)], 900),
        ([total(1000, 3), refund(400, at=2), total(900, 1)], 1000),
        ([total(1000, 1), refund(1000, at=1), refund(1000, "failed", at=2)], 0),
        ([refund(1500, at=0), refund(1500, "canceled", at=1), total(1500, 2)], 1500),
        ([refund(1500, "canceled", at=2), total(1500, 2)], 1500),
        ([refund(1500, "canceled", at=3), total(1500, 2)], 0),
        ([refund(1500, "canceled", at=9), refund(1500, "canceled", at=1), total(1500, 2)], 1500),
        ([refund(900, "unknown")], 900),
        ([refund(900, "unknown"), refund(900, "failed", at=1)], 0),
        ([ChargeRefunded(amount=900, at=NO_SUM.at), old_failed := Refunded(
            refund_id="re_1", amount=900, status=RefundStatus.FAILED)], 0),
        ([ChargeRefunded(amount=900, at=NO_SUM.at), old_failed, total(700, 1)], 700),
    ],
)  # fmt: skip
def test_what_is_refunded_is_told_one_by_one_or_by_the_latest_sum(
    facts: list[Refunded | ChargeRefunded], gone: int
) -> None:
    for order in permutations(facts):
        known = GRANTED
        for fact in [*order, *order]:
            known = known.with_fact(fact)

        assert known.money_refunded == gone


@pytest.mark.fault("B16.2")
def test_a_canceled_refund_before_a_sum_for_another_leaves_what_the_sum_left() -> None:
    known = GRANTED
    for fact in (refund(1500), refund(1500, "canceled", at=1), total(1500, 2)):
        known = known.with_fact(fact)

    assert known.credits + known.bonus - known.difference == Credits(36_667)


def test_credits_that_have_expired_are_not_owed() -> None:
    known = replace(GRANTED, expired=Credits(50_000)).with_fact(ChargeRefunded(amount=PRICE))

    assert sum(each.hundredths for each in known.owed_back) == 5_000


@tried(300)
@given(
    credits=st.integers(0, 10**9),
    bonus=st.integers(0, 10**9),
    price=st.integers(1, 10**7),
    back=st.integers(0, 2 * 10**7),
)
def test_what_is_owed_is_in_proportion_and_never_more_than_was_granted(
    credits: int,  # noqa: A002 - a payment's own word
    bonus: int,
    price: int,
    back: int,
) -> None:
    terms = replace(GRANTED, credits=Credits(credits), bonus=Credits(bonus), price=price)
    known = terms.with_fact(ChargeRefunded(amount=back))

    purchased_owed, bonus_owed = (each.hundredths for each in known.owed_back)

    assert purchased_owed + bonus_owed == (credits + bonus) * min(back, price) // price
    assert 0 <= purchased_owed <= credits
    assert 0 <= bonus_owed <= bonus


def test_a_fact_that_is_known_already_changes_nothing() -> None:
    facts = (
        PAID,
        progress("failed"),
        ChargeRefunded(amount=10),
        Refunded(refund_id="re_1", amount=10, status=RefundStatus.PENDING),
        Disputed(dispute_id="du_1", amount=10, status=DisputeStatus.LOST, withdrawn=True),
    )
    known = NEW
    for fact in facts:
        known = known.with_fact(fact)

    assert all(known.with_fact(fact) == known for fact in facts)
