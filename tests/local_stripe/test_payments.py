"""Payment intents through the official SDK: test cards, 3-D Secure, slow banks."""

import pytest
import stripe

from tests.local_stripe.conftest import StandIn, pay_with


def test_a_new_intent_waits_for_a_payment_method(client: stripe.StripeClient) -> None:
    intent = client.v1.payment_intents.create(
        {"amount": 2000, "currency": "USD", "metadata": {"order_id": "o-1", "0": "zero"}}
    )

    assert intent.id.startswith("pi_")
    assert intent.status == "requires_payment_method"
    assert intent.client_secret is not None
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    assert intent.currency == "usd"
    assert intent.metadata.to_dict() == {"order_id": "o-1", "0": "zero"}
    assert intent.livemode is False
    assert intent.automatic_payment_methods is not None


def test_a_good_card_pays_at_once(standin: StandIn, client: stripe.StripeClient) -> None:
    intent = pay_with(client, "pm_card_visa", expand=["latest_charge.balance_transaction"])

    charge = intent.latest_charge
    assert intent.status == "succeeded"
    assert intent.amount_received == 2000
    assert isinstance(charge, stripe.Charge)
    assert charge.paid
    assert isinstance(charge.balance_transaction, stripe.BalanceTransaction)
    assert charge.balance_transaction.net == 2000 - 88
    assert standin.event_types() == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


@pytest.mark.parametrize(
    ("method", "code", "decline_code"),
    [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
    ],
)
def test_a_declined_card_is_a_402_that_leaves_its_traces(
    standin: StandIn, client: stripe.StripeClient, method: str, code: str, decline_code: str
) -> None:
    with pytest.raises(stripe.CardError) as caught:
        pay_with(client, method)

    error = caught.value.error
    assert caught.value.http_status == 402
    assert caught.value.request_id is not None
    assert caught.value.code == code
    assert error is not None
    assert error.type == "card_error"
    assert error.decline_code == decline_code
    assert error.payment_intent is not None
    intent = client.v1.payment_intents.retrieve(error.payment_intent.id)
    assert intent.status == "requires_payment_method"
    assert intent.payment_method is None
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.decline_code == decline_code
    assert intent.latest_charge == error.charge
    assert standin.event_types()[1:] == ["charge.failed", "payment_intent.payment_failed"]


def declined(client: stripe.StripeClient) -> stripe.PaymentIntent:
    """Return an intent of which a card was declined."""
    intent = client.v1.payment_intents.create(
        {"amount": 2000, "currency": "usd", "allowed_payment_method_types": ["card"]}
    )
    with pytest.raises(stripe.CardError):
        client.v1.payment_intents.confirm(
            intent.id, {"payment_method": "pm_card_visa_chargeDeclined"}
        )
    return intent


def test_a_declined_intent_can_still_be_paid_with_another_card(
    client: stripe.StripeClient,
) -> None:
    intent = declined(client)

    paid = client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert paid.status == "succeeded"
    assert paid.last_payment_error is None
    charges = client.v1.charges.list({"payment_intent": intent.id}).data
    assert [each.status for each in charges] == ["succeeded", "failed"]


def test_a_declined_intent_can_still_ask_the_holder_of_another_card(
    client: stripe.StripeClient,
) -> None:
    intent = declined(client)

    asking = client.v1.payment_intents.confirm(
        intent.id, {"payment_method": "pm_card_authenticationRequired"}
    )

    assert asking.status == "requires_action"
    assert asking.last_payment_error is None


def test_card_numbers_work_like_their_payment_methods(client: stripe.StripeClient) -> None:
    card = {"number": "4000 0000 0000 9995", "exp_month": 1, "exp_year": 2033, "cvc": "123"}
    with pytest.raises(stripe.CardError) as caught:
        pay_with(
            client,
            "",
            **{"payment_method": None, "payment_method_data": {"type": "card", "card": card}},
        )

    assert caught.value.error is not None
    assert caught.value.error.decline_code == "insufficient_funds"


def test_three_d_secure_asks_and_the_customer_completes_it(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    asking = pay_with(client, "pm_card_authenticationRequired")
    after = standin.pay(asking.id, "succeed")

    assert asking.status == "requires_action"
    assert asking.next_action is not None
    assert asking.next_action.type == "use_stripe_sdk"
    assert after["payment_intent"]["status"] == "succeeded"
    assert after["payment_intent"]["next_action"] is None
    assert standin.event_types()[1:] == [
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


def test_with_a_return_url_the_customer_is_redirected(client: stripe.StripeClient) -> None:
    asking = pay_with(
        client,
        "pm_card_threeDSecure2Required",
        automatic_payment_methods={"enabled": True},
        return_url="https://example.com/back",
    )

    assert asking.next_action is not None
    assert asking.next_action.redirect_to_url is not None
    assert asking.next_action.redirect_to_url.return_url == "https://example.com/back"


def test_a_holder_who_fails_three_d_secure_leaves_no_charge(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    asking = pay_with(client, "pm_card_authenticationRequired")

    after = standin.pay(asking.id, "decline")["payment_intent"]

    assert after["status"] == "requires_payment_method"
    assert after["last_payment_error"]["code"] == "payment_intent_authentication_failure"
    assert client.v1.charges.list({"payment_intent": asking.id}).data == []


def test_a_card_may_decline_after_three_d_secure(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    card = "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"
    asking = pay_with(client, card)

    after = standin.pay(asking.id, "succeed")["payment_intent"]

    assert asking.status == "requires_action"
    assert after["status"] == "requires_payment_method"
    assert after["last_payment_error"]["decline_code"] == "insufficient_funds"


def test_error_on_requires_action_declines_instead_of_asking(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.CardError) as caught:
        pay_with(client, "pm_card_authenticationRequired", error_on_requires_action=True)

    assert caught.value.code == "authentication_required"


def test_a_bank_debit_is_processing_until_the_bank_says(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    paid = pay_with(client, "pm_usBankAccount_success")
    unpaid = pay_with(client, "pm_usBankAccount_insufficientFunds")

    settled = standin.pay(paid.id, "succeed")["payment_intent"]
    failed = standin.pay(unpaid.id, "succeed")["payment_intent"]

    assert (paid.status, unpaid.status) == ("processing", "processing")
    assert settled["status"] == "succeeded"
    assert settled["latest_charge"] == paid.latest_charge
    assert failed["status"] == "requires_payment_method"
    assert client.v1.charges.retrieve(failed["latest_charge"]).status == "failed"


def test_an_open_intent_can_be_canceled_and_a_paid_one_cannot(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    open_one, paid = standin.intent(), standin.paid()

    canceled = client.v1.payment_intents.cancel(open_one, {"cancellation_reason": "abandoned"})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.cancel(paid)

    assert canceled.status == "canceled"
    assert canceled.cancellation_reason == "abandoned"
    assert caught.value.code == "payment_intent_unexpected_state"
    assert client.v1.payment_intents.retrieve(paid).status == "succeeded"
