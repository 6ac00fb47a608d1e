"""Cards that are kept: set up, used off-session, detached."""

import pytest
import stripe

from tests.local_stripe.conftest import StandIn, pay_with


def saved_card(client: stripe.StripeClient, name: str) -> tuple[str, str]:
    """A customer with a card attached; both ids."""
    customer = client.v1.customers.create({"email": "a@example.com"})
    method = client.v1.payment_methods.attach(name, {"customer": customer.id})
    return customer.id, method.id


def test_off_session_a_saved_card_pays_without_its_holder(client: stripe.StripeClient) -> None:
    customer, method = saved_card(client, "pm_card_visa")

    intent = client.v1.payment_intents.create(
        {
            "amount": 2000,
            "currency": "usd",
            "customer": customer,
            "payment_method": method,
            "off_session": True,
            "confirm": True,
        }
    )

    assert intent.status == "succeeded"
    assert intent.payment_method == method


def test_off_session_a_card_that_wants_its_holder_is_declined(
    client: stripe.StripeClient,
) -> None:
    customer, method = saved_card(client, "pm_card_authenticationRequired")

    with pytest.raises(stripe.CardError) as caught:
        pay_with(client, method, customer=customer, off_session=True)

    error = caught.value.error
    assert error is not None
    assert error.code == "authentication_required"
    assert error.payment_intent is not None
    assert error.payment_intent.status == "requires_payment_method"
    assert error.payment_method is not None
    assert error.payment_method.id == method


def test_a_card_set_up_with_its_holder_pays_off_session_afterwards(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    customer = client.v1.customers.create({"name": "A"}).id
    card = "pm_card_authenticationRequiredOnSetup"
    first = pay_with(client, card, customer=customer, setup_future_usage="off_session")
    standin.pay(first.id, "succeed")
    method = client.v1.customers.payment_methods.list(customer).data[0]

    second = pay_with(client, method.id, customer=customer, off_session=True)

    assert first.status == "requires_action"
    assert second.status == "succeeded"
    assert "payment_method.attached" in standin.event_types()


def test_a_card_used_once_without_a_customer_cannot_be_used_again(
    client: stripe.StripeClient,
) -> None:
    first = pay_with(client, "pm_card_visa")
    assert isinstance(first.payment_method, str)

    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        pay_with(client, first.payment_method)


def test_a_detached_card_is_gone_from_its_customer(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    customer, method = saved_card(client, "pm_card_visa")

    client.v1.payment_methods.detach(method)

    assert client.v1.payment_methods.list({"customer": customer}).data == []
    assert client.v1.payment_methods.retrieve(method).customer is None
    assert standin.event_types()[-2:] == ["payment_method.attached", "payment_method.detached"]


def test_a_declining_card_cannot_be_attached(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.CardError):
        saved_card(client, "pm_card_visa_chargeDeclined")


def test_setup_intents_save_a_card_with_and_without_its_holder(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    customer = client.v1.customers.create().id
    easy = client.v1.setup_intents.create(
        {
            "customer": customer,
            "payment_method": "pm_card_visa",
            "confirm": True,
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        }
    )
    hard = client.v1.setup_intents.create(
        {"customer": customer, "allowed_payment_method_types": ["card"]}
    )

    asking = client.v1.setup_intents.confirm(
        hard.id, {"payment_method": "pm_card_authenticationRequiredOnSetup"}
    )
    standin.control("pay", setup_intent=hard.id, outcome="succeed")

    assert easy.status == "succeeded"
    assert asking.status == "requires_action"
    assert client.v1.setup_intents.retrieve(hard.id).status == "succeeded"
    assert len(client.v1.payment_methods.list({"customer": customer}).data) == 2
    assert standin.event_types().count("setup_intent.succeeded") == 2
