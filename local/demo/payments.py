"""Payments of demo data: made without a provider, by the facts that one would have told."""

from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.errors import InvalidRequest
from prepaid.payments.payment import Fact, Paid, Payment
from prepaid.payments.ports import Intent, RefundReceipt, RefundRequest

INTENT = "pi_demo_"


class DemoProcessor:
    """`PaymentProcessor` for payments that were made long ago: it knows what it was asked here."""

    name = "stripe"

    def create_customer(self, account_id: AccountId) -> str:
        """Return the customer of an account."""
        return f"cus_{account_id}"

    def create_intent(self, payment: Payment, *, customer_id: str) -> Intent:  # noqa: ARG002 - as it was made
        """Return the intent of a payment."""
        return self.intent(f"{INTENT}{payment.payment_id}")

    def intent(self, intent_id: str) -> Intent:
        """Return an intent as it was made; its facts are told one by one."""
        payment_id = intent_id.removeprefix(INTENT)
        secret = f"{intent_id}_secret"
        return Intent(intent_id=intent_id, payment_id=payment_id, client_secret=secret, facts=())

    def refunds_of(self, intent_id: str) -> list[Fact]:  # noqa: ARG002 - told one by one
        """Return no refunds: each is told by itself."""
        return []

    def intent_of_charge(self, charge_id: str) -> str | None:  # noqa: ARG002 - intents are always named
        """Return `None`: every fact names its intent."""
        return None

    def refund(self, payment: Payment, request: RefundRequest, *, again: bool) -> RefundReceipt:  # noqa: ARG002 - refused
        """Refuse: nobody is asked for money here."""
        raise InvalidRequest("Payments of demo data cannot be sent back.", pointer="/payment_id")


def paid(payment: Payment, at: Instant) -> Paid:
    """Return the fact that a payment's price was paid."""
    return Paid(
        amount=payment.price,
        currency=payment.currency,
        charge_id=f"ch_demo_{payment.payment_id}",
        at=at,
    )
