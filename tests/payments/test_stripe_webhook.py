"""The webhook: signature first, every kind of event, and an answer that Stripe understands."""

import base64
import hashlib
import hmac
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from prepaid.domain.credits import Instant
from prepaid.domain.errors import Unavailable
from prepaid.payments.ports import Intent
from prepaid.payments.refund_facts import Refunded, RefundStatus
from prepaid.payments.stripe.objects import MARK

from tests.support.sales import SECRET, Sales
from tests.support.selling import DINAR, YEN
from tests.support.stage import NOW
from tests.support.stripe_events import StripeHistory, envelope


@pytest.fixture
def stripe_history() -> StripeHistory:
    return StripeHistory()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the webhooks' own metrics that were counted."""
    names: list[str] = []

    def count(name: str, **_: str) -> None:
        if name != "Refused":
            names.append(name)

    monkeypatch.setattr("prepaid.runtime.observability.count", count)
    return names


def bought(
    sales: Sales, stripe_history: StripeHistory, package: str = "professional"
) -> tuple[str, str]:
    """Begin to buy; return the ids of the payment and of its intent at Stripe."""
    payment = sales.payment(sales.buy(package))
    intent_id = stripe_history.intent(payment.payment_id, payment.price, payment.currency)
    store = sales.stage.store.payments
    store._stored[payment.payment_id] = replace(payment, intent_id=intent_id)
    return payment.payment_id, intent_id


def succeeded(sales: Sales, stripe_history: StripeHistory) -> dict[str, Any]:
    """Return the event of a payment that succeeded."""
    _, intent_id = bought(sales, stripe_history)
    return next(
        event
        for event in stripe_history.play(intent_id, "succeed")
        if event["type"] == "payment_intent.succeeded"
    )


@pytest.mark.fault("B13", "An event comes twice, or twice at once", "Credited once, 200 each time")
def test_a_paid_intent_is_credited_once_however_often_it_is_told(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)

    replies = [sales.webhook(event) for _ in range(3)]

    assert [(reply.status, reply.json) for reply in replies] == [(200, {"received": True})] * 3
    assert sales.stage.balance() == "550.00"
    assert len(sales.stage.entries()) == 2


@pytest.mark.fault("B15")
@pytest.mark.parametrize("reverse", [False, True])
def test_every_event_of_a_payments_life_is_understood(
    sales: Sales, stripe_history: StripeHistory, reverse: bool
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    outcomes = ("decline", "processing", "succeed", "half-refund", "refund-failed", "dispute-lost")
    events = [event for outcome in outcomes for event in stripe_history.play(intent_id, outcome)]

    for event in reversed(events) if reverse else events:
        assert sales.webhook(event).status == 200

    purchase = sales.get(payment_id).json
    assert (purchase["status"], purchase["credits_taken_back"]) == ("disputed", "550.00")
    assert sales.stage.balance() == "0.00"
    assert sales.stage.reports.stored == {}


@pytest.mark.parametrize("reverse", [False, True])
def test_a_purchase_shows_its_receipt_and_card_whatever_is_told_first(
    sales: Sales, stripe_history: StripeHistory, reverse: bool
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    before = sales.get(payment_id).json
    events = stripe_history.play(intent_id, "succeed")

    for event in reversed(events) if reverse else events:
        assert sales.webhook(event).status == 200

    after = sales.get(payment_id).json
    [charge] = [each["data"]["object"] for each in events if each["type"] == "charge.succeeded"]
    assert (before["receipt_url"], before["card"]) == (None, None)
    assert after["receipt_url"] == f"https://pay.stripe.com/receipts/{charge['id']}"
    assert after["card"] == {"brand": "visa", "last4": "4242"}
    assert sales.stage.call("list_purchases").json["items"] == [after]
    assert sales.stage.reports.stored == {}


@pytest.mark.fault(
    "B75",
    "A charge's receipt is no web address, or its card is none that can be shown",
    "It is left out; the money is judged as ever",
)
@pytest.mark.parametrize(
    ("members", "url", "card"),
    [
        ({"receipt_url": "javascript:alert(1)"}, None, {"brand": "visa", "last4": "4242"}),
        ({"receipt_url": None}, None, {"brand": "visa", "last4": "4242"}),
        ({"receipt_url": "https://r.test/\x00"}, None, {"brand": "visa", "last4": "4242"}),
        ({"payment_method_details": {"card": {"brand": "x", "last4": "<b>"}}}, "told", None),
        ({"payment_method_details": {"us_bank_account": {"last4": "6789"}}}, "told", None),
        ({"payment_method_details": None}, "told", None),
        ({"payment_method_details": "card"}, "told", None),
    ],
)
def test_what_cannot_be_shown_of_a_charge_is_left_out(
    sales: Sales,
    stripe_history: StripeHistory,
    members: dict[str, Any],
    url: str | None,
    card: dict[str, str] | None,
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    events = stripe_history.play(intent_id, "succeed")
    for event in events:
        if event["type"] == "charge.succeeded":
            event["data"]["object"] |= members
        assert sales.webhook(event).status == 200

    purchase = sales.get(payment_id).json
    assert bool(purchase["receipt_url"]) == bool(url)
    assert purchase["card"] == card
    assert purchase["credited"]
    assert sales.stage.reports.stored == {}


def test_a_charge_of_another_products_is_nothing_of_ours(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    intent_id = stripe_history.intent("x")
    [charge] = [
        each
        for each in stripe_history.play(intent_id, "succeed")
        if each["type"] == "charge.succeeded"
    ]
    charge["data"]["object"]["metadata"] = {}

    assert sales.webhook(charge).status == 200
    assert sales.stage.reports.stored == {}


def test_a_canceled_intent_closes_the_purchase(sales: Sales, stripe_history: StripeHistory) -> None:
    payment_id, intent_id = bought(sales, stripe_history)

    for event in stripe_history.play(intent_id, "cancel"):
        sales.webhook(event)

    purchase = sales.get(payment_id).json
    assert purchase["status"] == "canceled"
    assert purchase["failure_reason"] == "The payment was canceled on request."


@pytest.mark.fault("B21")
@pytest.mark.parametrize("name", ["stripe-signature", "Stripe-Signature", "STRIPE-SIGNATURE"])
def test_the_case_of_the_headers_name_does_not_matter(
    sales: Sales, stripe_history: StripeHistory, name: str
) -> None:
    event = succeeded(sales, stripe_history)

    reply = sales.webhook(event, header_name=name)

    assert reply.status == 200
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault(
    "B21",
    "The body is in base64, the header's name in another case",
    "Works: verified over the bytes that were sent",
)
def test_a_body_in_base64_is_verified_as_the_bytes_that_were_sent(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    raw = json.dumps(succeeded(sales, stripe_history), ensure_ascii=False).encode()

    reply = sales.send(None, signed=raw, base64_body=base64.b64encode(raw).decode())

    assert reply.status == 200
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault(
    "B23",
    "The secret is being replaced",
    "Any signature with any of our secrets is enough",
)
def test_one_valid_signature_among_several_is_enough(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)

    rolled = sales.webhook(event, secrets=("whsec_old", SECRET))

    assert rolled.status == 200


@pytest.mark.fault("B23")
def test_one_matching_secret_among_several_is_enough(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)
    sales.secrets = sales.newer = ("whsec_next", SECRET)

    assert sales.webhook(event).status == 200
    assert sales.webhook(event, secrets=("whsec_next",)).status == 200


def test_a_secret_that_was_rotated_meanwhile_is_read_again(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)
    sales.secrets, sales.newer = ("whsec_old",), (SECRET,)

    reply = sales.webhook(event)

    assert reply.status == 200
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault("B20")
@pytest.mark.parametrize("at", [NOW - 300, NOW + 300])
def test_a_signature_of_the_last_and_next_five_minutes_is_fresh(
    sales: Sales, stripe_history: StripeHistory, at: int
) -> None:
    assert sales.webhook(succeeded(sales, stripe_history), at=at).status == 200


def refused(sales: Sales, counted: list[str], reply: Any) -> None:
    """Assert that nothing was told and nothing was done."""
    assert (reply.status, reply.code) == (400, "malformed_request")
    assert reply.json["detail"] == "The signature is not valid."
    assert counted == ["WebhookSignatureFailure"]
    assert sales.stage.entries() == []


@pytest.mark.fault(
    "B20",
    "The signature is older than five minutes, or ahead of our clock",
    "400 either way",
)
@pytest.mark.parametrize("at", [NOW - 301, NOW + 301, NOW + 3600, 0, 999_999_999_999])
def test_an_old_or_future_signature_is_refused(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], at: int
) -> None:
    event = succeeded(sales, stripe_history)

    refused(sales, counted, sales.webhook(event, at=at))


@pytest.mark.fault(
    "B19",
    "The signature is forged, missing or of another scheme",
    "400 without detail, counted, nothing is written",
)
@pytest.mark.parametrize("secrets", [("whsec_other",), ("",), (SECRET.upper(),)])
def test_a_signature_with_another_secret_is_refused(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], secrets: tuple[str, ...]
) -> None:
    event = succeeded(sales, stripe_history)

    refused(sales, counted, sales.webhook(event, secrets=secrets))


@pytest.mark.fault("B19")
def test_without_any_secret_nothing_is_accepted(
    sales: Sales, stripe_history: StripeHistory, counted: list[str]
) -> None:
    event = succeeded(sales, stripe_history)
    sales.secrets = sales.newer = ()

    refused(sales, counted, sales.webhook(event, secrets=("",)))


GOOD = hmac.new(SECRET.encode(), f"{NOW}.{{}}".encode(), hashlib.sha256).hexdigest()


@pytest.mark.fault("B19")
@pytest.mark.parametrize(
    "header",
    [
        "",
        "garbage",
        "=,=,=",
        f"t={NOW}",
        f"v1={GOOD}",
        f"t={NOW},v0={GOOD}",
        f"t={NOW},v1=",
        f"t={NOW},v1={GOOD[:-1]}",
        f"t={NOW},v1=é",
        f"t=,v1={GOOD}",
        f"t=-{NOW},v1={GOOD}",
        f"t={NOW}.0,v1={GOOD}",
        f"t=１２３,v1={GOOD}",
        f"t={'9' * 5000},v1={GOOD}",
        f"t={NOW},t={NOW},v1={GOOD}",
        f"t={NOW};v1={GOOD}",
    ],
)
def test_a_header_that_holds_no_valid_signature_is_refused(
    sales: Sales, counted: list[str], header: str
) -> None:
    refused(sales, counted, sales.send("{}", header=header))


@pytest.mark.fault(
    "B22",
    "Something on the way rewrote the JSON",
    "400: the bytes are what was signed",
)
@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace('"usd"', '"eur"'),
        lambda body: json.dumps(json.loads(body)),
        lambda body: json.dumps(json.loads(body), sort_keys=True, indent=2),
        lambda body: "\ufeff" + body,
        lambda body: body.replace("\n", "\r\n"),
        lambda body: body + " ",
        lambda body: body[:0],
    ],
    ids=["tampered", "re-serialised", "sorted", "BOM", "CRLF", "longer", "empty"],
)
def test_a_body_that_is_not_byte_for_byte_what_was_signed_is_refused(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], change: Any
) -> None:
    body = json.dumps(succeeded(sales, stripe_history), indent=2)

    refused(sales, counted, sales.send(change(body), signed=body.encode()))


@pytest.mark.fault(
    "B24",
    "Signed, but no event, or none of ours",
    "What is no event is a 400, every other one is acknowledged and counted",
)
@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"not json", b"[]", b"null", b'"event"', b"[" * 100_000, "\ufeff{}".encode()],
    ids=["not UTF-8", "not JSON", "array", "null", "text", "deep", "BOM"],
)
def test_what_is_signed_but_is_no_event_is_refused(
    sales: Sales, counted: list[str], body: bytes
) -> None:
    reply = sales.send(None, signed=body, base64_body=base64.b64encode(body).decode())

    assert (reply.status, reply.code) == (400, "malformed_request")
    assert counted == ["WebhookUnreadable"]


@pytest.mark.fault("B24.4", "Signed, of ours, and unreadable", "200 and an exception, kept once")
@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"object": "event"}', b'{"a": ' + b"9" * 5000 + b"}", b'{"id": "\\ud800"}'],
    ids=["empty", "no event", "digits", "half a surrogate pair"],
)
def test_what_is_signed_but_is_no_event_of_a_known_form_is_set_aside(
    sales: Sales, counted: list[str], body: bytes
) -> None:
    replies = [sales.send(body.decode()) for _ in range(2)]

    assert [reply.status for reply in replies] == [200, 200]
    assert counted == ["WebhookSetAside"] * 2
    assert [kind for kind, _ in sales.stage.reports.stored] == ["unreadable_event"]


@pytest.mark.fault("B24.4")
@pytest.mark.parametrize(
    "change",
    [
        {"amount_received": "4500"},
        {"amount_received": 999_999_999_999},
        {"latest_charge": {"object": "charge"}},
        {"last_payment_error": {"message": "half a pair: \ud800"}},
        {"currency": None},
    ],
    ids=["text", "twelve digits", "charge without id", "surrogate", "no currency"],
)
def test_an_object_of_ours_that_is_not_what_its_type_promises_is_set_aside(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], change: dict[str, object]
) -> None:
    event = succeeded(sales, stripe_history)
    event["data"]["object"] |= change

    replies = [sales.webhook(event) for _ in range(2)]

    assert [reply.status for reply in replies] == [200, 200]
    assert counted == ["WebhookSetAside"] * 2
    assert list(sales.stage.reports.stored) == [("unreadable_event", event["id"])]
    assert sales.stage.balance() == "0.00"


FOREIGN = {
    "payment_intent.succeeded": {"id": "pi_other", "amount_received": 999_999_999_999},
    "payment_intent.payment_failed": {"id": "pi_other", "metadata": {"payment_id": "p-1"}},
    "charge.refunded": {"id": "ch_other", "amount_refunded": 999_999_999_999},
    "refund.created": {"id": "re_other", "charge": "ch_other", "amount": "1"},
    "refund.failed": {"id": "re_other", "payment_intent": "\ud800"},
    "charge.dispute.created": {"id": "du_other", "charge": {"id": "ch_other"}},
    "charge.dispute.closed": {"id": "du_other", "payment_intent": {"id": "pi_other"}},
}


@pytest.mark.fault(
    "B24.2",
    "An object of another product, whatever it looks like",
    "200, counted, nothing is reported",
)
@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("more", [{}, {"livemode": True}, {"account": "acct_other"}])
def test_what_is_another_products_is_counted_and_left_alone_whatever_it_looks_like(
    sales: Sales, counted: list[str], kind: str, more: dict[str, object]
) -> None:
    reply = sales.webhook(envelope(kind, data={"object": FOREIGN[kind]}, **more))

    assert (reply.status, counted) == (200, ["WebhookForeign"])
    assert sales.stage.reports.stored == {}


@pytest.mark.fault("B24.2")
def test_another_systems_payment_id_does_not_hide_the_refund_of_our_intent(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    _, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    refund = {
        "id": "re_1",
        "amount": 2250,
        "currency": "usd",
        "status": "succeeded",
        "payment_intent": intent_id,
        "metadata": {"payment_id": "order-17"},
    }

    sales.webhook(envelope("refund.created", data={"object": refund}))

    assert sales.stage.balance() == "275.00"


@pytest.mark.fault("B24.3", "A dispute names only a charge of ours", "Its intent is looked up")
def test_a_dispute_that_names_only_our_charge_is_found_by_it(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    sales.payment_processor.charges["ch_ours"] = intent_id
    dispute = {"id": "du_1", "amount": 4500, "currency": "usd", "status": "needs_response"}
    reported = envelope(
        "charge.dispute.funds_withdrawn", data={"object": {**dispute, "charge": "ch_ours"}}
    )

    sales.payment_processor.silent = True
    unknown = sales.webhook(reported)
    sales.payment_processor.silent = False
    healed = sales.webhook(reported)

    assert (unknown.status, healed.status) == (503, 200)
    assert sales.stage.balance() == "0.00"
    assert sales.get(payment_id).json["status"] == "disputed"


def test_intents_from_before_our_mark_count_where_their_payment_is_here(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)
    about = event["data"]["object"]
    about["metadata"] = {"payment_id": about["metadata"]["prepaid_payment_id"]}

    sales.webhook(event)

    assert sales.stage.balance() == "550.00"


def test_money_under_our_mark_that_cannot_be_a_payments_id_is_set_aside(
    sales: Sales, stripe_history: StripeHistory, counted: list[str]
) -> None:
    event = succeeded(sales, stripe_history)
    event["data"]["object"] |= {"id": "pi_x", "metadata": {"prepaid_payment_id": "\ud800"}}

    reply = sales.webhook(event)

    assert (reply.status, counted) == (200, ["WebhookSetAside"])
    assert list(sales.stage.reports.stored) == [("unknown_payment", "pi_x")]


@pytest.mark.fault(
    "B25.2",
    "A refund or dispute in another currency than the payment",
    "No credits move, an admin is told once",
)
@pytest.mark.parametrize("kind", ["charge.refunded", "refund.created", "charge.dispute.closed"])
def test_money_in_another_currency_than_the_payments_moves_no_credits(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], kind: str
) -> None:
    _, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    counted.clear()
    about = {"id": "x_1", "payment_intent": intent_id, "currency": "eur", "status": "lost",
             "amount": 3850, "amount_refunded": 3850}  # fmt: skip

    replies = [sales.webhook(envelope(kind, data={"object": about})) for _ in range(2)]

    assert [reply.status for reply in replies] == [200, 200]
    assert counted == ["WebhookSetAside"] * 2
    assert [stored for stored, _ in sales.stage.reports.stored] == ["other_currency"]
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault("B24.4")
def test_a_refund_of_an_unknown_status_is_gone_until_it_is_told_to_be_back(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    _, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    about = {"id": "re_1", "payment_intent": intent_id, "currency": "usd", "amount": 2250}

    strange = sales.webhook(
        envelope("refund.updated", data={"object": {**about, "status": "something_new"}})
    )
    gone = sales.stage.balance()
    sales.webhook(envelope("refund.failed", data={"object": {**about, "status": "failed"}}))

    assert (strange.status, gone) == (200, "275.00")
    assert sales.stage.balance() == "550.00"
    assert list(sales.stage.reports.stored) == [("refund_status", "re_1")]


def moved(amount: int, category: str, number: int = 1) -> dict[str, object]:
    """A balance transaction of a dispute."""
    return {
        "id": f"txn_{number}",
        "amount": amount,
        "currency": "usd",
        "created": NOW,
        "reporting_category": category,
    }


@pytest.mark.fault("B18.2")
@pytest.mark.parametrize(
    ("refund", "back", "status", "balance"),
    [
        (1500, [moved(1500, "dispute_reversal", 2)], "lost", "0.00"),
        (0, [moved(2250, "dispute_reversal", 2)], "lost", "275.00"),
        (0, [moved(500, "dispute_reversal", 2)], "lost", "61.12"),
        (0, [moved(1, "dispute_reversal", 2)], "lost", "0.13"),
        (0, [moved(7, "dispute", 2)], "lost", "0.00"),
        (0, [moved(4400, "dispute_reversal", 2)], "won", "550.00"),
    ],
)
@pytest.mark.parametrize("reverse", [False, True])
def test_what_a_dispute_gives_back_is_an_amount(
    sales: Sales, stripe_history: StripeHistory, refund: int, back: list[Any], status: str,
    balance: str,
    reverse: bool,
) -> None:  # fmt: skip
    _, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    about = {"id": "du_1", "payment_intent": intent_id, "currency": "usd", "amount": 4500}
    taken = moved(-4500, "dispute")
    reported = [
        ("created", "needs_response", []),
        ("funds_withdrawn", "needs_response", [taken]),
        ("funds_reinstated", status, [taken, *back]),
        ("closed", status, [taken]),
    ]
    events = [
        envelope(
            f"charge.dispute.{kind}",
            created=NOW + place,
            data={"object": {**about, "status": then, "balance_transactions": moves}},
        )
        for place, (kind, then, moves) in enumerate(reported)
    ]
    if refund:
        sent = {"id": "re_1", "amount": refund, "currency": "usd", "payment_intent": intent_id}
        events.append(envelope("refund.created", data={"object": sent}))

    for event in [*(reversed(events) if reverse else events), *events]:
        assert sales.webhook(event).status == 200

    assert sales.stage.balance() == balance


def test_after_every_single_event_credits_and_status_are_what_the_money_is(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    about = {"id": "du_1", "payment_intent": intent_id, "currency": "usd", "amount": 4500}
    refund = {**about, "id": "re_1", "amount": 2250}
    charge = {"id": "ch_1", "payment_intent": intent_id, "currency": "usd"}
    seen: list[tuple[str, str]] = []

    for place, (kind, reported) in enumerate([
        ("refund.created", {**refund, "status": "pending"}),
        ("charge.refunded", {**charge, "amount_refunded": 2250}),
        ("refund.updated", {**refund, "status": "succeeded"}),
        ("refund.failed", {**refund, "status": "failed"}),
        ("charge.dispute.created", {**about, "status": "warning_needs_response"}),
        ("charge.dispute.closed", {**about, "status": "warning_closed"}),
        ("charge.dispute.created", {**about, "status": "needs_response"}),
        ("charge.dispute.funds_withdrawn", {**about, "status": "needs_response"}),
        ("charge.dispute.updated", {**about, "status": "under_review"}),
        ("charge.dispute.closed", {**about, "status": "lost"}),
        ("charge.dispute.closed", {**about, "status": "won"}),
    ]):  # fmt: skip
        sales.webhook(envelope(kind, created=NOW + place, data={"object": reported}))
        purchase = sales.get(payment_id).json
        seen.append((purchase["credits_taken_back"], purchase["status"]))

    assert seen == [
        ("275.00", "succeeded"),
        ("275.00", "succeeded"),
        ("275.00", "succeeded"),
        ("0.00", "succeeded"),
        ("0.00", "disputed"),
        ("0.00", "succeeded"),
        ("0.00", "disputed"),
        ("550.00", "disputed"),
        ("550.00", "disputed"),
        ("550.00", "disputed"),
        ("0.00", "succeeded"),
    ]


@pytest.mark.fault(
    "B16.3",
    "A sum is above what was told one by one",
    "Stripe lists the refunds; if it cannot, the sum counts",
)
def test_a_sum_of_refunds_makes_stripe_list_them_and_the_entry_says_who_asked(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    payment_id, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    body = {"payment_id": payment_id, "amount": 2250, "reason": "a bad call"}
    sales.stage.call("refund_payment", body, role="admin", key="back")
    made = Refunded(
        refund_id="re_1",
        amount=2250,
        status=RefundStatus.SUCCEEDED,
        at=Instant(NOW),
        currency="usd",
        request="back",
    )
    intent = Intent(intent_id=intent_id, payment_id=None, client_secret="", facts=(made,))
    sales.payment_processor.intents[intent_id] = intent
    charge = {"id": "ch_1", "payment_intent": intent_id, "currency": "usd"}

    sales.webhook(envelope("charge.refunded", data={"object": {**charge, "amount_refunded": 2250}}))

    entry = sales.stage.entries()[-1]
    assert sales.stage.balance() == "275.00"
    assert (entry.kind, entry.reason) == ("refund", "a bad call")
    assert entry.actor.startswith("admin:")


@pytest.mark.fault("B16.3")
def test_a_sum_is_learned_although_stripe_cannot_list_its_refunds(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    _, intent_id = bought(sales, stripe_history)
    for event in stripe_history.play(intent_id, "succeed"):
        sales.webhook(event)
    sales.payment_processor.silent = True
    charge = {"id": "ch_1", "payment_intent": intent_id, "currency": "usd"}

    reply = sales.webhook(
        envelope("charge.refunded", data={"object": {**charge, "amount_refunded": 2250}})
    )

    assert (reply.status, sales.stage.balance()) == (200, "275.00")


def test_broken_base64_is_refused(sales: Sales) -> None:
    reply = sales.send(None, signed=b"{}", base64_body="!!!")

    assert (reply.status, reply.code) == (400, "malformed_request")


def test_a_body_larger_than_any_event_is_refused(sales: Sales) -> None:
    assert sales.send("x" * 3_000_000).status == 413


@pytest.mark.fault("B24")
@pytest.mark.parametrize(
    "event",
    [
        envelope("customer.created"),
        envelope("something.new"),
        {"id": "evt_1", "object": "v2.core.event", "type": "v1.billing.meter.no_meter_found"},
    ],
    ids=["another type", "an unknown type", "a thin event"],
)
def test_what_is_not_about_our_payments_is_acknowledged_and_counted(
    sales: Sales, counted: list[str], event: dict[str, Any]
) -> None:
    reply = sales.webhook(event)

    assert (reply.status, counted) == (200, ["WebhookIgnored"])
    assert sales.stage.reports.stored == {}


@pytest.mark.fault(
    "B25",
    "Another mode, account, currency or amount",
    "200, nothing is credited, an admin is told",
)
@pytest.mark.parametrize("change", [{"livemode": True}, {"account": "acct_other"}])
def test_an_event_of_another_mode_or_account_is_set_aside(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], change: dict[str, object]
) -> None:
    event = succeeded(sales, stripe_history)

    reply = sales.webhook({**event, **change})

    assert reply.status == 200
    assert counted == ["WebhookSetAside"]
    assert list(sales.stage.reports.stored) == [("foreign_event", event["id"])]
    assert sales.stage.balance() == "0.00"


def test_live_events_are_taken_where_real_money_moves(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)
    sales.live = True

    reply = sales.webhook({**event, "livemode": True})

    assert reply.status == 200
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault("B25")
@pytest.mark.parametrize(
    "change", [{"amount_received": 4499}, {"amount_received": 450_000}, {"currency": "eur"}]
)
def test_another_amount_or_currency_than_the_terms_is_set_aside(
    sales: Sales, stripe_history: StripeHistory, counted: list[str], change: dict[str, object]
) -> None:
    event = succeeded(sales, stripe_history)
    event["data"]["object"] |= change

    replies = [sales.webhook(event) for _ in range(2)]

    assert [reply.status for reply in replies] == [200, 200]
    assert counted == ["WebhookSetAside"] * 2
    assert [kind for kind, _ in sales.stage.reports.stored] == ["payment_mismatch"]
    assert sales.stage.balance() == "0.00"
    purchase = sales.get(event["data"]["object"]["metadata"][MARK]).json
    assert (purchase["status"], purchase["problem"]) == ("under_review", "other_amount_paid")
    assert "Support has been told" in purchase["failure_reason"]


def test_money_for_a_payment_that_is_not_here_is_set_aside(
    sales: Sales, stripe_history: StripeHistory, counted: list[str]
) -> None:
    intent_id = stripe_history.intent("pay_of_another_system")
    event = stripe_history.play(intent_id, "succeed")[-1]

    reply = sales.webhook(event)

    assert (reply.status, counted) == (200, ["WebhookSetAside"])
    assert list(sales.stage.reports.stored) == [("unknown_payment", intent_id)]


@pytest.mark.fault(
    "B26",
    "The handler fails half-way",
    "5xx, so Stripe sends again; nothing was marked as done",
    no_mutant="there is no mark beside the payment's row, which is part of the commit",
)
def test_an_unknown_outcome_is_a_5xx_and_the_retry_ends_it(
    sales: Sales, stripe_history: StripeHistory
) -> None:
    event = succeeded(sales, stripe_history)
    sales.stage.store.broken = True
    unknown = sales.webhook(event)
    sales.stage.store.broken = False

    retried = sales.webhook(event)

    assert (unknown.status, unknown.code) == (503, "unavailable")
    assert retried.status == 200
    assert sales.stage.balance() == "550.00"


@pytest.mark.fault("B26")
def test_a_bug_is_a_500_so_that_stripe_tries_again(
    sales: Sales, stripe_history: StripeHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = succeeded(sales, stripe_history)
    monkeypatch.setattr(sales.stage.store, "load", _bug)

    reply = sales.webhook(event)

    assert (reply.status, reply.code) == (500, "internal")
    assert "secret text" not in reply.text


def _bug(*_: object) -> None:
    raise RuntimeError("secret text")


def test_an_exception_that_cannot_be_kept_is_tried_again_by_stripe(
    sales: Sales, stripe_history: StripeHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = succeeded(sales, stripe_history)
    monkeypatch.setattr(sales.stage.reports, "report", _unreachable)

    reply = sales.webhook({**event, "livemode": True})

    assert reply.status == 503


def _unreachable(*_: object, **__: object) -> None:
    raise Unavailable("The records did not answer.")


@pytest.mark.parametrize(
    ("package", "currency", "price"), [("yen", "jpy", 1500), ("dinar", "kwd", 3070)]
)
def test_currencies_without_or_with_three_decimals_are_compared_as_they_are(
    sales: Sales, stripe_history: StripeHistory, package: str, currency: str, price: int
) -> None:
    for each in (YEN, DINAR):
        sales.stage.catalogue.add_package(each)
    payment_id, intent_id = bought(sales, stripe_history, package)

    for event in stripe_history.play(intent_id, "succeed"):
        assert sales.webhook(event).status == 200

    purchase = sales.get(payment_id).json
    assert (purchase["amount"], purchase["currency"], purchase["credited"]) == (
        price,
        currency,
        True,
    )


def test_verifying_and_learning_need_no_sdk_of_stripes() -> None:
    code = (
        "import sys; sys.path[:0] = ['.', 'layers/prepaid']\n"
        "from functions.stripe_webhook import app\n"
        "assert callable(app.handler)\n"
        "sys.exit('stripe' in sys.modules or 'requests' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - our own interpreter

    assert done.returncode == 0


@pytest.mark.fault(
    "B14",
    "A checkout session reports the payment that its intent reports",
    "Credited once: only the intent counts",
)
@pytest.mark.fault("B24")
def test_a_checkout_session_beside_its_intent_credits_nothing_more(
    sales: Sales, stripe_history: StripeHistory, counted: list[str]
) -> None:
    event = succeeded(sales, stripe_history)
    intent = event["data"]["object"]
    session = {
        "id": "cs_1",
        "object": "checkout.session",
        "payment_intent": intent["id"],
        "metadata": intent["metadata"],
        "amount_total": intent["amount_received"],
        "currency": intent["currency"],
        "payment_status": "paid",
    }
    completed = envelope("checkout.session.completed", data={"object": session})

    replies = [sales.webhook(each) for each in (completed, event, completed)]

    assert [reply.status for reply in replies] == [200, 200, 200]
    assert counted == ["WebhookIgnored"] * 2
    assert sales.stage.balance() == "550.00"
    assert len(sales.stage.entries()) == 2
