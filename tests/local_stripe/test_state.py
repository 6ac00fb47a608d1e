"""What is kept over restarts and kills, the command line, and the shapes of the objects."""

import os
import re
import signal
import subprocess
import sys
import time
import typing
from pathlib import Path

import httpx
import pytest
import stripe

from local.stripe import intents, setups
from local.stripe.state import API_VERSION
from tests.local_stripe.conftest import Receiver, StandIn, hurried, running

ROOT = Path(__file__).parents[2]


def test_a_restart_finds_objects_keys_and_order(tmp_path: Path) -> None:
    with running(state=tmp_path) as standin:
        ids = [standin.intent() for _ in range(3)]
        standin.pay(ids[0], "succeed")
        made = standin.client.v1.customers.create({"name": "A"}, {"idempotency_key": "k-1"})

    with running(state=tmp_path) as standin:
        listed = standin.client.v1.payment_intents.list().data
        again = standin.client.v1.customers.create({"name": "A"}, {"idempotency_key": "k-1"})

    assert [each.id for each in listed] == ids[::-1]
    assert listed[-1].status == "succeeded"
    assert again.id == made.id


def test_events_that_waited_are_delivered_after_a_restart(
    tmp_path: Path, receiver: Receiver
) -> None:
    away = hurried(Receiver(url="http://127.0.0.1:9/"))
    with running(state=tmp_path, endpoint=away) as standin:
        standin.paid()

    with running(state=tmp_path, endpoint=hurried(receiver)):
        receiver.wait(3)

    assert receiver.types[0] == "payment_intent.created"


def test_held_events_stay_held_over_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    with running(state=tmp_path, endpoint=hurried(receiver)) as standin:
        standin.control("delivery", mode="hold")
        standin.intent()

    with running(state=tmp_path, endpoint=hurried(receiver)) as standin:
        before = list(receiver.requests)
        standin.control("delivery/flush")

    assert before == []
    assert receiver.types == ["payment_intent.created"]


def start(state: Path, *more: str, **environment: str) -> tuple[subprocess.Popen[str], str]:
    """The command line on a free port; the process and its URL."""
    command = [sys.executable, "-m", "local.stripe", "--port", "0", "--state", str(state), *more]
    process = subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | environment
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found is not None
    for _ in range(500):
        try:
            httpx.get(f"{found[0]}/_standin/health").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.02)
        else:
            return process, found[0]
    pytest.fail("the stand-in did not start")


def stop(process: subprocess.Popen[str], how: int) -> int:
    """End *process* and return its exit code."""
    process.send_signal(how)
    code = process.wait(timeout=10)
    assert process.stdout is not None
    process.stdout.close()
    return code


def create(url: str) -> httpx.Response:
    """POST a customer."""
    headers = {"Authorization": "Bearer sk_test_1"}
    return httpx.post(f"{url}/v1/customers", data={"name": "A"}, headers=headers)


def test_whatever_was_answered_survives_a_kill(tmp_path: Path) -> None:
    process, url = start(tmp_path)
    answered = [create(url).json()["id"] for _ in range(5)]
    stop(process, signal.SIGKILL)

    process, url = start(tmp_path)
    found = [
        httpx.get(f"{url}/v1/customers/{each}", headers={"Authorization": "Bearer sk_test_1"})
        for each in answered
    ]
    stop(process, signal.SIGTERM)

    assert [each.status_code for each in found] == [200] * 5


def test_the_command_line_takes_endpoint_and_clock_from_the_environment(
    tmp_path: Path, receiver: Receiver
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+7200")
    process, url = start(
        tmp_path / "state",
        "--webhook-secret",
        "whsec_other",
        STRIPE_STANDIN_WEBHOOK_URL=receiver.url,
        CLOCK_FILE=str(clock),
    )
    created = create(url).json()["created"]
    receiver.wait(1)
    stop(process, signal.SIGTERM)

    body, header = receiver.requests[0]

    assert abs(created - time.time() - 7200) < 60
    stripe.WebhookSignature.verify_header(body.decode(), header, "whsec_other")


def test_the_stand_in_speaks_the_sdks_version(standin: StandIn) -> None:
    health = httpx.get(f"{standin.url}/_standin/health").json()

    assert stripe.api_version == API_VERSION
    assert health == {"status": "ok", "api_version": stripe.api_version}


@pytest.mark.parametrize(
    ("accepted", "typed"),
    [
        (intents.CREATE_PARAMS, stripe.params.PaymentIntentCreateParams),
        (intents.CONFIRM_PARAMS - {"client_secret"}, stripe.params.PaymentIntentConfirmParams),
        (setups.CREATE_PARAMS, stripe.params.SetupIntentCreateParams),
        (setups.CONFIRM_PARAMS - {"client_secret"}, stripe.params.SetupIntentConfirmParams),
    ],
)
def test_only_parameters_that_the_sdk_has_are_accepted(accepted: set[str], typed: type) -> None:
    assert accepted <= set(typed.__annotations__)


def every_object(standin: StandIn) -> list[stripe.StripeObject]:
    """One of everything, after a life with a decline, a refund that failed and a dispute."""
    client = standin.client
    customer = client.v1.customers.create({"email": "a@example.com"})
    method = client.v1.payment_methods.attach("pm_card_visa", {"customer": customer.id})
    setup = client.v1.setup_intents.create({"customer": customer.id})
    intent = standin.intent()
    for outcome in ("decline", "succeed", "half-refund", "refund-failed", "dispute-won"):
        standin.pay(intent, outcome)
    expand = ["latest_charge.balance_transaction"]
    paid = client.v1.payment_intents.retrieve(intent, {"expand": expand})
    charge = paid.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert isinstance(charge.balance_transaction, stripe.BalanceTransaction)
    refund = client.v1.refunds.list().data[0]
    dispute = client.v1.disputes.list().data[0]
    event = client.v1.events.list().data[0]
    money: list[stripe.StripeObject] = [paid, charge, charge.balance_transaction, refund, dispute]
    return [customer, method, setup, *money, event]


def test_objects_have_only_members_that_the_sdk_knows_and_all_that_are_required(
    standin: StandIn,
) -> None:
    problems = []

    for each in every_object(standin):
        known = {
            name: kind for name, kind in type(each).__annotations__.items() if name != "OBJECT_NAME"
        }
        sent = set(each.to_dict())
        required = {name for name, kind in known.items() if type(None) not in typing.get_args(kind)}
        unknown = sent - set(known)
        missing = required - sent
        if unknown or missing:
            problems.append((type(each).__name__, sorted(unknown), sorted(missing)))

    assert problems == []
