"""New charges, refunds, disputes and balance transactions, as the API shows them."""

from local.stripe.cards import BY_NUMBER, Decline
from local.stripe.errors import Json
from local.stripe.shapes import billing_details, card_details
from local.stripe.state import Unit

DISPUTE_FEE = 1500
MILLION = 1_000_000
SETTLEMENT = "settlement"
DISPUTE_DAYS = 9

_EVIDENCE = (
    "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure "
    "cancellation_rebuttal customer_communication customer_email_address customer_name "
    "customer_purchase_ip customer_signature duplicate_charge_documentation "
    "duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy "
    "refund_policy_disclosure refund_refusal_explanation service_date service_documentation "
    "shipping_address shipping_carrier shipping_date shipping_documentation "
    "shipping_tracking_number uncategorized_file uncategorized_text"
)

_EMPTY_CHARGE = (
    "application application_fee application_fee_amount balance_transaction "
    "failure_balance_transaction failure_code failure_message on_behalf_of receipt_number "
    "receipt_url review shipping source source_transfer statement_descriptor "
    "statement_descriptor_suffix transfer_data transfer_group"
)


def charge(unit: Unit, intent: Json, method: Json, *, status: str) -> Json:
    """One attempt to take the intent's amount with *method*: succeeded, pending or failed."""
    taken = status == "succeeded"
    kind = method["type"]
    charge_id = unit.new_id("charge")
    return dict.fromkeys(_EMPTY_CHARGE.split()) | {
        "id": charge_id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if taken else 0,
        "amount_refunded": 0,
        "billing_details": billing_details(),
        "calculated_statement_descriptor": "PREPAID",
        "captured": status != "failed",
        "created": unit.now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "outcome": _outcome("authorized", "approved_by_network", None, "Payment complete."),
        "paid": status != "failed",
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            kind: card_details(BY_NUMBER[method["_number"]]),
            "type": kind,
        },
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_url": receipt_url(unit, charge_id) if taken else None,
        "refunded": False,
        "status": status,
        "_withdrawn": False,
    }


def receipt_url(unit: Unit, charge_id: str) -> str:
    """Where the payer sees the receipt of a charge."""
    return f"{unit.pages}/receipts/{charge_id}"


def failure(decline: Decline) -> Json:
    """The members of a charge that *decline* stopped."""
    return {
        "amount_captured": 0,
        "captured": False,
        "failure_code": decline.code,
        "failure_message": decline.message,
        "outcome": _outcome(
            "issuer_declined",
            "declined_by_network",
            decline.decline_code or decline.code,
            "The bank did not return any further details with this decline.",
        ),
        "paid": False,
        "status": "failed",
    }


def _outcome(kind: str, network: str, reason: str | None, message: str) -> Json:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network,
        "reason": reason,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": message,
        "type": kind,
    }


def refund(unit: Unit, taken: Json, *, amount: int, status: str) -> Json:
    """A refund of *amount* from the charge *taken*."""
    kind = taken["payment_method_details"]["type"]
    details: Json = {"type": kind, kind: {}}
    if kind == "card":
        details["card"] = {
            "reference": None,
            "reference_status": "pending",
            "reference_type": "acquirer_reference_number",
            "type": "refund",
        }
    return {
        "id": unit.new_id("refund"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": taken["id"],
        "created": unit.now,
        "currency": taken["currency"],
        "customer": taken["customer"],
        "customer_account": None,
        "destination_details": details,
        "metadata": {},
        "payment_intent": taken["payment_intent"],
        "payment_method": taken["payment_method"],
        "reason": None,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": status,
        "transfer_reversal": None,
    }


def dispute(unit: Unit, taken: Json, *, amount: int, reason: str, status: str) -> Json:
    """A dispute of *amount* of the charge *taken*; a `warning_…` status is an inquiry."""
    return {
        "id": unit.new_id("dispute"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": taken["id"],
        "created": unit.now,
        "currency": taken["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(_EVIDENCE.split()), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": unit.now + DISPUTE_DAYS * 86_400,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": status.startswith("warning_"),
        "livemode": False,
        "metadata": {},
        "network_reason_code": None,
        "payment_intent": taken["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": taken["payment_method_details"].get("card", {}).get("brand", "visa"),
                "case_type": "inquiry" if status.startswith("warning_") else "chargeback",
                "network": "visa",
                "network_reason_code": "10.4",
            },
            "type": "card",
        },
        "reason": reason,
        "status": status,
    }


def balance_transaction(
    unit: Unit, source: Json, *, kind: str, amount: int, fee: int, category: str | None = None
) -> Json:
    """A movement of our balance at Stripe; *amount* is signed, *fee* is what Stripe keeps.

    Both are in the currency of *source*; what moves is in the currency that we are paid in, at the
    day's rate, where the stand-in was given one: `rate` in millionths.
    """
    settled, rate = _settled(unit, source["currency"])
    if rate is not None:
        amount, fee = exchanged(amount, rate), exchanged(fee, rate)
    return unit.put(
        {
            "id": unit.new_id("balance_transaction"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": unit.now,
            "balance_type": "payments",
            "created": unit.now,
            "currency": settled,
            "description": None,
            "exchange_rate": None if rate is None else rate / MILLION,
            "fee": fee,
            "fee_details": [
                {
                    "amount": fee,
                    "application": None,
                    "currency": settled,
                    "description": "Stripe fee",
                    "type": "stripe_fee",
                }
            ]
            if fee
            else [],
            "net": amount - fee,
            "reporting_category": category or kind,
            "source": source["id"],
            "status": "available",
            "type": kind,
        }
    )


def exchanged(amount: int, rate: int) -> int:
    """*amount* at *rate* millionths, rounded half up, away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * rate + MILLION // 2) // MILLION)


def _settled(unit: Unit, currency: str) -> tuple[str, int | None]:
    """The currency that we are paid in, and the rate; none where nothing is exchanged."""
    found = unit.find(SETTLEMENT, SETTLEMENT)
    if found is None or found["currency"] in {None, currency}:
        return currency, None
    return str(found["currency"]), int(found["rate"])
