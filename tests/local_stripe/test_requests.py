"""Keys, parameters, amounts, idempotency, lists and expansion through the official SDK."""

import base64
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import stripe

from tests.local_stripe.conftest import StandIn, running, sdk

PRICE: stripe.params.PaymentIntentCreateParams = {"amount": 2000, "currency": "usd"}


def create(client: stripe.StripeClient, key: str, **more: object) -> stripe.PaymentIntent:
    """Create an intent under an idempotency key."""
    return client.v1.payment_intents.create(
        {**PRICE, **more},  # type: ignore[typeddict-item]  # members vary by test
        {"idempotency_key": key},
    )


@pytest.mark.parametrize("key", ["pk_test_1", "sk_live_1", "sk_test_", "whatever"])
def test_only_secret_test_keys_open_the_api(standin: StandIn, key: str) -> None:
    answer = httpx.get(f"{standin.url}/v1/events", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert answer.headers["Request-Id"].startswith("req_")


def test_basic_authorization_is_as_good_as_bearer(standin: StandIn) -> None:
    basic = base64.b64encode(b"sk_test_1:").decode()

    answer = httpx.get(f"{standin.url}/v1/events", headers={"Authorization": f"Basic {basic}"})

    assert answer.status_code == 200


def test_no_key_is_an_authentication_error_in_the_sdk(standin: StandIn) -> None:
    with pytest.raises(stripe.AuthenticationError):
        sdk(standin.url, "sk_live_1").v1.events.list()


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"currency": "usd"}, "parameter_missing", "amount"),
        ({"amount": "1.5", "currency": "usd"}, "parameter_invalid_integer", "amount"),
        ({"amount": 0, "currency": "usd"}, "parameter_invalid_integer", "amount"),
        ({"amount": 49, "currency": "usd"}, "amount_too_small", "amount"),
        ({"amount": 10**9, "currency": "usd"}, "amount_too_large", "amount"),
        ({"amount": 49, "currency": "jpy"}, "amount_too_small", "amount"),
        ({"amount": 1005, "currency": "kwd"}, None, "amount"),
        ({"amount": 500, "currency": "xyz"}, None, "currency"),
        ({"amount": 500, "currency": "usd", "colour": "red"}, "parameter_unknown", "colour"),
        ({"amount": 500, "currency": "usd", "customer": "cus_1"}, "resource_missing", "customer"),
        ({"amount": 500, "currency": "usd", "metadata": {"k" * 41: "v"}}, None, "metadata"),
        (
            {"amount": 500, "currency": "usd", "payment_method_types": ["card"]},
            "payment_method_types_no_longer_supported",
            "payment_method_types",
        ),
        ({"amount": 500, "currency": "usd", "off_session": True}, None, "off_session"),
        (
            {"amount": 500, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True},
            None,
            "return_url",
        ),
    ],
)
def test_bad_parameters_are_named_and_nothing_is_made(
    client: stripe.StripeClient, params: dict[str, object], code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.create(params)  # type: ignore[arg-type]  # wrong on purpose

    assert caught.value.http_status == 400
    assert caught.value.code == code
    assert caught.value.param == param
    assert client.v1.payment_intents.list().data == []
    assert client.v1.events.list().data == []


@pytest.mark.parametrize(("amount", "currency"), [(50, "jpy"), (1010, "kwd"), (50, "usd")])
def test_amounts_are_in_the_currencys_smallest_unit(
    client: stripe.StripeClient, amount: int, currency: str
) -> None:
    intent = client.v1.payment_intents.create({"amount": amount, "currency": currency})

    assert (intent.amount, intent.currency) == (amount, currency)


def test_no_call_ignores_a_parameter(client: stripe.StripeClient) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.v1.customers.create({"source": "tok_visa"}),
        lambda: client.v1.payment_methods.attach("pm_1", {"customer_account": "acct_1"}),
        lambda: client.v1.refunds.create({"origin": "customer_balance"}),
        lambda: client.v1.charges.list({"transfer_group": "g"}),
    ]

    codes = []
    for call in calls:
        with pytest.raises(stripe.InvalidRequestError) as caught:
            call()
        codes.append(caught.value.code)

    assert codes == ["parameter_unknown"] * 4


def test_an_unknown_id_is_a_404(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.retrieve("pi_nothing")

    assert caught.value.http_status == 404
    assert caught.value.code == "resource_missing"


def test_a_call_that_the_stand_in_does_not_have_says_so(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="the stand-in has only"):
        client.v1.invoices.list()


def test_a_repeated_key_gets_the_first_answer(client: stripe.StripeClient) -> None:
    first = create(client, "k-1")
    again = create(client, "k-1")

    assert again.id == first.id
    assert again.last_response is not None
    assert first.last_response is not None
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.last_response.headers
    original = again.last_response.headers["Original-Request"]
    assert original == first.last_response.request_id
    assert len(client.v1.payment_intents.list().data) == 1


def test_a_repeated_key_gets_the_first_decline_too(client: stripe.StripeClient) -> None:
    declining = {
        "payment_method": "pm_card_visa_chargeDeclined",
        "confirm": True,
        "return_url": "https://example.com",
    }

    with pytest.raises(stripe.CardError) as first:
        create(client, "k-1", **declining)
    with pytest.raises(stripe.CardError) as again:
        create(client, "k-1", **declining)

    assert again.value.json_body == first.value.json_body
    assert again.value.headers is not None
    assert again.value.headers["Idempotent-Replayed"] == "true"
    assert len(client.v1.charges.list().data) == 1


def test_a_key_with_other_parameters_or_another_path_is_refused(
    client: stripe.StripeClient,
) -> None:
    create(client, "k-1")

    with pytest.raises(stripe.IdempotencyError, match="same parameters"):
        create(client, "k-1", amount=2001)
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        client.v1.customers.create({}, {"idempotency_key": "k-1"})

    assert len(client.v1.payment_intents.list().data) == 1


def test_a_mistake_in_the_parameters_does_not_use_the_key_up(
    client: stripe.StripeClient,
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(client, "k-1", amount=1)

    intent = create(client, "k-1")

    assert intent.amount == 2000


def test_the_same_key_at_the_same_time_is_a_conflict(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    standin.control("latency", seconds=0.3)
    headers = {"Authorization": "Bearer sk_test_1", "Idempotency-Key": "k-1"}

    def post(_: int) -> httpx.Response:
        data = {"amount": "2000", "currency": "usd"}
        return httpx.post(f"{standin.url}/v1/payment_intents", data=data, headers=headers)

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(post, range(3)))
    standin.control("latency", seconds=0)

    assert sorted(each.status_code for each in answers) == [200, 409, 409]
    refused = next(each for each in answers if each.status_code == 409)
    assert refused.json()["error"]["code"] == "idempotency_key_in_use"
    assert len(client.v1.payment_intents.list().data) == 1


def test_a_key_is_forgotten_after_a_day() -> None:
    shift = [0]
    with running(now=lambda: int(time.time()) + shift[0]) as standin:
        first = create(standin.client, "k-1")
        shift[0] = 24 * 3600 + 5

        second = create(standin.client, "k-1")

        assert second.id != first.id


def test_lists_are_walked_page_by_page_newest_first(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    ids = [standin.intent() for _ in range(7)]

    first = client.v1.payment_intents.list({"limit": 3})
    walked = [each.id for each in first.auto_paging_iter()]
    before = client.v1.payment_intents.list({"ending_before": ids[2], "limit": 2})

    assert first.has_more
    assert first.url == "/v1/payment_intents"
    assert [each.id for each in first.data] == ids[:3:-1]
    assert walked == ids[::-1]
    assert [each.id for each in before.data] == [ids[4], ids[3]]


def test_lists_are_filtered_by_the_time_of_creation() -> None:
    clock = [1_700_000_000]
    with running(now=lambda: clock[0]) as standin:
        ids = []
        for _ in range(4):
            ids.append(standin.intent())
            clock[0] += 100

        page = standin.client.v1.payment_intents.list(
            {"created": {"gte": 1_700_000_100, "lt": 1_700_000_300}}
        )
        exact = standin.client.v1.payment_intents.list({"created": 1_700_000_300})

        assert [each.id for each in page.data] == [ids[2], ids[1]]
        assert [each.id for each in exact.data] == [ids[3]]


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"starting_after": "pi_no"}])
def test_lists_refuse_wrong_cursors_and_limits(
    client: stripe.StripeClient, params: dict[str, object]
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.payment_intents.list(params)  # type: ignore[arg-type]  # wrong on purpose

    assert caught.value.http_status == 400


def test_ids_become_objects_where_the_client_asks(
    standin: StandIn, client: stripe.StripeClient
) -> None:
    intent = standin.paid()

    listed = client.v1.payment_intents.list({"expand": ["data.latest_charge.refunds"]}).data[0]
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.payment_intents.retrieve(intent, {"expand": ["amount"]})

    assert isinstance(listed.latest_charge, stripe.Charge)
    assert listed.latest_charge.refunds is not None
    assert listed.latest_charge.refunds.data == []


def test_events_are_selected_by_type(standin: StandIn, client: stripe.StripeClient) -> None:
    standin.paid()

    some = client.v1.events.list({"types": ["charge.succeeded", "payment_intent.created"]})
    wild = client.v1.events.list({"type": "payment_intent.*"})

    assert [each.type for each in some.data] == ["charge.succeeded", "payment_intent.created"]
    assert [each.type for each in wild.data] == [
        "payment_intent.succeeded",
        "payment_intent.created",
    ]
    assert client.v1.events.retrieve(some.data[0].id).type == "charge.succeeded"
