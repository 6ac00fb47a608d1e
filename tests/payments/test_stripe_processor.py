"""The payment processor on a stand-in for Stripe, through the official SDK."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import InvalidRequest, PrepaidError, RateLimited, Unavailable
from prepaid.domain.keys import Fingerprint
from prepaid.payments.disputes import Disputed
from prepaid.payments.payment import Paid, Payment, PaymentStatus, Progress
from prepaid.payments.ports import PaymentEvent, RefundRequest
from prepaid.payments.receipts import Card, Receipt
from prepaid.payments.reconciliation_ports import FoundPage, Source
from prepaid.payments.refund_facts import ChargeRefunded, Refunded
from prepaid.payments.stripe.events import EventInvalid, StripeEvent, read_event
from prepaid.payments.stripe.processor import StripeProcessor
from prepaid.windows import Window

from local.stripe.delivery import Endpoint
from tests.local_stripe.conftest import StandIn, running
from tests.support.ledger_harness import NOW, new_account_id
from tests.support.stripe_wire import Line, processor
from tests.support.wire import Fault, only

REFUSING = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def one_stripe_api() -> Iterator[StandIn]:
    with running(endpoint=Endpoint(url=REFUSING, attempts=1, timeout=1)) as served:
        yield served


@pytest.fixture
def stripe_api(one_stripe_api: StandIn) -> StandIn:
    one_stripe_api.control("reset")
    return one_stripe_api


@pytest.fixture
def payment_processor(stripe_api: StandIn) -> Iterator[StripeProcessor]:
    with processor(stripe_api.url) as made:
        yield made


def payment(name: str = "pay_1", **more: object) -> Payment:
    made = Payment(
        payment_id=name,
        account_id=AccountId("user-1"),
        package_id="professional",
        credits=Credits(50_000),
        bonus=Credits(5_000),
        price=4500,
        currency="usd",
        created_at=NOW,
        fingerprint="v1:terms",
        provider="stripe",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields by name


def opened(payment_processor: StripeProcessor, made: Payment) -> Payment:
    """Open an intent for a payment."""
    intent = payment_processor.create_intent(
        made, customer_id=payment_processor.create_customer(made.account_id)
    )
    return replace(made, intent_id=intent.intent_id)


def request(made: Payment, key: str = "back", amount: int | None = None) -> RefundRequest:
    return RefundRequest(
        payment_id=made.payment_id,
        account_id=made.account_id,
        key=key,
        fingerprint=Fingerprint("v1:back"),
        actor="admin:admin-1",
        reason="asked for it",
        amount=amount,
        asked_at=NOW,
    )


def test_an_account_has_one_customer_within_a_day(payment_processor: StripeProcessor) -> None:
    account_id = new_account_id()

    first, second = (
        payment_processor.create_customer(account_id),
        payment_processor.create_customer(account_id),
    )

    assert first == second
    assert payment_processor.create_customer(new_account_id()) != first


@pytest.mark.fault("A12")
@pytest.mark.parametrize(("price", "currency"), [(4500, "usd"), (1500, "jpy"), (3070, "kwd")])
def test_a_payment_has_one_intent_for_exactly_its_price(
    payment_processor: StripeProcessor, stripe_api: StandIn, price: int, currency: str
) -> None:
    made = payment(price=price, currency=currency)
    customer_id = payment_processor.create_customer(made.account_id)

    first = payment_processor.create_intent(made, customer_id=customer_id)
    second = payment_processor.create_intent(made, customer_id=customer_id)

    stored = stripe_api.client.v1.payment_intents.retrieve(first.intent_id)
    assert first == second
    assert (stored.amount, stored.currency, stored.customer) == (price, currency, customer_id)
    assert first.client_secret.startswith(f"{first.intent_id}_secret_")
    assert first.payment_id == made.payment_id
    assert stored.setup_future_usage is None


def test_a_card_is_kept_when_the_payer_agreed(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made = opened(payment_processor, payment(save_card=True))

    stored = stripe_api.client.v1.payment_intents.retrieve(made.intent_id or "")

    assert stored.setup_future_usage == "off_session"


@pytest.mark.parametrize(
    ("outcomes", "facts"),
    [
        ((), []),
        (("processing",), [(Progress, PaymentStatus.PROCESSING)]),
        (("decline",), [(Progress, PaymentStatus.FAILED)]),
        (("cancel",), [(Progress, PaymentStatus.CANCELED)]),
        (("succeed",), [(Paid, 4500)]),
        (
            ("succeed", "half-refund"),
            [(Paid, 4500), (Refunded, 2250), (ChargeRefunded, 2250)],
        ),
        (("succeed", "dispute-won"), [(Paid, 4500), (Disputed, 0)]),
        (("succeed", "dispute-lost"), [(Paid, 4500), (Disputed, 4500)]),
        (("succeed", "dispute-part-won"), [(Paid, 4500), (Disputed, 2250)]),
        (("succeed", "dispute-open"), [(Paid, 4500), (Disputed, 4500)]),
        (("succeed", "dispute-inquiry"), [(Paid, 4500), (Disputed, 0)]),
    ],
)
def test_an_intent_is_read_with_everything_that_became_of_it(
    payment_processor: StripeProcessor,
    stripe_api: StandIn,
    outcomes: tuple[str, ...],
    facts: list[tuple[type, object]],
) -> None:
    made = opened(payment_processor, payment())
    for outcome in outcomes:
        stripe_api.pay(made.intent_id or "", outcome)

    intent = payment_processor.intent(made.intent_id or "")

    reported = [each for each in intent.facts if not isinstance(each, Receipt)]
    assert [(type(fact), _reported(fact)) for fact in reported] == facts
    assert intent.payment_id == made.payment_id


@pytest.mark.parametrize(
    ("method", "card"),
    [
        ("pm_card_visa", Card("visa", "4242")),
        ("pm_card_amex", Card("amex", "0005")),
    ],
)
def test_a_paid_intent_brings_its_receipt_and_card(
    payment_processor: StripeProcessor, stripe_api: StandIn, method: str, card: Card
) -> None:
    made = opened(payment_processor, payment())
    before = payment_processor.intent(made.intent_id or "").facts
    stripe_api.pay(made.intent_id or "", "succeed", payment_method=method)

    [receipt] = [
        each
        for each in payment_processor.intent(made.intent_id or "").facts
        if isinstance(each, Receipt)
    ]

    assert before == []
    assert receipt.card == card
    assert httpx.get(str(receipt.url), trust_env=False).status_code == 200
    assert card.last4 in httpx.get(str(receipt.url), trust_env=False).text


def _reported(fact: object) -> object:
    match fact:
        case Progress():
            return fact.status
        case Disputed():
            return fact.gone
        case Paid() | Refunded() | ChargeRefunded():
            return fact.amount
    raise AssertionError(fact)


def test_refunds_are_listed_with_their_sum_and_the_request_that_made_them(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")
    payment_processor.refund(made, request(made, amount=450), again=False)

    single, total = payment_processor.refunds_of(made.intent_id or "")

    assert isinstance(single, Refunded)
    assert isinstance(total, ChargeRefunded)
    assert (single.amount, single.currency, single.request) == (450, "usd", "back")
    assert (total.amount, total.at) == (450, single.at)


def test_the_intent_of_a_charge_is_found(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")
    [paid] = [
        each
        for each in payment_processor.intent(made.intent_id or "").facts
        if isinstance(each, Paid)
    ]

    assert payment_processor.intent_of_charge(paid.charge_id or "") == made.intent_id
    assert payment_processor.intent_of_charge("ch_none") is None


EVER = Window(since=Instant(0), until=Instant(4_000_000_000))


def news_of(
    payment_processor: StripeProcessor, source: Source, window: Window = EVER
) -> list[PaymentEvent]:
    """Read one page; all that it says of payments of ours."""
    return [
        event for found in payment_processor.page(source, window).found for event in found.events
    ]


def test_only_intents_that_name_a_payment_of_ours_say_anything(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    stripe_api.paid()
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")

    reported = news_of(payment_processor, Source.INTENTS)

    assert [(each.intent_id, type(each.fact)) for each in reported] == [(made.intent_id, Paid)]


@pytest.mark.parametrize("mode", ["drop", "normal"])
def test_events_are_read_as_the_webhook_would_whoever_took_them(
    payment_processor: StripeProcessor, stripe_api: StandIn, mode: str
) -> None:
    stripe_api.control("delivery", mode=mode)
    made = opened(payment_processor, payment())
    for outcome in ("succeed", "half-refund"):
        stripe_api.pay(made.intent_id or "", outcome)

    event = news_of(payment_processor, Source.EVENTS)

    assert {type(each.fact) for each in event} == {Paid, Receipt, Refunded, ChargeRefunded}
    assert {each.intent_id for each in event} == {made.intent_id}


def test_refunds_and_disputes_are_listed_by_their_own_time(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made, other = opened(payment_processor, payment()), opened(payment_processor, payment("pay_2"))
    for each, outcome in ((made, "half-refund"), (other, "dispute-lost")):
        stripe_api.pay(each.intent_id or "", "succeed")
        stripe_api.pay(each.intent_id or "", outcome)
    refund = stripe_api.client.v1.refunds.list().data[0]
    just_then = Window(since=Instant(refund.created), until=Instant(refund.created + 60))
    before = Window(since=Instant(0), until=Instant(refund.created))

    refunds, disputes = (
        news_of(payment_processor, Source.REFUNDS, just_then),
        news_of(payment_processor, Source.DISPUTES),
    )

    assert [(each.intent_id, _reported(each.fact)) for each in refunds] == [(made.intent_id, 2250)]
    assert [each.intent_id for each in disputes] == [other.intent_id]
    assert isinstance(disputes[0].fact, Disputed)
    assert disputes[0].fact.status == "lost"
    assert payment_processor.page(Source.REFUNDS, before) == FoundPage(found=[], more=False)


def test_a_list_goes_on_after_the_last_object_and_refuses_a_place_that_is_gone(
    payment_processor: StripeProcessor, stripe_api: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prepaid.payments.stripe.lists.PAGE", 2)
    made = [stripe_api.intent() for _ in range(3)]

    first = payment_processor.page(Source.INTENTS, EVER)
    last = first.found[-1].object_id
    second = payment_processor.page(Source.INTENTS, replace(EVER, after=last))

    found = [*first.found, *second.found]
    assert [each.object_id for each in found] == made[::-1]
    assert (first.more, second.more) == (True, False)
    with pytest.raises(InvalidRequest):
        payment_processor.page(Source.INTENTS, replace(EVER, after="pi_gone"))


def test_a_refund_is_made_once_for_each_request(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")

    first = payment_processor.refund(made, request(made, amount=450), again=False)
    second = payment_processor.refund(made, request(made, amount=450), again=False)
    rest = payment_processor.refund(made, request(made, key="rest"), again=True)

    assert first == second
    assert (first.amount, rest.amount) == (450, 4050)
    assert first.status == "succeeded"
    assert len(stripe_api.client.v1.refunds.list().data) == 2


def test_a_refund_of_which_stripe_says_no_status_is_on_its_way(
    stripe_api: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b'{"id": "re_1", "object": "refund", "amount": 450, "currency": "usd", "status": null}'
    monkeypatch.setattr(
        "stripe.RequestsClient.request", lambda *_, **__: (body, 200, {"Request-Id": "req_1"})
    )
    made = payment(intent_id="pi_1")

    with processor(stripe_api.url) as payment_processor:
        receipt = payment_processor.refund(made, request(made, amount=450), again=False)

    assert (receipt.refund_id, receipt.status) == ("re_1", "pending")


def test_a_refund_that_stripes_key_has_forgotten_is_found_by_its_name(stripe_api: StandIn) -> None:
    line = Line()
    with processor(stripe_api.url, line) as payment_processor:
        made = opened(payment_processor, payment())
        stripe_api.pay(made.intent_id or "", "succeed")
        first = payment_processor.refund(made, request(made, amount=450), again=False)
        line.sent.clear()

        again = payment_processor.refund(made, request(made, amount=450), again=True)

    assert again == first
    assert line.sent == ["GET refunds"]


def test_what_stripe_never_accepts_is_refused_with_its_reason(
    payment_processor: StripeProcessor, stripe_api: StandIn
) -> None:
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")

    with pytest.raises(InvalidRequest) as unknown:
        payment_processor.intent("pi_none")
    with pytest.raises(InvalidRequest) as too_much:
        payment_processor.refund(made, request(made, amount=4501), again=False)

    assert "pi_none" in unknown.value.detail
    assert too_much.value.pointer == "/amount"


@pytest.mark.parametrize("fault", [Fault.NOT_SENT, Fault.REPLY_LOST])
def test_a_call_that_was_lost_is_an_unknown_outcome(stripe_api: StandIn, fault: Fault) -> None:
    with (
        processor(stripe_api.url, Line(only(1, fault))) as payment_processor,
        pytest.raises(Unavailable),
    ):
        payment_processor.create_customer(new_account_id())


@pytest.mark.parametrize(
    ("status", "error"), [(429, RateLimited), (500, Unavailable), (401, Unavailable)]
)
def test_every_error_of_stripes_becomes_one_of_ours(
    stripe_api: StandIn, monkeypatch: pytest.MonkeyPatch, status: int, error: type[PrepaidError]
) -> None:
    body = b'{"error": {"type": "api_error", "message": "as the test says"}}'
    monkeypatch.setattr(
        "stripe.RequestsClient.request", lambda *_, **__: (body, status, {"Request-Id": "req_1"})
    )

    with processor(stripe_api.url) as payment_processor, pytest.raises(error):
        payment_processor.create_customer(new_account_id())


def test_a_key_that_stripe_refuses_tells_nobody_the_key(stripe_api: StandIn) -> None:
    with (
        processor(stripe_api.url, key="pk_test_secretive") as payment_processor,
        pytest.raises(Unavailable) as refused,
    ):
        payment_processor.create_customer(new_account_id())

    assert "secretive" not in str(refused.value)


def test_an_event_that_cannot_be_read_holds_up_no_other(
    payment_processor: StripeProcessor, stripe_api: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(payment_processor, payment())
    stripe_api.pay(made.intent_id or "", "succeed")
    stripe_api.pay(made.intent_id or "", "half-refund")

    def picky(body: bytes) -> StripeEvent | None:
        if b"payment_intent.succeeded" in body:
            raise EventInvalid("The body is no event.")
        return read_event(body)

    monkeypatch.setattr("prepaid.payments.stripe.lists.read_event", picky)

    found = payment_processor.page(Source.EVENTS, EVER).found

    unreadable = [each.unreadable for each in found if each.unreadable]
    reported = [event for each in found for event in each.events]
    assert unreadable == ["payment_intent.succeeded: The body is no event."]
    assert {type(each.fact) for each in reported} == {Receipt, Refunded, ChargeRefunded}
