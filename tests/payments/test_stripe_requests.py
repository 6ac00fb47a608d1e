"""What is sent to Stripe for each call, word for word, and what is made of each refusal.

The keys are literal: a release that made others would open a second intent, or pay back twice, for
what an earlier one has begun.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import pytest
import requests  # type: ignore[import-untyped]  # the SDK's own client, for its session
import stripe
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest, RateLimited, Unavailable
from prepaid.payments.payment import Payment
from prepaid.payments.reconciliation_ports import Source
from prepaid.payments.stripe.events import KNOWN_TYPES
from prepaid.payments.stripe.processor import StripeProcessor
from prepaid.payments.stripe.transport import ReadableClient
from prepaid.windows import Window

from tests.payments.test_stripe_answers import PAYMENT, REQUEST
from tests.support.ledger_harness import NOW

INTENT = {
    "id": "pi_1",
    "object": "payment_intent",
    "status": "processing",
    "currency": "usd",
    "created": 5,
    "client_secret": None,
    "customer": None,
    "latest_charge": None,
}
REFUND = {"id": "re_1", "object": "refund", "amount": 450, "currency": "usd", "status": "pending"}
CHARGE = {"id": "ch_1", "object": "charge", "payment_intent": "pi_1"}
CUSTOMER = {"id": "cus_1", "object": "customer"}
NOTHING = {"object": "list", "data": [], "has_more": False, "url": "/v1/refunds"}
LONG = AccountId("a" * 501)
WINDOW = Window(since=NOW, until=Instant(NOW + 60), after="x_9")
REFUND_KEY = "refund-d256624a8ef3dfb664f529c1cc9c281e1af9e13e8b53777467297b7173e3e972"
REFUNDED = {
    "payment_intent": "pi_1",
    "metadata[prepaid_payment_id]": "pay_1",
    "metadata[prepaid_refund_request]": "back",
    "metadata[refund_key]": REFUND_KEY,
    "metadata[reason]": "asked for it",
}
OPENED = {
    "amount": "100",
    "currency": "usd",
    "customer": "cus_1",
    "automatic_payment_methods[enabled]": "true",
    "metadata[prepaid_payment_id]": "pay_1",
    "metadata[account_id]": "user-1",
    "metadata[package_id]": "starter",
    "metadata[purpose]": "topup",
}
INTENT_KEY = "intent-3f962809d5fc50b1a44903a19bb8598de79feb221f3074d8e282d6d3e2501bc8"
CUSTOMER_KEY = "customer-ee0d4cae28077d1d02c9429ef7b26055431a1f7b85c4e7b7ee31b9de385434c0"
LISTED = {
    "created[gte]": str(NOW),
    "created[lt]": str(NOW + 60),
    "limit": "100",
    "starting_after": "x_9",
}
TYPES = {f"types[{number}]": name for number, name in enumerate(KNOWN_TYPES)}
type Do = Callable[[StripeProcessor], object]
type Sent = tuple[str, str, dict[str, str], str | None]
"""Method, path, parameters, and the key under which something is written."""


@dataclass
class Wire:
    """Takes requests in the place of the SDK's HTTP library, and answers all of them alike."""

    answer: dict[str, Any]
    status: int = 200
    sent: list[Sent] = field(default_factory=list)
    timeouts: set[object] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)

    def request(self, method: str, url: str, **options: Any) -> Any:
        address, _, query = url.partition("?")
        parameters = dict(parse_qsl(options["data"] or query))
        host, _, path = address.partition("/v1/")
        assert host == "https://api.stripe.com"
        headers = options["headers"]
        self.sent.append((method, path, parameters, headers.get("Idempotency-Key")))
        self.timeouts.add(options["timeout"])
        self.tokens.add(headers["Authorization"])
        content = json.dumps(self.answer).encode()
        return SimpleNamespace(content=content, status_code=self.status, headers={})


def asked(
    do: Do, answer: dict[str, Any], monkeypatch: pytest.MonkeyPatch, status: int = 200
) -> Wire:
    """Let the product's own client ask; return what went out."""
    wire = Wire(answer, status)
    monkeypatch.setattr(requests.Session, "request", lambda _, *a, **b: wire.request(*a, **b))
    do(StripeProcessor("sk_test_1"))
    return wire


SENT: dict[str, tuple[Do, dict[str, Any], list[Sent]]] = {
    "a customer": (
        lambda at: at.create_customer(AccountId("user-1")),
        CUSTOMER,
        [("post", "customers", {"metadata[account_id]": "user-1"}, CUSTOMER_KEY)],
    ),
    "an intent": (
        lambda at: at.create_intent(PAYMENT, customer_id="cus_1"),
        INTENT,
        [("post", "payment_intents", OPENED, INTENT_KEY)],
    ),
    "an intent whose card is to be stored": (
        lambda at: at.create_intent(replace(PAYMENT, save_card=True), customer_id="cus_1"),
        INTENT,
        [
            (
                "post",
                "payment_intents",
                {**OPENED, "setup_future_usage": "off_session"},
                INTENT_KEY,
            )
        ],
    ),
    "what became of an intent": (
        lambda at: at.intent("pi_1"),
        INTENT,
        [("get", "payment_intents/pi_1", {"expand[0]": "latest_charge"}, None)],
    ),
    "refunds of an intent": (
        lambda at: at.refunds_of("pi_1"),
        NOTHING,
        [("get", "refunds", {"payment_intent": "pi_1", "limit": "100"}, None)],
    ),
    "the intent of a charge": (
        lambda at: at.intent_of_charge("ch_1"),
        CHARGE,
        [("get", "charges/ch_1", {}, None)],
    ),
    "a refund of all": (
        lambda at: at.refund(PAYMENT, REQUEST, again=False),
        REFUND,
        [("post", "refunds", REFUNDED, REFUND_KEY)],
    ),
    "a refund of a part": (
        lambda at: at.refund(PAYMENT, replace(REQUEST, amount=450), again=False),
        REFUND,
        [("post", "refunds", {**REFUNDED, "amount": "450"}, REFUND_KEY)],
    ),
    "a page of events": (
        lambda at: at.page(Source.EVENTS, WINDOW),
        NOTHING,
        [("get", "events", {**LISTED, **TYPES}, None)],
    ),
    "a page of intents": (
        lambda at: at.page(Source.INTENTS, WINDOW),
        NOTHING,
        [("get", "payment_intents", LISTED, None)],
    ),
    "a page of refunds": (
        lambda at: at.page(Source.REFUNDS, WINDOW),
        NOTHING,
        [("get", "refunds", LISTED, None)],
    ),
    "a first page of disputes": (
        lambda at: at.page(Source.DISPUTES, replace(WINDOW, after=None)),
        NOTHING,
        [("get", "disputes", {k: v for k, v in LISTED.items() if k != "starting_after"}, None)],
    ),
}


@pytest.mark.parametrize(("do", "answer", "sent"), SENT.values(), ids=SENT)
def test_each_call_sends_stripe_exactly_this(
    do: Do, answer: dict[str, Any], sent: list[Sent], monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = asked(do, answer, monkeypatch)

    assert wire.sent == sent
    assert wire.timeouts == {4}
    assert wire.tokens == {"Bearer sk_test_1"}


def test_a_paid_intent_is_read_with_its_refunds_and_disputes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wire = Wire(NOTHING)
    paid = {**INTENT, "status": "succeeded", "amount_received": 100}

    def request(_: object, method: str, url: str, **options: Any) -> Any:
        wire.answer = paid if "payment_intents" in url else NOTHING
        return wire.request(method, url, **options)

    monkeypatch.setattr(requests.Session, "request", request)

    StripeProcessor("sk_test_1").intent("pi_1")

    of_intent = {"payment_intent": "pi_1", "limit": "100"}
    assert [each[1:3] for each in wire.sent[1:]] == [
        ("refunds", of_intent),
        ("disputes", of_intent),
    ]


@pytest.mark.parametrize(
    ("do", "answer", "name"),
    [
        (lambda at: at.create_customer(LONG), CUSTOMER, "metadata[account_id]"),
        (
            lambda at: at.create_intent(replace(PAYMENT, account_id=LONG), customer_id="cus_1"),
            INTENT,
            "metadata[account_id]",
        ),
        (
            lambda at: at.refund(PAYMENT, replace(REQUEST, reason="a" * 501), again=False),
            REFUND,
            "metadata[reason]",
        ),
    ],
    ids=["customer", "intent", "refund"],
)
def test_metadata_is_cut_to_what_stripe_takes(
    do: Do, answer: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [(_, _, parameters, _)] = asked(do, answer, monkeypatch).sent

    assert parameters[name] == "a" * 500


def test_each_payment_account_and_request_has_a_key_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other: Payment = replace(PAYMENT, payment_id="pay_2")
    calls: list[tuple[Do, dict[str, Any]]] = [
        (lambda at: at.create_customer(AccountId("user-2")), CUSTOMER),
        (lambda at: at.create_intent(other, customer_id="cus_1"), INTENT),
        (lambda at: at.refund(other, REQUEST, again=False), REFUND),
        (lambda at: at.refund(PAYMENT, replace(REQUEST, key="more"), again=False), REFUND),
    ]

    keys = {asked(do, answer, monkeypatch).sent[0][3] for do, answer in calls}

    assert len(keys | {CUSTOMER_KEY, INTENT_KEY, REFUND_KEY}) == 7


def test_what_stripe_does_not_answer_is_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0)
    wire = Wire({"error": {"type": "api_error"}}, 500)
    monkeypatch.setattr(requests.Session, "request", lambda _, *a, **b: wire.request(*a, **b))

    with pytest.raises(Unavailable, match="Stripe cannot be reached, or did not answer in time"):
        StripeProcessor("sk_test_1").create_customer(AccountId("user-1"))

    assert len(wire.sent) == 2


def test_an_amount_of_requests_that_stripe_bears_no_longer_says_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(RateLimited) as refused:
        asked(SENT["a customer"][0], {"error": {"type": "invalid_request_error"}}, monkeypatch, 429)

    assert refused.value.retry_after_seconds == 2
    assert "Stripe asks to wait." in str(refused.value)


@pytest.mark.parametrize(
    ("status", "error", "detail", "pointer"),
    [
        (400, {"message": "No such thing.", "param": "amount"}, "No such thing.", "/amount"),
        (400, {"message": "No such thing."}, "No such thing.", ""),
        (400, {"param": "amount"}, "Stripe refused the request.", "/amount"),
        (404, {"message": "No such intent."}, "No such intent.", ""),
        (402, {"type": "card_error", "message": "Declined.", "param": "x"}, "Declined.", "/x"),
    ],
)
def test_what_stripe_refuses_is_refused_in_its_words(
    status: int,
    error: dict[str, str],
    detail: str,
    pointer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(InvalidRequest) as refused:
        asked(SENT["a refund of all"][0], {"error": error}, monkeypatch, status)

    assert (refused.value.detail, refused.value.pointer) == (detail, pointer)


@pytest.mark.parametrize(
    ("status", "read"),
    [(199, True), (200, True), (299, True), (300, False), (399, False), (400, True), (502, True)],
)
def test_from_300_to_399_nothing_is_an_answer_and_a_refusal_is_the_sdks_to_read(
    status: int, read: bool
) -> None:
    session = SimpleNamespace(request=lambda *_, **__: SimpleNamespace(
        content=b'{"object": "list"}', status_code=status, headers={}
    ))  # fmt: skip
    client = ReadableClient(timeout=1, session=session)

    if read:
        assert client.request("get", "https://api.stripe.com/v1/x", {})[1] == status
    else:
        with pytest.raises(stripe.APIConnectionError, match=f"The answer \\({status}\\)") as lost:
            client.request("get", "https://api.stripe.com/v1/x", {})
        assert lost.value.should_retry
