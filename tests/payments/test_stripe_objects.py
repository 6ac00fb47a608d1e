"""How large what Stripe tells may be: the largest is read, one more is set aside."""

import json
from typing import Any

import pytest
from prepaid.domain.credits import Instant
from prepaid.payments.disputes import Disputed
from prepaid.payments.refund_facts import ChargeRefunded, Refunded, RefundStatus
from prepaid.payments.stripe.events import EnvelopeInvalid, read_event
from prepaid.payments.stripe.objects import (
    MARK,
    OLD_MARK,
    REQUEST,
    Amount,
    Currency,
    DisputeObject,
    Id,
    IntentObject,
    RefundObject,
    SignedAmount,
    Time,
    dispute_fact,
    failed,
    marks_in,
    refund_fact,
    refund_facts,
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


def test_the_reason_of_a_failure_is_cut_after_300_characters() -> None:
    error = {"message": "m" * 301}
    fields = {"id": "pi_1", "status": "requires_payment_method", "currency": "usd"}
    intent = IntentObject.model_validate({**fields, "last_payment_error": error})

    assert failed(intent, Instant(1)).reason == "m" * 300


def test_a_dispute_has_at_most_a_hundred_movements() -> None:
    movement = {"id": "txn_1", "amount": -1, "currency": "usd", "created": 1}
    fields = {"id": "dp_1", "amount": 1, "currency": "usd", "status": "lost"}

    most = DisputeObject.model_validate({**fields, "balance_transactions": [movement] * 100})

    assert len(most.balance_transactions) == 100
    with pytest.raises(ValidationError):
        DisputeObject.model_validate({**fields, "balance_transactions": [movement] * 101})


ENVELOPE = {
    "id": "evt_1",
    "object": "event",
    "type": "charge.refunded",
    "created": 1,
    "livemode": False,
    "data": {"object": {}},
}


@pytest.mark.parametrize(
    ("digits", "fault"),
    [(20, "created (less_than_equal)"), (21, "created (int_type)")],
)
def test_a_number_of_more_than_twenty_digits_is_not_read_as_one(digits: int, fault: str) -> None:
    body = json.dumps({**ENVELOPE, "created": int("9" * digits)}).encode()

    with pytest.raises(EnvelopeInvalid) as invalid:
        read_event(body)

    assert str(invalid.value) == fault


def test_what_is_wrong_with_an_event_names_five_fields_in_ascii_and_no_value() -> None:
    with pytest.raises(EnvelopeInvalid) as invalid:
        read_event(b'{"id": 7, "account": "\xc3\xa9"}')

    assert str(invalid.value) == (
        "id (string_type), object (missing), type (missing), created (missing), livemode (missing)"
    )


def refund(status: str | None, amount: int = 100, request: object = None) -> RefundObject:
    return RefundObject.model_validate(
        {
            "id": f"re_{status}",
            "amount": amount,
            "currency": "usd",
            "status": status,
            "metadata": {REQUEST: request},
        }
    )


@pytest.mark.parametrize(
    ("status", "word"), [("succeeded", ""), ("failed", ""), (None, ""), ("new_one", "new_one")]
)
def test_only_a_status_that_nobody_knows_is_shown_in_stripes_word(
    status: str | None, word: str
) -> None:
    assert refund_fact(refund(status), Instant(1)).word == word


@pytest.mark.parametrize(
    ("key", "request_key"),
    [("back-1", "back-1"), ("", ""), (7, ""), (None, ""), ("é", ""), ("a\nb", ""), ("\x7f", "")],
)
def test_the_request_of_a_refund_is_shown_when_it_can_be_one(key: object, request_key: str) -> None:
    assert refund_fact(refund("succeeded", request=key), Instant(1)).request == request_key


def test_the_sum_of_refunds_stands_between_those_that_count_and_those_that_came_back() -> None:
    listed = [refund("failed", 1), refund("succeeded", 20), refund("pending", 300)]

    facts = refund_facts(listed, Instant(9))

    moved = [each for each in facts if isinstance(each, Refunded | ChargeRefunded)]
    shown = [(each.amount, each.at, each.currency) for each in moved]
    assert [type(each) for each in facts] == [Refunded, Refunded, ChargeRefunded, Refunded]
    assert shown == [(amount, 9, "usd") for amount in (20, 300, 320, 1)]
    assert refund_facts([], Instant(9)) == []
    assert [each.status for each in facts if isinstance(each, Refunded)] == [
        RefundStatus.SUCCEEDED,
        RefundStatus.PENDING,
        RefundStatus.FAILED,
    ]


@pytest.mark.parametrize(
    ("intent", "charge", "found"),
    [
        ("pi_1", {"id": "ch_1", "payment_intent": "pi_2"}, ("pi_1", "ch_1")),
        (None, {"id": "ch_1", "payment_intent": "pi_2"}, ("pi_2", "ch_1")),
        (None, "ch_1", ("", "ch_1")),
        ({"id": "pi_1"}, "ch_1", ("pi_1", "ch_1")),
        ("pi_1", None, ("pi_1", None)),
    ],
)
def test_an_events_intent_is_its_own_or_that_of_the_charge_in_it(
    intent: object, charge: object, found: tuple[str, str | None]
) -> None:
    about = {"payment_intent": intent, "charge": charge, "status": "lost"}
    body = {**ENVELOPE, "type": "charge.dispute.closed", "data": {"object": about}}

    event = read_event(json.dumps(body).encode())

    assert event is not None
    assert event.payment_event is not None
    assert (event.payment_event.intent_id, event.payment_event.charge_id) == found


@pytest.mark.parametrize(
    ("kind", "moved"),
    [
        ("created", (False, False)),
        ("updated", (False, False)),
        ("funds_withdrawn", (True, False)),
        ("funds_reinstated", (False, True)),
        ("closed", (False, False)),
    ],
)
def test_an_event_of_a_dispute_says_which_way_its_funds_moved(
    kind: str, moved: tuple[bool, bool]
) -> None:
    dispute = {"id": "dp_1", "amount": 9, "currency": "usd", "status": "lost"}
    body = {**ENVELOPE, "type": f"charge.dispute.{kind}", "data": {"object": dispute}}

    event = read_event(json.dumps(body).encode())

    assert event is not None
    assert event.payment_event is not None
    fact = event.payment_event.fact
    assert isinstance(fact, Disputed)
    assert (fact.withdrawn, fact.reinstated, fact.amount, fact.at) == (*moved, 9, 1)
