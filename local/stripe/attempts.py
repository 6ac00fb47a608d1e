"""One attempt to pay an intent: it succeeds, is declined, asks for the holder, or takes days."""

from local.stripe import disputes, methods, money_shapes
from local.stripe.cards import (
    HOLDER_FAILED,
    NEEDS_HOLDER,
    Authentication,
    Decline,
)
from local.stripe.errors import Declined, Json
from local.stripe.state import Unit, visible

FEE_FIXED, FEE_PER_THOUSAND = 30, 29


def attempt(unit: Unit, intent: Json, *, off_session: bool, refuse_action: bool) -> Json:
    """Try to take the money; raises `Declined` (whose changes stay) when that fails.

    *refuse_action*: a wish for authentication is a decline, as with `error_on_requires_action`.
    """
    method = unit.get("payment_method", intent["payment_method"])
    if _wants_holder(method, off_session=off_session):
        if off_session or refuse_action:
            raise decline(unit, intent, NEEDS_HOLDER)
        return require_action(unit, intent)
    return proceed(unit, intent, off_session=off_session)


def _wants_holder(method: Json, *, off_session: bool) -> bool:
    wish = methods.behaviour(method).authentication
    if wish is Authentication.UNLESS_PREPARED:
        return not (off_session and method["_prepared"])
    return wish is Authentication.ALWAYS


def require_action(unit: Unit, intent: Json) -> Json:
    """Ask for the card's holder (3-D Secure); `authenticated` or `decline` goes on from there."""
    waiting = unit.change(
        intent,
        status="requires_action",
        next_action=next_action(intent),
        last_payment_error=None,
    )
    unit.emit("payment_intent.requires_action", waiting)
    return waiting


def next_action(intent: Json) -> Json:
    """Where the holder is sent, or what Stripe.js gets when there is nowhere to return to."""
    url = f"https://hooks.stripe.com/3d_secure_2/hosted?intent={intent['id']}"
    if intent["_return_url"]:
        return {
            "redirect_to_url": {"return_url": intent["_return_url"], "url": url},
            "type": "redirect_to_url",
        }
    return {
        "type": "use_stripe_sdk",
        "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": url},
    }


def proceed(unit: Unit, intent: Json, *, off_session: bool = False) -> Json:
    """Take the money; the holder has been asked where that was needed."""
    method = unit.get("payment_method", intent["payment_method"])
    card = methods.behaviour(method)
    if card.kind != "card":
        return process(unit, intent)
    if card.decline is not None:
        raise decline(unit, intent, card.decline)
    return succeed(unit, intent, off_session=off_session)


def process(unit: Unit, intent: Json) -> Json:
    """Leave the payment with the bank: a pending charge that `settle` ends."""
    method = unit.get("payment_method", intent["payment_method"])
    pending = unit.put(money_shapes.charge(unit, intent, method, status="pending"))
    unit.emit("charge.pending", pending)
    waiting = unit.change(
        intent,
        status="processing",
        next_action=None,
        latest_charge=pending["id"],
        last_payment_error=None,
    )
    unit.emit("payment_intent.processing", waiting)
    return waiting


def settle(unit: Unit, intent: Json, failure: Decline | None) -> Json:
    """End a processing payment as its bank says; a failure is no error here but the outcome."""
    if failure is None:
        return succeed(unit, intent)
    try:
        raise decline(unit, intent, failure)
    except Declined:
        return unit.get("payment_intent", intent["id"])


def succeed(unit: Unit, intent: Json, *, off_session: bool = False) -> Json:
    """The money is ours: charge, balance, saved card and events follow."""
    method = unit.get("payment_method", intent["payment_method"])
    taken = _taken(unit, intent, method)
    unit.emit("charge.succeeded", taken)
    _remember(unit, intent, method, off_session=off_session)
    paid = unit.change(
        intent,
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=taken["id"],
        last_payment_error=None,
        next_action=None,
    )
    unit.emit("payment_intent.succeeded", paid)
    reason = methods.behaviour(method).dispute
    if reason == "inquiry":
        disputes.inquire(unit, taken)
    elif reason is not None:
        disputes.open_dispute(unit, taken, reason=reason)
    return unit.get("payment_intent", intent["id"])


def _taken(unit: Unit, intent: Json, method: Json) -> Json:
    """The succeeded charge: the pending one where there is one, else a new one."""
    pending = unit.find("charge", intent["latest_charge"])
    if pending is None or pending["status"] != "pending":
        pending = unit.put(money_shapes.charge(unit, intent, method, status="succeeded"))
    amount = intent["amount"]
    fee = amount * FEE_PER_THOUSAND // 1000 + FEE_FIXED
    entry = money_shapes.balance_transaction(unit, pending, kind="charge", amount=amount, fee=fee)
    return unit.change(
        pending,
        status="succeeded",
        amount_captured=amount,
        balance_transaction=entry["id"],
        receipt_url=money_shapes.receipt_url(unit, pending["id"]),
    )


def _remember(unit: Unit, intent: Json, method: Json, *, off_session: bool) -> None:
    wish, customer = intent["setup_future_usage"], intent["customer"]
    if wish is not None and customer is not None:
        method = methods.keep_for(unit, method, customer)
        if wish == "off_session" and not off_session:
            unit.change(method, _prepared=True)
    elif method["customer"] is None:
        unit.change(method, _spent=True)


def decline(unit: Unit, intent: Json, reason: Decline) -> Declined:
    """Record that the attempt failed for *reason*; the error is for the caller to raise."""
    method = unit.get("payment_method", intent["payment_method"])
    charge_id: str | None = None
    if reason is not HOLDER_FAILED:
        charge_id = _failed(unit, intent, method, reason)["id"]
    error = {
        "advice_code": reason.advice_code,
        "charge": charge_id,
        "code": reason.code,
        "decline_code": reason.decline_code or None,
        "doc_url": f"https://docs.stripe.com/error-codes/{reason.code.replace('_', '-')}",
        "message": reason.message,
        "network_decline_code": reason.network_decline_code,
        "payment_method": visible(method),
        "type": "card_error" if reason is not HOLDER_FAILED else "invalid_request_error",
    }
    failed = unit.change(
        intent,
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        latest_charge=charge_id or intent["latest_charge"],
        last_payment_error={name: value for name, value in error.items() if value is not None},
    )
    unit.emit("payment_intent.payment_failed", failed)
    return methods.declined(
        reason, charge=charge_id, payment_intent=visible(failed), payment_method=visible(method)
    )


def _failed(unit: Unit, intent: Json, method: Json, reason: Decline) -> Json:
    pending = unit.find("charge", intent["latest_charge"])
    if pending is None or pending["status"] != "pending":
        pending = unit.put(money_shapes.charge(unit, intent, method, status="failed"))
    failed = unit.change(pending, **money_shapes.failure(reason))
    unit.emit("charge.failed", failed)
    return failed
