"""Stripe's own events, made by the stand-in without a server: the shapes of the pinned version."""

from typing import Any

from prepaid.payments.stripe.objects import MARK

from local.stripe.engine import Engine, Request
from local.stripe.outcomes import play
from local.stripe.state import visible
from local.stripe.store import Store
from tests.support.ledger_harness import NOW


def envelope(kind: str, **more: object) -> dict[str, Any]:
    """An event of a kind, about a customer if not said otherwise."""
    data = {"object": {"id": "cus_1", "object": "customer"}}
    base = {"id": "evt_1", "object": "event", "type": kind, "created": NOW, "livemode": False}
    return {**base, "data": data, **more}


class StripeHistory:
    """What Stripe knows of some payments, and every event that it would send."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now
        self._engine = Engine(Store(None), lambda: self.now)

    def intent(self, payment_id: str, amount: int = 4500, currency: str = "usd") -> str:
        """Open an intent for a payment of ours; return its id."""
        form: dict[str, Any] = {
            "amount": str(amount),
            "currency": currency,
            "metadata": {MARK: payment_id},
        }
        return str(self._engine.answer(Request("POST", "/v1/payment_intents", form)).body["id"])

    def play(self, intent_id: str, outcome: str, amount: int | None = None) -> list[dict[str, Any]]:
        """Let an outcome happen; return the events that tell of it, in order."""
        unit = self._engine.unit()
        intent = unit.get("payment_intent", intent_id)
        play(unit, intent, outcome, amount=amount, method=None)
        self._engine.commit(unit)
        return [visible(event) for event in unit.events()]
