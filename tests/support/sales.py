"""The stage with sales: payments and records in memory, and a processor that plays along."""

import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.ports import PaymentEvent
from prepaid.runtime.wiring import payments

from local.stripe.signing import signature
from tests.support.http_events import http_event
from tests.support.memory_payments import MemoryRecords
from tests.support.selling import FakePaymentProcessor
from tests.support.stage import NOW, Reply, Stage, function

SECRET = "whsec_local"
WEBHOOK = "/api/credits/stripe/webhook"


@dataclass
class Sales:
    """Functions that sell, and short words for what happens at Stripe."""

    stage: Stage
    secrets: tuple[str, ...] = (SECRET,)
    newer: tuple[str, ...] = (SECRET,)
    live: bool = False

    @property
    def payment_processor(self) -> FakePaymentProcessor:
        return self.stage.payment_processor

    @property
    def records(self) -> MemoryRecords:
        return self.stage.records

    def parts(self) -> payments.Parts:
        return replace(
            self.stage.payment_parts,
            webhook_secrets=lambda missed: self.newer if missed else self.secrets,
            live=lambda: self.live,
        )

    def buy(self, package: str = "professional", key: str = "buy", **more: Any) -> Reply:
        return self.stage.call("create_purchase", {"package_id": package}, key=key, **more)

    def payment(self, reply: Reply) -> Payment:
        found = self.stage.store.payments.payment(reply.json["payment_id"])
        assert found is not None
        return found

    def record_fact(self, payment: Payment, fact: Fact) -> None:
        event = PaymentEvent(
            intent_id=str(payment.intent_id), payment_id=payment.payment_id, fact=fact
        )
        payments.facts().record_fact(event, request_id="told", now=payment.created_at)

    def get(self, payment_id: str, **more: Any) -> Reply:
        return self.stage.call("get_purchase", path={"payment_id": payment_id}, **more)

    def webhook(self, event: object, **more: Any) -> Reply:
        """Send an event as Stripe does."""
        return self.send(json.dumps(event, indent=2), **more)

    def send(
        self,
        body: str | None,
        *,
        header: str | None = None,
        header_name: str = "Stripe-Signature",
        at: int = NOW,
        secrets: tuple[str, ...] = (SECRET,),
        signed: bytes | None = None,
        base64_body: str | None = None,
    ) -> Reply:
        raw = signed if signed is not None else (body or "").encode()
        made = signature(raw, secrets, at) if header is None else header
        event = http_event(
            "POST",
            WEBHOOK,
            role=None,
            body=base64_body if base64_body is not None else body,
            headers={header_name: made} if made else {},
        )
        event["isBase64Encoded"] = base64_body is not None
        answer = function("stripe_webhook")(event)
        return Reply(answer["statusCode"], answer["headers"], answer["body"])


def set_up_sales(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Sales:
    """Return what sells on a stage until the test ends."""
    sales = Sales(stage)
    monkeypatch.setattr(payments, "parts", sales.parts())
    return sales
