"""Credits bought through the deployed template, paid at the stand-in, told by its webhooks."""

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.e2e.running import Stack, command

_DELIVERED_WITHIN_SECONDS = 40


@dataclass(frozen=True)
class Buyer:
    """One account that buys, and the doors of the stand-in."""

    stack: Stack
    user: str

    def buy(self, package: str, key: str = "buy") -> dict[str, Any]:
        """Begin to buy a package."""
        answer = self.stack.post("/purchase", {"package_id": package}, key=key, user=self.user)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def pay(self, payment_id: str, outcome: str) -> None:
        """Play the customer, as `make pay` does, and wait for the webhooks."""
        command(self.stack.layout, "pay", payment_id, outcome)

    def control(self, name: str, **body: object) -> dict[str, Any]:
        """Knock at a door of the stand-in."""
        url = f"{self.stack.layout.standin_url}/_standin/{name}"
        answer = httpx.post(url, json=body, timeout=60, trust_env=False)
        assert answer.is_success, answer.text
        return dict(answer.json())

    def intent(self, payment: dict[str, Any]) -> str:
        """The intent of a purchase: its client secret begins with it."""
        return str(payment["client_secret"]).partition("_secret_")[0]

    def purchase(self, payment_id: str) -> dict[str, Any]:
        """The purchase as the API shows it."""
        return dict(self.stack.get(f"/purchases/{payment_id}", user=self.user).json())

    def balance(self) -> str:
        """The account's balance."""
        return str(self.stack.get("/balance", user=self.user).json()["balance"])

    def grants(self) -> dict[str, str]:
        """What is left, by the grant's kind."""
        grants = self.stack.get("/balance", user=self.user).json()["grants"]
        return {grant["kind"]: grant["remaining"] for grant in grants}

    def entries(self) -> list[dict[str, Any]]:
        """The account's entries, oldest first."""
        return list(self.stack.get("/transactions", user=self.user).json()["items"])[::-1]

    def wait_for_webhooks(self, intent_id: str) -> None:
        """Return when every webhook of an intent was taken."""
        url = f"{self.stack.layout.standin_url}/_standin/deliveries"
        deadline = time.monotonic() + _DELIVERED_WITHIN_SECONDS
        while time.monotonic() < deadline:
            items = httpx.get(url, params={"payment_intent": intent_id}, trust_env=False).json()
            if all(each["state"] == "delivered" for each in items["items"]):
                return
            time.sleep(0.1)
        pytest.fail(f"webhooks were not taken: {items}")


def test_professional_is_credited_once_though_its_webhooks_come_three_times_and_reversed(
    stack: Stack,
) -> None:
    buyer = Buyer(stack, "buyer-once")
    payment = buyer.buy("professional")
    intent_id = buyer.intent(payment)

    buyer.control("delivery", mode="hold")
    try:
        buyer.control("pay", payment_intent=intent_id, outcome="processing")
        buyer.control("pay", payment_intent=intent_id, outcome="succeed")
        buyer.control("pay", payment_intent=intent_id, outcome="half-refund")
    finally:
        buyer.control("delivery", mode="normal")
    buyer.control("delivery/flush", order="reversed", copies=3)
    buyer.wait_for_webhooks(intent_id)

    assert buyer.balance() == "275.00"
    amounts = [(entry["kind"], entry["amount"]) for entry in buyer.entries()]
    assert amounts == [("purchase", "500.00"), ("bonus", "50.00"), ("refund", "-275.00")]
    assert buyer.grants() == {"purchased": "250.00", "bonus": "25.00"}


def test_a_purchase_is_credited_and_a_half_refund_takes_half_of_both(stack: Stack) -> None:
    buyer = Buyer(stack, "buyer-refund")
    payment = buyer.buy("professional")

    buyer.pay(payment["payment_id"], "succeed")
    bought = buyer.purchase(payment["payment_id"])
    grants = buyer.grants()
    buyer.pay(payment["payment_id"], "half-refund")

    assert (payment["status"], payment["publishable_key"]) == ("created", "pk_test_local")
    assert (bought["status"], bought["credited"]) == ("succeeded", True)
    assert grants == {"purchased": "500.00", "bonus": "50.00"}
    assert buyer.grants() == {"purchased": "250.00", "bonus": "25.00"}
    assert buyer.purchase(payment["payment_id"])["amount_refunded"] == 2250


def test_a_lost_dispute_leaves_a_debt_that_the_next_purchase_pays_first(stack: Stack) -> None:
    buyer = Buyer(stack, "buyer-dispute")
    payment = buyer.buy("starter")
    buyer.pay(payment["payment_id"], "succeed")
    body = {"operation": "workflow_execution", "quantity": 40}
    spent = stack.post("/usage", body, key="spent", user=buyer.user)

    buyer.pay(payment["payment_id"], "dispute-lost")
    debt = buyer.balance()
    again = buyer.buy("professional", key="again")
    buyer.pay(again["payment_id"], "succeed")

    assert spent.status_code == 201
    assert debt == "-80.00"
    assert buyer.purchase(payment["payment_id"])["status"] == "disputed"
    assert [entry["debt_paid"] for entry in buyer.entries()[-2:]] == ["80.00", "0.00"]
    assert buyer.balance() == "470.00"


def test_a_declined_payment_says_why_and_credits_nothing(stack: Stack) -> None:
    buyer = Buyer(stack, "buyer-declined")
    payment = buyer.buy("starter")

    buyer.pay(payment["payment_id"], "decline")

    purchase = buyer.purchase(payment["payment_id"])
    assert (purchase["status"], purchase["credited"]) == ("failed", False)
    assert purchase["failure_reason"] == "Your card was declined."
    assert buyer.balance() == "0.00"


def test_what_no_webhook_told_is_learned_by_asking_and_by_the_job(stack: Stack) -> None:
    asked, healed = Buyer(stack, "buyer-asks"), Buyer(stack, "buyer-healed")
    first, second = asked.buy("starter"), healed.buy("starter")
    asked.control("delivery", mode="drop")
    try:
        for buyer, payment in ((asked, first), (healed, second)):
            buyer.control("pay", payment_intent=buyer.intent(payment), outcome="succeed")
    finally:
        asked.control("delivery", mode="normal")
    before = asked.balance(), healed.balance()

    path = f"/purchases/{first['payment_id']}/refresh"
    refreshed = stack.http.post(f"/api/credits{path}", headers=stack.bearer(asked.user))
    after_refresh = asked.balance(), healed.balance()
    done = json.loads(stack.job("reconcile_payments"))

    assert before == ("0.00", "0.00")
    assert refreshed.json()["status"] == "succeeded"
    assert after_refresh == ("100.00", "0.00")
    assert done["in_flight"] >= 1  # so young that its webhook may yet come
    assert done["drifted"] == 0
    assert (asked.balance(), healed.balance()) == ("100.00", "100.00")


def test_an_admin_sends_money_back_once_and_the_credits_follow(stack: Stack) -> None:
    buyer = Buyer(stack, "buyer-sent-back")
    payment = buyer.buy("starter")
    buyer.pay(payment["payment_id"], "succeed")
    order = {"payment_id": payment["payment_id"], "amount": 250, "reason": "a bad call"}

    answers = [
        stack.post("/admin/refund", order, key="back-1", user="admin-1", role="admin")
        for _ in range(2)
    ]
    buyer.wait_for_webhooks(buyer.intent(payment))

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert buyer.balance() == "75.00"


@pytest.mark.parametrize("path", ["/_local/stripe-webhook", "/api/credits/stripe/webhook"])
def test_a_webhook_that_nobody_signed_is_refused(stack: Stack, path: str) -> None:
    event = {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded"}

    answer = stack.http.post(path, json=event, headers={"Stripe-Signature": "t=1,v1=00"})

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_request")


def test_a_purchase_is_nobody_elses_business(stack: Stack) -> None:
    payment = Buyer(stack, "buyer-private").buy("starter")
    path = f"/purchases/{payment['payment_id']}"

    others = stack.get(path, user="buyer-curious")
    service = stack.get(f"{path}?account_id=buyer-private", user="calls", role="service")

    assert (others.status_code, others.json()["code"]) == (404, "not_found")
    assert service.status_code == 200
