"""What is no answer of Stripe's, for every call: the SDK tries again, then it is unavailable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
import stripe
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.errors import Unavailable
from prepaid.domain.keys import Fingerprint
from prepaid.payments.payment import Payment
from prepaid.payments.ports import RefundRequest
from prepaid.payments.reconciliation_ports import Source
from prepaid.payments.stripe.processor import StripeProcessor
from prepaid.payments.stripe.transport import ReadableClient
from prepaid.windows import Window

from tests.support.ledger_harness import NOW

PAYMENT = Payment(
    payment_id="pay_1",
    account_id=AccountId("user-1"),
    package_id="starter",
    credits=Credits(100),
    bonus=Credits(0),
    price=100,
    currency="usd",
    created_at=NOW,
    fingerprint="v1:terms",
    provider="stripe",
    intent_id="pi_1",
)
REQUEST = RefundRequest(
    payment_id="pay_1",
    account_id=AccountId("user-1"),
    key="back",
    fingerprint=Fingerprint("v1:back"),
    actor="admin:admin-1",
    reason="asked for it",
    amount=None,
    asked_at=NOW,
)
WINDOW = Window(since=NOW, until=NOW)
CALLS: dict[str, Callable[[StripeProcessor], object]] = {
    "create a customer": lambda at: at.create_customer(AccountId("user-1")),
    "create an intent": lambda at: at.create_intent(PAYMENT, customer_id="cus_1"),
    "an intent": lambda at: at.intent("pi_1"),
    "refunds of an intent": lambda at: at.refunds_of("pi_1"),
    "the intent of a charge": lambda at: at.intent_of_charge("ch_1"),
    "refund": lambda at: at.refund(PAYMENT, REQUEST, again=False),
    "refund again": lambda at: at.refund(PAYMENT, REQUEST, again=True),
    "a page of events": lambda at: at.page(Source.EVENTS, WINDOW),
    "a page of intents": lambda at: at.page(Source.INTENTS, WINDOW),
    "a page of refunds": lambda at: at.page(Source.REFUNDS, WINDOW),
    "a page of disputes": lambda at: at.page(Source.DISPUTES, WINDOW),
}
PAGES = {
    "an empty body": (200, b""),
    "a proxy's page": (200, b"<html><body>Sign in</body></html>"),
    "a body that is cut": (200, b'{"object": "payment_intent", "id": "pi_'),
    "a list": (200, b"[]"),
    "null": (200, b"null"),
    "another's object": (200, b'{"status": "ok"}'),
    "bytes that are no text": (200, b"\x80{}"),
    "a redirect": (302, b""),
    "a redirect with JSON": (302, b'{"object": "list", "data": []}'),
    "a proxy's refusal": (403, b"<html>Forbidden</html>"),
    "a proxy's refusal in JSON": (403, b'{"message": "Forbidden"}'),
    "a page that is not found": (404, b""),
    "a gateway's page": (502, b"<html>Bad Gateway</html>"),
    "a gateway's list": (502, b"[]"),
}


@dataclass
class Session:
    """Answers every request of the SDK's client with the same bytes."""

    status: int
    body: bytes
    keys: list[str] = field(default_factory=list)

    def request(self, *_: object, headers: dict[str, str], **__: object) -> Any:
        self.keys.append(headers.get("Idempotency-Key", ""))
        return SimpleNamespace(content=self.body, status_code=self.status, headers={})

    def close(self) -> None:
        """Hold nothing open."""


def asked(session: Session, do: Callable[[StripeProcessor], object], *, retries: int = 0) -> None:
    client = ReadableClient(timeout=1, session=session)
    do(StripeProcessor("sk_test_1", http_client=client, retries=retries))


@pytest.mark.fault(
    "A61",
    "Stripe's answer is empty, cut, or a proxy's",
    "Unavailable, for every call; the SDK tries again under the same key",
)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("do", CALLS.values(), ids=CALLS)
def test_an_answer_that_is_not_of_stripe_is_unavailable(
    do: Callable[[StripeProcessor], object], page: tuple[int, bytes]
) -> None:
    with pytest.raises(Unavailable):
        asked(Session(*page), do)


@pytest.mark.fault("A61")
def test_what_is_no_answer_is_asked_again_under_the_same_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0)
    session = Session(*PAGES["a proxy's page"])

    with pytest.raises(Unavailable):
        asked(session, CALLS["refund"], retries=1)

    assert len(session.keys) == 2
    assert len(set(session.keys)) == 1


def test_the_product_s_own_client_takes_only_answers_of_stripe() -> None:
    made = StripeProcessor("sk_test_1")

    client = made._client._requestor._get_http_client()  # the one place to see it
    assert isinstance(client, ReadableClient)
