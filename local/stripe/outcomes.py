"""Plays the customer and the bank: what Stripe's hosted pages and the card networks would do."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType

from local.stripe import attempts, disputes, intents, methods, refunds, setups
from local.stripe.cards import GENERIC, HOLDER_FAILED
from local.stripe.errors import Declined, InvalidParams, Json, WrongState
from local.stripe.state import Unit

type Play = Callable[[Unit, Json, int | None], object]

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")


def play(unit: Unit, intent: Json, outcome: str, *, amount: int | None, method: str | None) -> Json:
    """Let *outcome* happen to *intent* and return it as it is afterwards.

    *amount* is for refunds and disputes; *method* is the test card for `succeed`. A card that
    declines is an outcome here, not an error. Raises `WrongState` where it cannot happen.
    """
    if outcome not in OUTCOMES:
        raise InvalidParams(f"outcome must be one of {', '.join(OUTCOMES)}.", param="outcome")
    if method is not None:
        intent = _choose(unit, intent, method)
    with suppress(Declined):
        OUTCOMES[outcome](unit, intent, amount)
    return unit.get("payment_intent", intent["id"])


def play_setup(unit: Unit, intent: Json, outcome: str) -> Json:
    """The same for a setup intent: succeed, decline or cancel."""
    if outcome not in {"succeed", "decline", "cancel"}:
        raise InvalidParams("outcome must be succeed, decline or cancel.", param="outcome")
    if outcome == "cancel":
        return setups.cancel(unit, intent)
    if intent["status"] not in OPEN:
        raise WrongState(f"{intent['id']} has a status of {intent['status']}.")
    if intent["payment_method"] is None:
        intent = unit.change(intent, payment_method=methods.fresh(unit, "pm_card_visa")["id"])
    if outcome == "succeed":
        return setups.save(unit, intent)
    asked = intent["status"] == "requires_action"
    setups.fail(unit, intent, HOLDER_FAILED if asked else GENERIC)
    return unit.get("setup_intent", intent["id"])


def _choose(unit: Unit, intent: Json, method_id: str) -> Json:
    _check(intent, OPEN[:2])
    method = methods.lookup(unit, method_id, param="payment_method")
    methods.check_usable(method, intent["customer"])
    return unit.change(intent, payment_method=method["id"], status="requires_confirmation")


def _check(intent: Json, statuses: tuple[str, ...]) -> None:
    if intent["status"] not in statuses:
        raise WrongState(
            f"{intent['id']} has a status of {intent['status']}; this needs one of "
            f"{', '.join(statuses)}."
        )


def _with_method(unit: Unit, intent: Json, name: str) -> Json:
    """*intent* with the payment method it has, else a new one that behaves like *name*."""
    if intent["payment_method"] is not None:
        return intent
    return unit.change(intent, payment_method=methods.fresh(unit, name)["id"])


def _succeed(unit: Unit, intent: Json, _: int | None) -> None:
    _check(intent, (*OPEN, "processing"))
    intent = _with_method(unit, intent, "pm_card_visa")
    if intent["status"] == "processing":
        method = unit.get("payment_method", intent["payment_method"])
        attempts.settle(unit, intent, methods.behaviour(method).decline)
    else:
        intents.authenticated(unit, intent)


def _decline(unit: Unit, intent: Json, _: int | None) -> None:
    _check(intent, (*OPEN, "processing"))
    asked = intent["status"] == "requires_action"
    intent = _with_method(unit, intent, "pm_card_visa_chargeDeclined")
    attempts.decline(unit, intent, HOLDER_FAILED if asked else GENERIC)


def _cancel(unit: Unit, intent: Json, _: int | None) -> None:
    intents.cancel(unit, intent, "requested_by_customer")


def _process(unit: Unit, intent: Json, _: int | None) -> None:
    _check(intent, OPEN)
    slow = methods.fresh(unit, "pm_usBankAccount_success")
    attempts.process(unit, unit.change(intent, payment_method=slow["id"]))


def _ask(unit: Unit, intent: Json, _: int | None) -> None:
    _check(intent, OPEN[:2])
    attempts.require_action(unit, _with_method(unit, intent, "pm_card_authenticationRequired"))


def _refund(unit: Unit, intent: Json, amount: int | None) -> Json:
    return refunds.refund(unit, refunds.charge_of(unit, intent), amount)


def _half_refund(unit: Unit, intent: Json, _: int | None) -> None:
    taken = refunds.charge_of(unit, intent)
    refunds.refund(unit, taken, max(taken["amount"] // 2, 1))


def _live_refund(unit: Unit, intent: Json, *statuses: str) -> Json | None:
    taken = refunds.charge_of(unit, intent)
    found = [row for row in unit.every("refund") if row["charge"] == taken["id"]]
    return next((row for row in reversed(found) if row["status"] in statuses), None)


def _refund_failed(unit: Unit, intent: Json, amount: int | None) -> None:
    made = _live_refund(unit, intent, "succeeded", "pending") or _refund(unit, intent, amount)
    if made["status"] != "failed" and unit.get("refund", made["id"])["status"] != "failed":
        refunds.fail_refund(unit, made)


def _refund_pending(unit: Unit, intent: Json, amount: int | None) -> None:
    refunds.refund(unit, refunds.charge_of(unit, intent), amount, fate="pending")


def _refund_canceled(unit: Unit, intent: Json, amount: int | None) -> None:
    made = _live_refund(unit, intent, "pending") or refunds.refund(
        unit, refunds.charge_of(unit, intent), amount, fate="pending"
    )
    refunds.cancel_refund(unit, made)


def _refund_arrived(unit: Unit, intent: Json, _: int | None) -> None:
    made = _live_refund(unit, intent, "pending")
    if made is None:
        raise WrongState(f"{intent['id']} has no pending refund.")
    refunds.complete_refund(unit, made)


def _dispute(unit: Unit, intent: Json, amount: int | None) -> Json:
    return disputes.open_dispute(unit, refunds.charge_of(unit, intent), amount)


def _inquiry(unit: Unit, intent: Json, amount: int | None) -> None:
    disputes.inquire(unit, refunds.charge_of(unit, intent), amount)


def _opened(unit: Unit, intent: Json, amount: int | None) -> Json:
    """The open dispute; a new one is opened where there is none, or only an inquiry."""
    found = disputes.latest(unit, refunds.charge_of(unit, intent))
    if found is not None and found["status"] in {*disputes.OPEN, "won", "lost"}:
        return found
    return _dispute(unit, intent, amount)


def _inquiry_closed(unit: Unit, intent: Json, _: int | None) -> None:
    found = disputes.latest(unit, refunds.charge_of(unit, intent))
    if found is None:
        raise WrongState(f"{intent['id']} has no inquiry.")
    disputes.close_inquiry(unit, found)


OUTCOMES: Mapping[str, Play] = MappingProxyType(
    {
        "succeed": _succeed,
        "decline": _decline,
        "cancel": _cancel,
        "processing": _process,
        "require_action": _ask,
        "refund": _refund,
        "half-refund": _half_refund,
        "refund-failed": _refund_failed,
        "refund-pending": _refund_pending,
        "refund-arrived": _refund_arrived,
        "refund-canceled": _refund_canceled,
        "dispute-open": _dispute,
        "dispute-won": lambda unit, intent, n: disputes.win(unit, _opened(unit, intent, n)),
        "dispute-lost": lambda unit, intent, n: disputes.lose(unit, _opened(unit, intent, n)),
        "dispute-part-won": lambda unit, intent, n: disputes.win_part(
            unit, _opened(unit, intent, None), n
        ),
        "dispute-inquiry": _inquiry,
        "dispute-inquiry-closed": _inquiry_closed,
    }
)
