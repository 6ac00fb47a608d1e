"""Refunds and disputes: amounts, order of events, and what is refused."""

import pytest
import stripe

from tests.local_stripe.conftest import StandIn


def charge_of(client: stripe.StripeClient, intent: str) -> stripe.Charge:
    """The charge that paid *intent*."""
    charge = client.v1.payment_intents.retrieve(intent, {"expand": ["latest_charge"]}).latest_charge
    assert isinstance(charge, stripe.Charge)
    return charge


def after_payment(standin: StandIn) -> list[str]:
    """The events that followed the payment."""
    types = standin.event_types()
    return types[types.index("payment_intent.succeeded") + 1 :]


def test_partial_refunds_add_up_to_a_full_one(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)

    first = client.v1.refunds.create(
        {"payment_intent": intent, "amount": 500, "metadata": {"why": "test"}}
    )
    part = charge_of(client, intent)
    client.v1.refunds.create({"charge": part.id, "reason": "duplicate"})
    whole = charge_of(client, intent)

    assert (first.status, first.amount) == ("succeeded", 500)
    assert first.metadata is not None
    assert first.metadata.to_dict() == {"why": "test"}
    assert (part.amount_refunded, part.refunded) == (500, False)
    assert (whole.amount_refunded, whole.refunded) == (2000, True)
    assert after_payment(standin) == ["refund.created", "charge.refunded"] * 2
    assert [each.amount for each in client.v1.refunds.list({"payment_intent": intent}).data] == [
        1500,
        500,
    ]


def test_more_than_what_is_left_cannot_be_refunded(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)
    client.v1.refunds.create({"payment_intent": intent, "amount": 1500})

    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        client.v1.refunds.create({"payment_intent": intent, "amount": 501})
    client.v1.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent})

    assert caught.value.code == "charge_already_refunded"
    assert charge_of(client, intent).amount_refunded == 2000


def test_an_unpaid_intent_cannot_be_refunded(standin: StandIn, client: stripe.StripeClient) -> None:
    intent = standin.intent()

    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        client.v1.refunds.create({"payment_intent": intent})


def test_a_refund_that_fails_later_counts_no_more(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 800})

    standin.pay(intent, "refund-failed")

    failed = client.v1.refunds.retrieve(refund.id)
    assert failed.status == "failed"
    assert failed.failure_reason is not None
    assert charge_of(client, intent).amount_refunded == 0
    assert after_payment(standin)[2:] == [
        "refund.updated",
        "charge.refund.updated",
        "refund.failed",
    ]


def test_the_card_whose_refunds_fail_does_so_by_itself(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.intent()
    standin.pay(intent, "succeed", payment_method="pm_card_refundFail")

    refund = client.v1.refunds.create({"payment_intent": intent})

    assert refund.status == "succeeded"
    assert client.v1.refunds.retrieve(refund.id).status == "failed"
    assert charge_of(client, intent).refunded is False


def test_a_pending_refund_arrives_later(standin: StandIn, client: stripe.StripeClient) -> None:
    intent = standin.intent()
    standin.pay(intent, "succeed", payment_method="pm_card_pendingRefund")
    refund = client.v1.refunds.create({"payment_intent": intent})

    standin.pay(intent, "refund-arrived")

    assert refund.status == "pending"
    assert client.v1.refunds.retrieve(refund.id).status == "succeeded"


def test_the_door_refunds_all_or_half(standin: StandIn, client: stripe.StripeClient) -> None:
    half, whole = standin.paid(1001), standin.paid(1001)

    standin.pay(half, "half-refund")
    standin.pay(whole, "refund")

    assert charge_of(client, half).amount_refunded == 500
    assert charge_of(client, whole).amount_refunded == 1001


@pytest.mark.parametrize(
    ("outcome", "status", "rest"),
    [
        ("dispute-open", "needs_response", []),
        (
            "dispute-won",
            "won",
            ["charge.dispute.funds_reinstated", "charge.dispute.closed"],
        ),
        ("dispute-lost", "lost", ["charge.dispute.closed"]),
    ],
)
def test_a_dispute_is_opened_withdrawn_and_then_decided(
    standin: StandIn, client: stripe.StripeClient, outcome: str, status: str, rest: list[str]
) -> None:
    intent = standin.paid(2000)

    standin.pay(intent, outcome)

    dispute = client.v1.disputes.list({"payment_intent": intent}).data[0]
    assert dispute.id.startswith("du_")
    assert (dispute.status, dispute.amount) == (status, 2000)
    moved = [each.amount for each in dispute.balance_transactions]
    assert moved == ([-2000, 2000] if status == "won" else [-2000])
    assert charge_of(client, intent).disputed
    opened = ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    assert after_payment(standin) == opened + rest


def test_a_dispute_takes_only_what_was_not_refunded(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)
    standin.pay(intent, "refund", amount=700)

    standin.pay(intent, "dispute-open")

    assert client.v1.disputes.list().data[0].amount == 1300


def test_a_dispute_that_was_opened_before_is_the_one_decided(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid()
    standin.pay(intent, "dispute-open", amount=600)

    standin.pay(intent, "dispute-won")
    again = standin.knock("pay", payment_intent=intent, outcome="dispute-lost")

    disputes = client.v1.disputes.list().data
    assert [(each.status, each.amount) for each in disputes] == [("won", 600)]
    assert again.status_code == 409


def test_an_inquiry_takes_nothing_until_it_becomes_a_dispute(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    asked, escalated = standin.paid(), standin.paid()

    standin.pay(asked, "dispute-inquiry")
    standin.pay(asked, "dispute-inquiry-closed")
    standin.pay(escalated, "dispute-inquiry")
    standin.pay(escalated, "dispute-lost")

    closed = client.v1.disputes.list({"payment_intent": asked}).data[0]
    lost = client.v1.disputes.list({"payment_intent": escalated}).data[0]
    assert (closed.status, closed.balance_transactions) == ("warning_closed", [])
    assert lost.status == "lost"
    assert [each for each in standin.event_types() if "dispute" in each] == [
        "charge.dispute.created",
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
    ]


def test_a_charge_in_dispute_cannot_be_refunded(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid()
    standin.pay(intent, "dispute-open")

    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.refunds.create({"payment_intent": intent})

    assert caught.value.code == "charge_disputed"
    assert charge_of(client, intent).amount_refunded == 0


def test_the_dispute_card_is_disputed_by_itself(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.intent()

    standin.pay(intent, "succeed", payment_method="pm_card_createDispute")

    assert client.v1.disputes.list().data[0].payment_intent == intent
    assert client.v1.payment_intents.retrieve(intent).status == "succeeded"


@pytest.mark.parametrize("outcome", ["refund", "half-refund", "dispute-lost", "refund-arrived"])
def test_the_door_refuses_what_cannot_happen_to_an_unpaid_intent(
    standin: StandIn, client: stripe.StripeClient, outcome: str
) -> None:
    intent = standin.intent()
    events = standin.event_types()

    answer = standin.knock("pay", payment_intent=intent, outcome=outcome)

    assert answer.status_code == 409
    assert standin.event_types() == events
    assert client.v1.payment_intents.retrieve(intent).status == "requires_payment_method"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"payment_intent": "pi_no", "outcome": "succeed"}, 404),
        ({"outcome": "succeed"}, 400),
        ({"payment_intent": 1, "outcome": "succeed"}, 400),
    ],
)
def test_the_door_refuses_bodies_that_name_no_intent(
    standin: StandIn, body: dict[str, object], status: int
) -> None:
    answer = standin.knock("pay", **body)

    assert answer.status_code == status
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        (["succeed"], "succeeded"),
        (["decline"], "requires_payment_method"),
        (["cancel"], "canceled"),
        (["processing"], "processing"),
        (["processing", "decline"], "requires_payment_method"),
        (["require_action"], "requires_action"),
        (["require_action", "cancel"], "canceled"),
        (["decline", "succeed"], "succeeded"),
    ],
)
def test_the_door_plays_every_way_a_payment_can_go(
    standin: StandIn, outcomes: list[str], status: str
) -> None:
    intent = standin.intent()

    for outcome in outcomes:
        after = standin.pay(intent, outcome)

    assert after["payment_intent"]["status"] == status
    assert after["events"][-1]["type"].startswith("payment_intent.")


def moved(disputed: stripe.Dispute) -> list[tuple[str, int, str]]:
    """Categories, amounts and currencies of a dispute's balance transactions."""
    return [
        (each.reporting_category, each.amount, each.currency)
        for each in disputed.balance_transactions
    ]


@pytest.mark.parametrize(("amount", "back"), [(None, 1000), (1, 1), (1999, 1999)])
def test_a_dispute_can_be_lost_and_still_return_a_part(
    standin: StandIn, client: stripe.StripeClient, amount: int | None, back: int
) -> None:
    intent = standin.paid(2000)
    standin.pay(intent, "dispute-part-won", **({"amount": amount} if amount else {}))

    disputed = client.v1.disputes.list().data[0]
    assert disputed.status == "lost"
    assert moved(disputed) == [("dispute", -2000, "usd"), ("dispute_reversal", back, "usd")]
    assert standin.event_types()[-3:] == [
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


def test_a_dispute_that_is_won_returns_all_under_a_category_of_its_own(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    standin.pay(standin.paid(2000), "dispute-won")

    disputed = client.v1.disputes.list().data[0]
    assert disputed.status == "won"
    assert moved(disputed) == [("dispute", -2000, "usd"), ("dispute_reversal", 2000, "usd")]


@pytest.mark.parametrize("amount", [2000, 3000])
def test_a_part_is_less_than_the_whole(standin: StandIn, amount: int) -> None:
    answer = standin.knock(
        "pay", payment_intent=standin.paid(2000), outcome="dispute-part-won", amount=amount
    )

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "amount"


def test_money_moves_in_the_currency_that_we_are_paid_in_at_the_rate_of_the_day(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)
    standin.control("settlement", currency="eur", rate=915_000)
    standin.pay(intent, "dispute-open")
    standin.control("settlement", currency="eur", rate=930_000)
    standin.pay(intent, "dispute-won")
    standin.control("settlement")
    standin.pay(standin.paid(2000), "dispute-open")

    later, disputed = client.v1.disputes.list().data
    assert (disputed.amount, disputed.currency) == (2000, "usd")
    assert moved(disputed) == [("dispute", -1830, "eur"), ("dispute_reversal", 1860, "eur")]
    assert moved(later) == [("dispute", -2000, "usd")]
    assert standin.knock("settlement", currency="eur").status_code == 400


def test_a_refund_that_is_canceled_on_its_way_leaves_the_charges_sum_without_a_word(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid(2000)
    standin.pay(intent, "refund-pending", amount=700)
    charge_id = str(client.v1.payment_intents.retrieve(intent).latest_charge)
    before = client.v1.charges.retrieve(charge_id).amount_refunded
    reported = len(standin.event_types())

    standin.pay(intent, "refund-canceled")

    refund = client.v1.refunds.list().data[0]
    assert (before, refund.status) == (700, "canceled")
    assert client.v1.charges.retrieve(charge_id).amount_refunded == 0
    assert standin.event_types()[reported:] == ["refund.updated", "charge.refund.updated"]
    assert standin.knock("pay", payment_intent=intent, outcome="refund-arrived").status_code == 409


def test_another_products_payments_carry_no_mark_and_any_currency(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    foreign = standin.intent(900, "eur")
    standin.pay(foreign, "succeed")
    standin.pay(foreign, "half-refund")

    refund = client.v1.refunds.list().data[0]
    intent = client.v1.payment_intents.retrieve(foreign)
    assert (refund.amount, refund.currency) == (450, "eur")
    assert refund.to_dict()["metadata"] == intent.to_dict()["metadata"] == {}
