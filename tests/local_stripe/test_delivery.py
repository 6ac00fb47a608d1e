"""Webhooks: signed, retried, and spoiled on request."""

import json
import time

import pytest
import stripe

from local.stripe.delivery import REORDER_AFTER_SECONDS, Endpoint
from tests.local_stripe.conftest import SECRET, Receiver, StandIn, hurried, running

PAYMENT = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]


def test_the_sdk_verifies_what_is_delivered(delivering: StandIn, receiver: Receiver) -> None:
    intent = delivering.paid()
    receiver.wait(3)

    events = [
        stripe.Webhook.construct_event(body, header, SECRET) for body, header in receiver.requests
    ]

    assert [each.type for each in events] == PAYMENT
    assert events[2].data.object.to_dict()["id"] == intent
    assert events[2].api_version == stripe.api_version
    assert events[2].livemode is False


def test_a_wrong_secret_does_not_verify(delivering: StandIn, receiver: Receiver) -> None:
    delivering.intent()
    receiver.wait(1)
    body, header = receiver.requests[0]

    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, header, "whsec_other")


def test_with_two_secrets_either_verifies(receiver: Receiver) -> None:
    two = Endpoint(url=receiver.url, secrets=("whsec_old", "whsec_new"))
    with running(endpoint=two) as standin:
        standin.intent()
        receiver.wait(1)
    body, header = receiver.requests[0]

    for secret in two.secrets:
        stripe.Webhook.construct_event(body, header, secret)

    assert header.count("v1=") == 2


def test_an_event_names_the_request_that_caused_it(delivering: StandIn, receiver: Receiver) -> None:
    made = delivering.client.v1.payment_intents.create(
        {"amount": 2000, "currency": "usd"}, {"idempotency_key": "k-1"}
    )
    receiver.wait(1)

    event = json.loads(receiver.requests[0][0])

    assert made.last_response is not None
    assert event["request"] == {"id": made.last_response.request_id, "idempotency_key": "k-1"}
    assert event["pending_webhooks"] == 1


def test_an_event_is_a_snapshot_of_its_moment(delivering: StandIn, receiver: Receiver) -> None:
    intent = delivering.paid()
    delivering.pay(intent, "half-refund")
    receiver.wait(5)

    created, refunded = (json.loads(receiver.requests[at][0])["data"] for at in (0, 4))

    assert created["object"]["status"] == "requires_payment_method"
    assert refunded["object"]["amount_refunded"] == 1000
    assert refunded["previous_attributes"] == {"amount_refunded": 0}
    assert not [name for name in refunded["object"] if name.startswith("_")]


def test_an_event_comes_again_until_it_is_answered_2xx(
    delivering: StandIn, receiver: Receiver
) -> None:
    receiver.statuses = [500, 400, 302]
    intent = delivering.intent()
    receiver.wait(4)
    delivering.control("delivery/flush")

    row = delivering.deliveries(object=intent)[0]

    assert len(set(receiver.ids)) == 1
    assert row["state"] == "delivered"
    assert [each["status"] for each in row["attempts"]] == [500, 400, 302, 200]
    event = delivering.client.v1.events.retrieve(row["event"])
    assert event.pending_webhooks == 0


def test_attempts_are_bounded_and_the_failure_is_listed(receiver: Receiver) -> None:
    receiver.statuses = [500] * 3
    with running(endpoint=hurried(receiver, attempts=3)) as standin:
        standin.intent()
        receiver.wait(3)
        standin.control("delivery/flush")
        undelivered = standin.client.v1.events.list({"delivery_success": False})
        delivered = standin.client.v1.events.list({"delivery_success": True})

        assert len(receiver.requests) == 3
        assert [each.type for each in undelivered.data] == ["payment_intent.created"]
        assert undelivered.data[0].pending_webhooks == 1
        assert delivered.data == []


def test_an_endpoint_that_is_away_gets_its_events_later(receiver: Receiver) -> None:
    with running(endpoint=hurried(Receiver(url="http://127.0.0.1:9/"), attempts=1)) as standin:
        standin.intent()
        standin.control("delivery/flush")

        row = standin.deliveries()[0]

    assert row["state"] == "failed"
    assert row["attempts"][0]["error"] == "ConnectError"
    assert receiver.requests == []


def test_duplicates_are_the_same_event(delivering: StandIn, receiver: Receiver) -> None:
    delivering.control("delivery", mode="duplicate", copies=3, count=1)
    delivering.paid()
    receiver.wait(5)

    assert receiver.types == [PAYMENT[0]] * 3 + PAYMENT[1:]
    assert len(set(receiver.ids)) == 3


def test_reordered_events_come_last_first(delivering: StandIn, receiver: Receiver) -> None:
    delivering.control("delivery", mode="reorder", count=3)
    delivering.paid()
    receiver.wait(3)

    assert receiver.types == PAYMENT[::-1]


def test_reordered_events_wait_for_one_another_however_long_it_takes(
    delivering: StandIn, receiver: Receiver
) -> None:
    delivering.control("delivery", mode="reorder", count=2)
    intent = delivering.intent()
    time.sleep(2 * REORDER_AFTER_SECONDS)
    none_yet = list(receiver.types)
    delivering.pay(intent, "cancel")
    receiver.wait(2)

    assert none_yet == []
    assert receiver.types == ["payment_intent.canceled", "payment_intent.created"]


def test_reordered_events_without_a_count_come_when_no_more_do(
    delivering: StandIn, receiver: Receiver
) -> None:
    delivering.control("delivery", mode="reorder")
    delivering.intent()
    receiver.wait(1)

    assert receiver.types == ["payment_intent.created"]


def test_events_can_come_three_times_and_out_of_order(
    delivering: StandIn, receiver: Receiver
) -> None:
    delivering.control("delivery", mode="reorder", count=3, copies=3)
    delivering.paid()
    receiver.wait(9)

    assert receiver.types == [each for each in PAYMENT[::-1] for _ in range(3)]


def test_a_dropped_event_never_comes_but_is_listed_as_undelivered(
    delivering: StandIn, receiver: Receiver
) -> None:
    intent = delivering.intent()
    delivering.control("delivery", mode="drop", count=2)
    delivering.pay(intent, "succeed")
    delivering.pay(intent, "refund")
    receiver.wait(3)
    delivering.control("delivery/flush")

    undelivered = delivering.client.v1.events.list({"delivery_success": False}).data

    assert receiver.types == [PAYMENT[0], "refund.created", "charge.refunded"]
    assert [each.type for each in undelivered] == PAYMENT[:0:-1]


def test_held_events_wait_for_the_flush(delivering: StandIn, receiver: Receiver) -> None:
    delivering.control("delivery", mode="hold")
    delivering.paid()
    before = list(receiver.requests)

    flushed = delivering.control("delivery/flush", order="reversed")

    assert before == []
    assert flushed == {"flushed": 3}
    assert receiver.types == PAYMENT[::-1]


def test_delayed_events_come_later_or_with_the_flush(
    delivering: StandIn, receiver: Receiver
) -> None:
    delivering.control("delivery", mode="delay", seconds=0.2, count=1)
    delivering.intent()
    before = list(receiver.requests)
    receiver.wait(1)
    delivering.control("delivery", mode="delay", seconds=3600)
    delivering.intent()

    delivering.control("delivery/flush")

    assert before == []
    assert len(receiver.requests) == 2


def test_any_event_can_be_delivered_again(delivering: StandIn, receiver: Receiver) -> None:
    delivering.control("delivery", mode="drop")
    delivering.intent()
    event = delivering.deliveries()[0]["event"]

    row = delivering.control("redeliver", event=event)

    assert receiver.ids == [event]
    assert row["state"] == "delivered"
    assert delivering.knock("redeliver", event="evt_no").status_code == 404


def test_an_event_that_comes_again_does_not_hold_the_others_up(receiver: Receiver) -> None:
    receiver.statuses = [500]
    with running(endpoint=Endpoint(url=receiver.url, first_wait=0.3)) as standin:
        standin.paid()
        receiver.wait(4)

    assert receiver.types == [*PAYMENT, PAYMENT[0]]


@pytest.mark.parametrize(
    "body",
    [{}, {"mode": "chaos"}, {"mode": "hold", "count": 0}, {"mode": "duplicate", "copies": 99}],
)
def test_a_wrong_delivery_mode_is_refused(standin: StandIn, body: dict[str, object]) -> None:
    assert standin.knock("delivery", **body).status_code == 400


def test_without_an_endpoint_nothing_is_undelivered(standin: StandIn) -> None:
    standin.paid()

    assert standin.client.v1.events.list({"delivery_success": False}).data == []
    assert {each["state"] for each in standin.deliveries()} == {"no_endpoint"}


def test_a_reset_forgets_everything(delivering: StandIn, receiver: Receiver) -> None:
    delivering.control("delivery", mode="hold")
    delivering.paid()

    delivering.control("reset")

    assert delivering.client.v1.events.list().data == []
    assert delivering.client.v1.payment_intents.list().data == []
    assert delivering.control("delivery/flush") == {"flushed": 0}
    delivering.intent()
    receiver.wait(1)


def test_what_happens_while_the_endpoint_is_disabled_is_never_sent_nor_owed(
    delivering: StandIn, receiver: Receiver
) -> None:
    before = delivering.intent()
    receiver.wait(1)
    delivering.control("endpoint", enabled=False)
    during = delivering.intent()
    delivering.control("endpoint", enabled=True)
    after = delivering.intent()
    receiver.wait(2)

    events = delivering.client.v1.events
    sent = [json.loads(body)["data"]["object"]["id"] for body, _ in receiver.requests]
    stored = [each.data.object["id"] for each in events.list().data]
    assert sent == [before, after]
    assert stored == [after, during, before]
    assert events.list({"delivery_success": False}).data == []
    assert delivering.knock("endpoint", enabled="yes").status_code == 400
