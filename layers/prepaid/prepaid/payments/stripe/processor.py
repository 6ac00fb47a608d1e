"""The payment processor: Stripe's API through its SDK, every write under a key of ours."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import stripe
from stripe.params import PaymentIntentCreateParams, RefundCreateParams

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest, RateLimited, Unavailable
from prepaid.domain.keys import fingerprint
from prepaid.payments.payment import Fact, Payment
from prepaid.payments.ports import Intent, RefundReceipt, RefundRequest
from prepaid.payments.reconciliation_ports import FoundPage, Source
from prepaid.payments.stripe import NAME
from prepaid.payments.stripe.lists import PAGE, page_of
from prepaid.payments.stripe.objects import (
    MARK,
    REQUEST,
    DisputeObject,
    IntentObject,
    RefundObject,
    dispute_fact,
    facts_of_intent,
    marks_in,
    receipt_fact,
    refund_facts,
)
from prepaid.payments.stripe.transport import ReadableClient
from prepaid.payments.stripe.words import PENDING
from prepaid.windows import Window

TIMEOUT_SECONDS = 4
RETRIES = 1
PURPOSE = "topup"
REQUEST_KEY = "refund_key"
"""The name under which a refund's idempotency key stands in its metadata."""
MAX_METADATA = 500


class StripeProcessor:
    """`PaymentProcessor` on Stripe."""

    name = NAME

    def __init__(
        self,
        secret_key: str,
        *,
        api_base: str | None = None,
        http_client: stripe.HTTPClient | None = None,
        retries: int = RETRIES,
        clock: Callable[[], Instant] = lambda: Instant(int(time.time())),
    ) -> None:
        self._clock = clock
        self._client = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_base} if api_base else {},
            http_client=http_client or ReadableClient(timeout=TIMEOUT_SECONDS),
            max_network_retries=retries,
        )

    def create_customer(self, account_id: AccountId) -> str:
        """Create the account's customer, once while Stripe remembers the key."""
        with _translated():
            customer = self._client.v1.customers.create(
                params={"metadata": {"account_id": account_id[:MAX_METADATA]}},
                options={"idempotency_key": _key("customer", account_id)},
            )
        return customer.id

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:
        """Open the intent of a payment; a repeat finds the same one."""
        params: PaymentIntentCreateParams = {
            "amount": payment.price,
            "currency": payment.currency,
            "customer": customer_id,
            "automatic_payment_methods": {"enabled": True},
            "metadata": {
                MARK: payment.payment_id,
                "account_id": payment.account_id[:MAX_METADATA],
                "package_id": payment.package_id,
                "purpose": PURPOSE,
            },
        }
        if payment.save_card:
            params["setup_future_usage"] = "off_session"
        with _translated():
            intent = self._client.v1.payment_intents.create(
                params=params, options={"idempotency_key": _key("intent", payment.payment_id, MARK)}
            )
        return _intent(intent, [])

    def intent(self, intent_id: str) -> Intent:
        """Retrieve an intent with its refunds and disputes."""
        with _translated():
            found = self._client.v1.payment_intents.retrieve(
                intent_id, params={"expand": ["latest_charge"]}
            )
            return self._with_facts(found)

    def refunds_of(self, intent_id: str) -> Sequence[Fact]:
        """List the refunds of an intent's charge, with their sum."""
        with _translated():
            return self._refund_facts(intent_id)

    def intent_of_charge(self, charge_id: str) -> str | None:
        """Retrieve a charge for its intent; `None` where Stripe knows no such charge."""
        with _translated():
            try:
                intent = self._client.v1.charges.retrieve(charge_id).payment_intent
            except stripe.InvalidRequestError:
                return None
        return intent.id if isinstance(intent, stripe.PaymentIntent) else intent

    def page(self, source: Source, window: Window) -> FoundPage:
        """Read one page of events, intents, refunds or disputes."""
        with _translated():
            return page_of(self._client, source, window, now=self._clock())

    def refund(self, payment: Payment, request: RefundRequest, *, again: bool) -> RefundReceipt:
        """Refund a payment, once for each request: Stripe forgets keys after a day, we do not."""
        assert payment.intent_id is not None, "only a paid payment is refunded"
        key = _key("refund", payment.payment_id, request.key)
        params: RefundCreateParams = {
            "payment_intent": payment.intent_id,
            "metadata": {
                MARK: payment.payment_id,
                REQUEST: request.key,
                REQUEST_KEY: key,
                "reason": request.reason[:MAX_METADATA],
            },
        }
        if request.amount is not None:
            params["amount"] = request.amount
        with _translated():
            made = self._refund_under(key, payment.intent_id) if again else None
            made = made or self._client.v1.refunds.create(
                params=params, options={"idempotency_key": key}
            )
        return RefundReceipt(
            refund_id=made.id,
            amount=made.amount,
            currency=made.currency,
            status=made.status or PENDING,
        )

    def _refund_under(self, key: str, intent_id: str) -> stripe.Refund | None:
        for each in self._refunds(intent_id):
            if (_refund(each).metadata or {}).get(REQUEST_KEY) == key:
                return each
        return None

    def _refunds(self, intent_id: str) -> Iterator[stripe.Refund]:
        listed = self._client.v1.refunds.list(params={"payment_intent": intent_id, "limit": PAGE})
        yield from listed.auto_paging_iter()

    def _refund_facts(self, intent_id: str) -> list[Fact]:
        return refund_facts(map(_refund, self._refunds(intent_id)), self._clock())

    def _with_facts(self, intent: stripe.PaymentIntent) -> Intent:
        facts = facts_of_intent(_plain(intent), Instant(intent.created))
        if intent.status == "succeeded":
            if isinstance(intent.latest_charge, stripe.Charge):
                facts.append(receipt_fact(intent.latest_charge.to_dict(), self._clock()))
            facts += self._refund_facts(intent.id)
            disputes = self._client.v1.disputes.list(
                params={"payment_intent": intent.id, "limit": PAGE}
            )
            facts += [
                dispute_fact(DisputeObject.model_validate(each.to_dict()), self._clock())
                for each in disputes.auto_paging_iter()
            ]
        return _intent(intent, facts)


def _plain(intent: stripe.PaymentIntent) -> IntentObject:
    return IntentObject.model_validate(intent.to_dict())


def _refund(refund: stripe.Refund) -> RefundObject:
    return RefundObject.model_validate(refund.to_dict())


def _intent(intent: stripe.PaymentIntent, facts: list[Fact]) -> Intent:
    payment_id, hint = marks_in(intent.to_dict().get("metadata"))
    return Intent(
        intent_id=intent.id,
        payment_id=payment_id,
        hint=hint,
        client_secret=intent.client_secret or "",
        facts=facts,
    )


def _key(*parts: str) -> str:
    """Derive Stripe's idempotency key from ours."""
    return f"{parts[0]}-{fingerprint({'parts': list(parts)}).removeprefix('v1:')}"


@contextmanager
def _translated() -> Iterator[None]:
    """Turn the SDK's errors into what the port promises."""
    try:
        yield
    except stripe.RateLimitError as exc:
        raise RateLimited("Stripe asks to wait.", retry_after_seconds=2) from exc
    except (stripe.InvalidRequestError, stripe.CardError) as exc:
        detail = exc.user_message or "Stripe refused the request."
        raise InvalidRequest(detail, pointer=f"/{exc.param}" if exc.param else "") from exc
    except stripe.StripeError as exc:
        raise Unavailable("Stripe cannot be reached, or did not answer in time.") from exc
