"""Refunds: money that goes back, and sometimes does not arrive."""

from local.stripe import money_shapes
from local.stripe.cards import BY_NUMBER
from local.stripe.currencies import display
from local.stripe.errors import InvalidParams, Json, WrongState
from local.stripe.forms import Params
from local.stripe.state import Unit

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create_refund(unit: Unit, params: Params) -> Json:
    """POST /v1/refunds."""
    params.only({"amount", "charge", "expand", "metadata", "payment_intent", "reason"})
    metadata = params.metadata()
    reason = params.choice("reason", REASONS)
    amount = params.integer("amount")
    if amount is not None and amount < 1:
        raise InvalidParams(
            "This value must be greater than or equal to 1.",
            code="parameter_invalid_integer",
            param="amount",
        )
    return refund(unit, _charge(unit, params), amount, reason=reason, metadata=metadata)


def _charge(unit: Unit, params: Params) -> Json:
    charge_id, intent_id = params.text("charge"), params.text("payment_intent")
    if charge_id is not None:
        return unit.get("charge", charge_id, param="charge")
    if intent_id is None:
        raise InvalidParams(
            "One of the following params should be provided for this request: payment_intent or "
            "charge.",
            code="parameter_missing",
        )
    return charge_of(unit, unit.get("payment_intent", intent_id, param="payment_intent"))


def charge_of(unit: Unit, intent: Json) -> Json:
    """The charge that paid *intent*."""
    taken = unit.find("charge", intent["latest_charge"])
    if intent["status"] != "succeeded" or taken is None:
        raise WrongState(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            code="payment_intent_unexpected_state",
        )
    return taken


def left_of(taken: Json) -> int:
    """What of the charge has not been refunded, in the currency's smallest unit."""
    return int(taken["amount"]) - int(taken["amount_refunded"])


def refund(
    unit: Unit,
    taken: Json,
    amount: int | None,
    *,
    reason: str | None = None,
    metadata: dict[str, str] | None = None,
    fate: str | None = None,
) -> Json:
    """Give *amount* of the charge back, or all that is left of it.

    The card decides what becomes of it, unless *fate* does.
    """
    wanted = left_of(taken) if amount is None else amount
    _check_refundable(taken, wanted)
    method = unit.get("payment_method", taken["payment_method"])
    fate = fate or BY_NUMBER[method["_number"]].refund_status
    made = money_shapes.refund(
        unit, taken, amount=wanted, status="succeeded" if fate == "failed" else fate
    ) | {"metadata": metadata or {}, "reason": reason}
    entry = money_shapes.balance_transaction(unit, made, kind="refund", amount=-wanted, fee=0)
    unit.put(made)
    made = unit.change(made, balance_transaction=entry["id"])
    unit.emit("refund.created", made)
    total = taken["amount_refunded"] + wanted
    after = unit.change(taken, amount_refunded=total, refunded=total == taken["amount"])
    unit.emit("charge.refunded", after, before=taken)
    if fate == "failed":
        fail_refund(unit, made)
    return made


def _check_refundable(taken: Json, wanted: int) -> None:
    left = left_of(taken)
    if taken["_withdrawn"]:
        raise WrongState(
            f"Charge {taken['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    if taken["status"] != "succeeded":
        raise WrongState(f"Charge {taken['id']} has not succeeded; there is nothing to refund.")
    if left == 0:
        raise WrongState(
            f"Charge {taken['id']} has already been refunded.", code="charge_already_refunded"
        )
    if wanted > left:
        raise WrongState(
            f"Refund amount ({display(wanted, taken['currency'])}) is greater than unrefunded "
            f"amount on charge ({display(left, taken['currency'])})",
            param="amount",
        )


def fail_refund(unit: Unit, made: Json) -> Json:
    """The bank sent the money back to us: it counts as not refunded any more."""
    if made["status"] not in {"succeeded", "pending"}:
        raise WrongState(f"Refund {made['id']} has a status of {made['status']}; it cannot fail.")
    entry = money_shapes.balance_transaction(
        unit, made, kind="refund_failure", amount=made["amount"], fee=0
    )
    failed = unit.change(
        made,
        status="failed",
        failure_reason="lost_or_stolen_card",
        failure_balance_transaction=entry["id"],
    )
    _lower(unit, made)
    unit.emit("refund.updated", failed, before=made)
    unit.emit("charge.refund.updated", failed, before=made)
    unit.emit("refund.failed", failed)
    return failed


def cancel_refund(unit: Unit, made: Json) -> Json:
    """We took the refund back while it was still on its way: it counts as not refunded."""
    if made["status"] not in {"pending", "requires_action"}:
        raise WrongState(f"Refund {made['id']} has a status of {made['status']}; it cannot end.")
    canceled = unit.change(made, status="canceled")
    _lower(unit, made)
    unit.emit("refund.updated", canceled, before=made)
    unit.emit("charge.refund.updated", canceled, before=made)
    return canceled


def _lower(unit: Unit, made: Json) -> None:
    """Take a refund that ended out of its charge's sum, without an event of the charge."""
    taken = unit.get("charge", made["charge"])
    unit.change(taken, amount_refunded=taken["amount_refunded"] - made["amount"], refunded=False)


def complete_refund(unit: Unit, made: Json) -> Json:
    """A pending refund arrived."""
    if made["status"] != "pending":
        raise WrongState(f"Refund {made['id']} has a status of {made['status']}, not pending.")
    done = unit.change(made, status="succeeded")
    unit.emit("refund.updated", done, before=made)
    unit.emit("charge.refund.updated", done, before=made)
    return done
