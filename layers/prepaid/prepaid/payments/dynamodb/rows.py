"""Positional rows inside a payment's item: refunds, disputes and what was taken back.

Trailing elements that have their default are left out; rows of every earlier form are read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind
from prepaid.payments.disputes import Disputed, Movement
from prepaid.payments.payment import Clawback, Payment
from prepaid.payments.refund_facts import NO_SUM, UNTIMED, ChargeRefunded, Refunded

type Row = Sequence[Any]


def of_money_back(payment: Payment) -> dict[str, Any]:
    """Write what is known of a payment's refunds and disputes."""
    charge = payment.charge_refunded
    return {
        "charge_refunded": None if charge == NO_SUM else [charge.amount, charge.at],
        "refunds": {key: _of_refund(each) for key, each in payment.refunds.items()},
        "disputes": {key: _of_dispute(each) for key, each in payment.disputes.items()},
    }


def charge_refunded(stored: Any) -> ChargeRefunded:
    """Read ``[amount, at]``; a number alone is a sum that was stored without its time."""
    if stored is None:
        return NO_SUM
    if isinstance(stored, Sequence):
        amount, at = stored
        return ChargeRefunded(amount=int(amount), at=Instant(int(at)))
    return ChargeRefunded(amount=int(stored), at=NO_SUM.at)


def refunds(rows: Mapping[str, Row]) -> dict[str, Refunded]:
    """Read ``{id: [amount, status, at, currency, request?]}``; old rows end after the status."""
    return {key: _refund(key, row) for key, row in rows.items()}


def disputes(rows: Mapping[str, Row]) -> dict[str, Disputed]:
    """Read ``{id: [amount, status, withdrawn, reinstated, at, currency, {id: movement}?]}``.

    Old rows end after the flags. A movement is ``[category, amount, currency, created]``.
    """
    return {key: _dispute(key, row) for key, row in rows.items()}


def of_taken(taken: Clawback) -> list[object]:
    """Write ``[grant id, amount, kind, whole, priority, cost basis, life, origin?, currency?]``."""
    plain = taken.origin is None and taken.currency == DEFAULT_CURRENCY
    return [
        taken.grant_id,
        taken.amount.hundredths,
        str(taken.kind),
        taken.grant_amount.hundredths,
        taken.priority,
        taken.cost_basis,
        taken.seconds_left,
        *([] if plain else [taken.origin or 0, taken.currency]),
    ]


def taken(row: Row) -> Clawback:
    """Read what was taken from one grant."""
    grant_id, amount, kind, whole, priority, cost_basis, life, *more = row
    origin, currency = more or (0, DEFAULT_CURRENCY)
    return Clawback(
        grant_id=int(grant_id),
        amount=Credits(int(amount)),
        kind=GrantKind(kind),
        grant_amount=Credits(int(whole)),
        priority=int(priority),
        cost_basis=int(cost_basis),
        seconds_left=None if life is None else int(life),
        origin=int(origin) or None,
        currency=currency,
    )


def _of_refund(refund: Refunded) -> list[object]:
    row: list[object] = [refund.amount, refund.status, refund.at, refund.currency]
    return [*row, refund.request] if refund.request else row


def _refund(refund_id: str, row: Row) -> Refunded:
    amount, status, *later = row
    defaults: list[Any] = [UNTIMED, "", ""]
    at, currency, request = [*later, *defaults[len(later) :]]
    return Refunded(
        refund_id=refund_id,
        amount=int(amount),
        status=status,
        at=Instant(int(at)),
        currency=currency,
        request=request,
    )


def _of_dispute(dispute: Disputed) -> list[object]:
    row: list[object] = [
        dispute.amount,
        dispute.status,
        dispute.withdrawn,
        dispute.reinstated,
        dispute.at,
        dispute.currency,
    ]
    movements = {
        key: [each.category, each.amount, each.currency, each.created]
        for key, each in dispute.movements.items()
    }
    return [*row, movements] if movements else row


def _dispute(dispute_id: str, row: Row) -> Disputed:
    amount, status, withdrawn, reinstated, *later = row
    defaults: list[Any] = [0, "", {}]
    at, currency, movements = [*later, *defaults[len(later) :]]
    return Disputed(
        dispute_id=dispute_id,
        amount=int(amount),
        status=status,
        withdrawn=withdrawn,
        reinstated=reinstated,
        at=Instant(int(at)),
        currency=currency,
        movements={key: _movement(row) for key, row in movements.items()},
    )


def _movement(row: Row) -> Movement:
    category, amount, currency, created = row
    return Movement(
        category=category, amount=int(amount), currency=currency, created=Instant(int(created))
    )
