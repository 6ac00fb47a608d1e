"""How large what Stripe tells may be: the largest is read, one more is set aside."""

from typing import Any

import pytest
from prepaid.domain.credits import Instant
from prepaid.payments.stripe.objects import (
    MARK,
    OLD_MARK,
    Amount,
    Currency,
    DisputeObject,
    Id,
    IntentObject,
    SignedAmount,
    Time,
    dispute_fact,
    failed,
    marks_in,
)
from pydantic import TypeAdapter, ValidationError

ELEVEN_DIGITS = 99_999_999_999


def read(kind: Any, value: object) -> object:
    return TypeAdapter(kind).validate_python(value, strict=True)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (Amount, 0, ELEVEN_DIGITS),
        (SignedAmount, -ELEVEN_DIGITS, ELEVEN_DIGITS),
        (Time, 0, ELEVEN_DIGITS),
    ],
    ids=["amount", "signed amount", "time"],
)
def test_a_number_is_read_up_to_its_bounds_and_not_beyond(kind: Any, least: int, most: int) -> None:
    assert (read(kind, least), read(kind, most)) == (least, most)
    for beyond in (least - 1, most + 1):
        with pytest.raises(ValidationError):
            read(kind, beyond)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Currency, ["usd"], ["us", "usdt", "USD", "u5d", "usd\n"]),
        (Id, ["a", "!~", "p" * 255], ["", "p" * 256, "pi 1", "pi_é", "pi_1\n"]),
    ],
    ids=["currency", "id"],
)
def test_a_text_is_read_in_its_form_alone(kind: Any, right: list[str], wrong: list[str]) -> None:
    assert [read(kind, each) for each in right] == right
    for each in wrong:
        with pytest.raises(ValidationError):
            read(kind, each)


def test_a_dispute_that_is_read_says_nothing_of_money_that_an_event_tells_of() -> None:
    dispute = DisputeObject(id="dp_1", amount=4_500, currency="usd", status="needs_response")

    shown = dispute_fact(dispute, Instant(1))
    left = shown.merged(dispute_fact(dispute, Instant(2), withdrawn=True))
    back = left.merged(dispute_fact(dispute, Instant(3), reinstated=True))

    assert (shown.withdrawn, shown.reinstated) == (False, False)
    assert (shown.gone, left.gone, back.gone) == (0, 4_500, 0)


def test_a_mark_that_can_be_no_id_is_shown_in_64_characters_of_ascii() -> None:
    assert marks_in({MARK: "pay_1", OLD_MARK: "their_1"}) == ("pay_1", "their_1")
    assert marks_in({MARK: "é" * 100, OLD_MARK: "é"}) == (ascii("é" * 100)[:64], None)
    assert marks_in("no metadata") == (None, None)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ({"message": "m", "decline_code": "d", "code": "c"}, "m"),
        ({"decline_code": "d", "code": "c"}, "d"),
        ({"code": "c"}, "c"),
        ({}, "The payment failed."),
        (None, "The payment failed."),
    ],
)
def test_the_reason_of_a_failure_is_what_a_person_understands_best(
    error: dict[str, str] | None, reason: str
) -> None:
    fields = {"id": "pi_1", "status": "requires_payment_method", "currency": "usd"}
    intent = IntentObject.model_validate({**fields, "last_payment_error": error})

    assert failed(intent, Instant(1)).reason == reason
