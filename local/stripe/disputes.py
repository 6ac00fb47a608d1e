"""Disputes: opened by the payer's bank, won or lost; and inquiries, which take nothing yet."""

from local.stripe import money_shapes
from local.stripe.errors import InvalidParams, Json, WrongState
from local.stripe.state import Unit

OPEN = ("needs_response", "under_review")
WITHDRAWAL, REVERSAL = "dispute", "dispute_reversal"
"""Categories: https://docs.stripe.com/reports/reporting-categories."""
INQUIRY = ("warning_needs_response", "warning_under_review")


def latest(unit: Unit, taken: Json) -> Json | None:
    """The charge's newest dispute."""
    found = [each for each in unit.every("dispute") if each["charge"] == taken["id"]]
    return found[-1] if found else None


def inquire(unit: Unit, taken: Json, amount: int | None = None) -> Json:
    """Open an inquiry: a question by the bank, no money moves."""
    return _open(unit, taken, amount, reason="fraudulent", status="warning_needs_response")


def open_dispute(
    unit: Unit, taken: Json, amount: int | None = None, *, reason: str = "fraudulent"
) -> Json:
    """Open a dispute, or turn the open inquiry into one: the amount and a fee leave us."""
    inquiry = latest(unit, taken)
    if inquiry is not None and inquiry["status"] in INQUIRY:
        disputed = unit.change(inquiry, status="needs_response", is_charge_refundable=False)
        unit.emit("charge.dispute.updated", disputed, before=inquiry)
    else:
        disputed = _open(unit, taken, amount, reason=reason, status="needs_response")
    disputed = _move(unit, disputed, -disputed["amount"], money_shapes.DISPUTE_FEE, WITHDRAWAL)
    unit.change(taken, _withdrawn=True)
    unit.emit("charge.dispute.funds_withdrawn", disputed)
    return disputed


def _open(unit: Unit, taken: Json, amount: int | None, *, reason: str, status: str) -> Json:
    earlier = latest(unit, taken)
    if earlier is not None and earlier["status"] != "warning_closed":
        raise WrongState(f"Charge {taken['id']} has been disputed already: {earlier['id']}.")
    left = taken["amount"] - taken["amount_refunded"]
    if left == 0:
        raise WrongState(f"Charge {taken['id']} has been refunded; nothing is left to dispute.")
    if amount is not None and not 1 <= amount <= left:
        raise InvalidParams(f"amount must be between 1 and {left}.", param="amount")
    disputed = unit.put(
        money_shapes.dispute(
            unit, taken, amount=left if amount is None else amount, reason=reason, status=status
        )
    )
    unit.change(taken, disputed=True)
    unit.emit("charge.dispute.created", disputed)
    return disputed


def win(unit: Unit, disputed: Json) -> Json:
    """The bank decided for us: the money and the fee come back."""
    _check_open(disputed, OPEN)
    won = unit.change(disputed, status="won")
    won = _move(unit, won, won["amount"], -money_shapes.DISPUTE_FEE, REVERSAL)
    unit.change(unit.get("charge", won["charge"]), _withdrawn=False)
    unit.emit("charge.dispute.funds_reinstated", won)
    unit.emit("charge.dispute.closed", won, before=disputed)
    return won


def lose(unit: Unit, disputed: Json) -> Json:
    """The bank decided for the payer: what was withdrawn stays away."""
    _check_open(disputed, OPEN)
    lost = unit.change(disputed, status="lost")
    unit.emit("charge.dispute.closed", lost, before=disputed)
    return lost


def win_part(unit: Unit, disputed: Json, amount: int | None = None) -> Json:
    """The bank decided for the payer, but *amount* (half, by default) comes back: still `lost`."""
    _check_open(disputed, OPEN)
    back = disputed["amount"] // 2 if amount is None else amount
    if not 1 <= back < disputed["amount"]:
        raise InvalidParams(
            f"amount must be between 1 and {disputed['amount'] - 1}.", param="amount"
        )
    lost = unit.change(disputed, status="lost")
    lost = _move(unit, lost, back, 0, REVERSAL)
    unit.emit("charge.dispute.funds_reinstated", lost)
    unit.emit("charge.dispute.closed", lost, before=disputed)
    return lost


def close_inquiry(unit: Unit, disputed: Json) -> Json:
    """The bank's question is answered; it never became a dispute."""
    _check_open(disputed, INQUIRY)
    closed = unit.change(disputed, status="warning_closed")
    unit.change(unit.get("charge", closed["charge"]), disputed=False)
    unit.emit("charge.dispute.closed", closed, before=disputed)
    return closed


def _check_open(disputed: Json, statuses: tuple[str, ...]) -> None:
    if disputed["status"] not in statuses:
        raise WrongState(f"Dispute {disputed['id']} has a status of {disputed['status']}.")


def _move(unit: Unit, disputed: Json, amount: int, fee: int, category: str) -> Json:
    entry = money_shapes.balance_transaction(
        unit, disputed, kind="adjustment", amount=amount, fee=fee, category=category
    )
    return unit.change(disputed, balance_transactions=[*disputed["balance_transactions"], entry])
