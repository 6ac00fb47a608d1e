from typing import Any

import pytest
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Burn
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.pricing import (
    Carry,
    Price,
    Quantity,
    Rate,
    UnitPrice,
    decimal_text,
    rate,
    rate_text,
)
from prepaid.ledger.explanation import explain, unit_text

CALLS = Price(
    plan="default",
    operation="vapi_call",
    effective_from=Instant(0),
    units=(
        UnitPrice(unit="call", rate=Rate(1_000_000)),
        UnitPrice(unit="minute", rate=Rate(333_333), increment=Quantity(500_000)),
    ),
)


def entry(kind: EntryKind, amount: str = "0.00", **facts: Any) -> Entry:
    made: dict[str, Any] = {
        "account_id": AccountId("user-1"),
        "key": Key("k"),
        "seq": 7,
        "kind": kind,
        "amount": Credits.parse(amount),
        "held_change": ZERO,
        "balance_after": ZERO,
        "available_after": ZERO,
        "actor": "user:user-1",
        "request_id": "r",
        "fingerprint": Fingerprint("v1:"),
        "posted_at": Instant(0),
        "occurred_at": Instant(0),
        **facts,
    }
    return Entry(**made)


def credits_(text: str) -> Credits:
    return Credits.parse(text)


def burned(**amounts: str) -> tuple[Burn, ...]:
    return tuple(Burn(int(name[1:]), Credits.parse(each)) for name, each in amounts.items())


def test_usage_names_price_increments_carry_and_grants() -> None:
    calculation = rate(
        CALLS, {"call": Quantity(1_000_000), "minute": Quantity(3_200_000)}, Carry(4_000_000_000)
    )

    sentence = explain(
        entry(
            EntryKind.USAGE,
            "-2.17",
            operation="vapi_call",
            calculation=calculation,
            burned=burned(g1="2.00", g4="0.17"),
        )
    )

    assert sentence == (
        "Took 2.17 credits for vapi_call: 1 call × 1.00 = 1.00 and 3.2 minutes billed as "
        "3.5 × 0.333333 = 1.1666655, adding 0.004 carried over, carrying on 0.0006655 rounded "
        "off, taking 2.17 from earlier credits."
    )


def test_a_hold_of_quantities_names_their_price() -> None:
    calculation = rate(CALLS, {"call": Quantity(2_000_000)}, Carry(0))
    held = Credits.parse("2.00")

    sentence = explain(
        entry(
            EntryKind.HOLD,
            operation="vapi_call",
            hold_id=7,
            held_change=held,
            calculation=calculation,
        )
    )

    assert sentence == ("Set 2.00 credits aside for vapi_call: 2 calls × 1.00 = 2.00.")


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        (
            entry(EntryKind.USAGE, operation="message", waived=credits_("2.60")),
            "Waived 2.60 credits for message as the account is unlimited.",
        ),
        (
            entry(
                EntryKind.CAPTURE,
                "-6.00",
                operation="vapi_call",
                held_change=credits_("-5.00"),
                hold_id=3,
                shortfall=credits_("2.00"),
                burned=burned(g1="6.00"),
            ),
            "Took 6.00 credits for vapi_call, taking 6.00 from earlier credits, absorbed 2.00 "
            "credits that the account could not pay, and ended the hold of 5.00 credits.",
        ),
        (
            entry(
                EntryKind.CAPTURE,
                "-2.00",
                operation="vapi_call",
                held_change=credits_("-2.00"),
                hold_id=3,
                final=False,
                burned=burned(g1="2.00"),
            ),
            "Took 2.00 credits for vapi_call, taking 2.00 from earlier credits, and left the hold "
            "open with 2.00 credits less.",
        ),
        (
            entry(
                EntryKind.HOLD,
                held_change=credits_("5.00"),
                operation="message",
                hold_id=3,
                hold_expires_at=Instant(1_795_003_200),
            ),
            "Set 5.00 credits more aside for message, and the hold now ends on 18 November 2026 "
            "at 12:00:00 UTC.",
        ),
        (
            entry(
                EntryKind.HOLD,
                operation="message",
                hold_id=3,
                hold_expires_at=Instant(1_795_003_200),
            ),
            "Extended the hold for message, and the hold now ends on 18 November 2026 at 12:00:00 "
            "UTC.",
        ),
        (
            entry(
                EntryKind.HOLD,
                operation="message",
                hold_id=3,
                waived=credits_("5.00"),
                hold_expires_at=Instant(1_795_003_200),
            ),
            "Extended the hold for message, without setting credits aside because the account is "
            "unlimited, and the hold now ends on 18 November 2026 at 12:00:00 UTC.",
        ),
        (
            entry(EntryKind.HOLD, held_change=credits_("5.00"), operation="message", hold_id=7),
            "Set 5.00 credits aside for message.",
        ),
        (
            entry(EntryKind.HOLD, operation="message", hold_id=7, waived=credits_("1.00")),
            "Opened a hold for message without setting credits aside, because the account is "
            "unlimited.",
        ),
        (
            entry(EntryKind.RELEASE, held_change=credits_("-5.00"), operation="message", hold_id=3),
            "The hold for message was voided and released 5.00 credits.",
        ),
        (
            entry(
                EntryKind.RELEASE,
                held_change=credits_("-5.00"),
                operation="message",
                hold_id=3,
                actor="system",
            ),
            "The hold for message expired and released 5.00 credits.",
        ),
        (
            entry(EntryKind.EXPIRY, "-3.00", grant_id=2),
            "3.00 credits expired unused.",
        ),
        (
            entry(EntryKind.ADJUSTMENT, "12.50", grant_id=7, reason="goodwill"),
            "Adjustment added 12.50 credits, because: goodwill.",
        ),
        (
            entry(EntryKind.ADJUSTMENT, "-5.00", burned=burned(g1="3.00"), reason="error"),
            "Adjustment took 5.00 credits, taking 3.00 from earlier credits and 2.00 as debt, "
            "because: error.",
        ),
        (
            entry(EntryKind.PURCHASE, "100.00", grant_id=7, debt_paid=credits_("2.00")),
            "Purchase added 100.00 credits, of which 2.00 paid debt.",
        ),
        (
            entry(EntryKind.REFUND, "-50.00", burned=burned(g1="50.00")),
            "Refund took 50.00 credits, taking 50.00 from earlier credits.",
        ),
        (
            entry(
                EntryKind.STATUS,
                changed={"status": "frozen", "unlimited": False},
                reason="under review",
            ),
            "The account became frozen and limited, because: under review.",
        ),
        (
            entry(EntryKind.STATUS, changed={"status": "active", "unlimited": True}),
            "The account became active and unlimited.",
        ),
    ],
)
def test_each_kind_of_entry_has_its_sentence(reported: Entry, sentence: str) -> None:
    assert explain(reported) == sentence


def test_credits_are_named_by_what_gave_them_and_when() -> None:
    day = 86_400
    sources = {
        1: entry(EntryKind.PURCHASE, posted_at=Instant(306 * day)),
        2: entry(EntryKind.BONUS, posted_at=Instant(700 * day)),
        3: entry(EntryKind.GRANT, posted_at=Instant(700 * day)),
    }
    took = entry(
        EntryKind.USAGE,
        "-4.00",
        operation="message",
        posted_at=Instant(701 * day),
        burned=burned(g1="1.00", g2="1.00", g3="0.50", g9="1.00", g10="0.50"),
    )

    assert explain(took, sources) == (
        "Took 4.00 credits for message, taking 1.00 from your purchase of 3 November 1970 and "
        "1.00 from your bonus of 2 December and 0.50 from the credits given on 2 December and "
        "1.50 from earlier credits."
    )
    expired = entry(EntryKind.EXPIRY, "-3.00", grant_id=1, posted_at=Instant(307 * day))
    said = explain(expired, sources)
    assert said == "3.00 credits of your purchase of 3 November expired unused."


@pytest.mark.parametrize(
    ("unit", "quantity", "text"),
    [("minute", 3_200_000, "minutes"), ("minute", 1_000_000, "minute"), ("call", 0, "calls"),
     ("mb", 2_000_000, "mb"), ("query", 2_000_000, "queries"), ("day", 2_000_000, "days"),
     ("batch", 500_000, "batches"), ("1k_tokens", 2_000_000, "1k_tokens"), ("Min.", 2, "Min.")],
)  # fmt: skip
def test_units_are_plural_where_they_are_words(unit: str, quantity: int, text: str) -> None:
    assert unit_text(unit, quantity) == text


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_of_entry_can_be_explained(kind: EntryKind) -> None:
    sentence = explain(entry(kind, operation="message", hold_id=1, grant_id=1))

    assert sentence.endswith(".")
    assert "None" not in sentence
    assert " g1" not in sentence


@pytest.mark.parametrize(
    ("rate", "text"),
    [(500_000, "0.50"), (1_000_000, "1.00"), (123_456, "0.123456"), (1, "0.000001")],
)
def test_a_rate_has_at_least_two_places(rate: int, text: str) -> None:
    assert rate_text(rate) == text


def test_a_carry_is_written_exactly() -> None:
    assert decimal_text(9_999_999_999, 12) == "0.009999999999"
    assert decimal_text(0, 12) == "0.00"
