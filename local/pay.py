"""Play the customer, or their bank, of one payment."""

import time
from typing import Any

import httpx

from local.control import require_up
from local.progress import StackError, say
from local.stack_layout import StackLayout
from local.standin import takes_payments

OUTCOMES = (
    "succeed",
    "decline",
    "cancel",
    "refund",
    "half-refund",
    "refund-failed",
    "refund-canceled",
    "dispute-open",
    "dispute-won",
    "dispute-part-won",
    "dispute-lost",
)
_PAGE = 100
_DELIVERED_WITHIN_SECONDS = 30
_KEY = "sk_test_local"


def pay(layout: StackLayout, payment_id: str, outcome: str) -> None:
    """Let *outcome* happen to a payment and wait until its webhooks were delivered.

    Raises StackError when there is no such payment, or it cannot happen.
    """
    example = layout.make("pay payment=pay_… outcome=succeed")
    if not payment_id:
        raise StackError(f"which payment? name the payment_id of a purchase: `{example}`")
    if outcome not in OUTCOMES:
        wrong = f"there is no outcome {outcome!r}" if outcome else "which outcome?"
        raise StackError(f"{wrong}; the outcomes are {', '.join(OUTCOMES)}: `{example}`")
    require_up(layout)
    if not takes_payments(layout):
        raise StackError(
            "this stack was started with a key of Stripe's: pay at Stripe, with one of its test"
            f" cards, or start it without STRIPE_SECRET_KEY: `{layout.make('down')}`, then"
            f" `{layout.make('up')}`"
        )
    with httpx.Client(base_url=layout.standin_url, timeout=30, trust_env=False) as stripe:
        intent_id = _intent_of(stripe, payment_id)
        answer = stripe.post(
            "/_standin/pay", json={"payment_intent": intent_id, "outcome": outcome}
        )
        if not answer.is_success:
            raise StackError(f"{outcome}: {answer.json()['error']['message']}")
        attempt = answer.json()
        events = [event["type"] for event in attempt["events"]]
        status = attempt["payment_intent"]["status"]
        say(f"{intent_id}: {status} ({', '.join(events) or 'no event'})")
        _wait_for_webhooks(stripe, intent_id)


def _intent_of(stripe: httpx.Client, payment_id: str) -> str:
    after: dict[str, str] = {}
    while True:
        page: dict[str, Any] = stripe.get(
            "/v1/payment_intents",
            params={"limit": str(_PAGE), **after},
            headers={"Authorization": f"Bearer {_KEY}"},
        ).json()
        for intent in page["data"]:
            if intent["metadata"].get("prepaid_payment_id") == payment_id:
                return str(intent["id"])
        if not page["has_more"]:
            raise StackError(f"Stripe's stand-in has no payment {payment_id!r}")
        after = {"starting_after": page["data"][-1]["id"]}


def _wait_for_webhooks(stripe: httpx.Client, intent_id: str) -> None:
    deadline = time.monotonic() + _DELIVERED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        answer = stripe.get("/_standin/deliveries", params={"payment_intent": intent_id})
        if not [each for each in answer.json()["items"] if each["state"] == "pending"]:
            return
        time.sleep(0.1)
    say("  its webhooks are not delivered yet; they go on being tried")
