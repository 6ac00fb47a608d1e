"""Positional rows inside a payment's item: its progress, refunds, disputes, what was taken back.

Trailing elements that have their default are left out; rows of every earlier form are read. Rows
of before payments had a provider hold the words of the only one that there was.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from prepaid.domain.credits import Credits, Instant
from prepaid.domain.grants import DEFAULT_CURRENCY, GrantKind
from prepaid.payments.disputes import Disputed, DisputeStatus, Movement, MovementKind
from prepaid.payments.payment import Cancellation, Clawback, Payment, PaymentStatus, Progress
from prepaid.payments.receipts import NO_RECEIPT, Card, Receipt
from prepaid.payments.refund_facts import NO_SUM, UNTIMED, ChargeRefunded, Refunded, RefundStatus

type Row = Sequence[Any]

_DISPUTES_OF_BEFORE = {
    "warning_needs_response": DisputeStatus.INQUIRY,
    "warning_under_review": DisputeStatus.INQUIRY_UNDER_REVIEW,
    "warning_closed": DisputeStatus.INQUIRY_CLOSED,
}
_MOVEMENTS_OF_BEFORE = {
    "dispute": MovementKind.WITHDRAWAL,
    "dispute_reversal": MovementKind.REVERSAL,
}
_CANCELLATIONS_OF_BEFORE = {"requested_by_customer": Cancellation.REQUESTED}


def of_progress(progress: Progress) -> list[object]:
    """Write ``[status, at, reason]``; a canceled one's reason is its cancellation."""
    return [str(progress.status), progress.at, progress.reason or str(progress.cancellation)]


def progress(row: Row) -> Progress:
    """Read how far an intent is."""
    status, at, reason = row
    stage = PaymentStatus(status)
    if stage is PaymentStatus.CANCELED:
        why = _CANCELLATIONS_OF_BEFORE.get(reason) or _member(
            Cancellation, reason, Cancellation.OTHER
        )
        return Progress(status=stage, at=Instant(int(at)), cancellation=why)
    return Progress(status=stage, at=Instant(int(at)), reason=reason or None)


def of_receipt(receipt: Receipt) -> list[object] | None:
    """Write ``[at, address or "", brand?, last four digits?]``; nothing while there is none."""
    if receipt == NO_RECEIPT:
        return None
    card = receipt.card
    return [receipt.at, receipt.url or "", *([card.brand, card.last4] if card else [])]


def receipt(row: Row | None) -> Receipt:
    """Read a receipt; payments of before there were any have none."""
    if row is None:
        return NO_RECEIPT
    at, url, *card = row
    return Receipt(at=Instant(int(at)), url=url or None, card=Card(*card) if card else None)


def of_money_back(payment: Payment) -> dict[str, Any]:
    """Write a payment's refunds and disputes."""
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

    Old rows end after the flags. A movement is ``[kind, amount, currency, created]``.
    """
    return {key: _dispute(key, row) for key, row in rows.items()}


def of_taken(taken: Clawback) -> list[object]:
    """Write ``[grant, amount, kind, of, priority, basis, seconds left, origin?, currency?]``."""
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
    grant_id, amount, kind, grant_amount, priority, cost_basis, seconds_left, *more = row
    origin, currency = more or (0, DEFAULT_CURRENCY)
    return Clawback(
        grant_id=int(grant_id),
        amount=Credits(int(amount)),
        kind=GrantKind(kind),
        grant_amount=Credits(int(grant_amount)),
        priority=int(priority),
        cost_basis=int(cost_basis),
        seconds_left=None if seconds_left is None else int(seconds_left),
        origin=int(origin) or None,
        currency=currency,
    )


def _of_refund(refund: Refunded) -> list[object]:
    row: list[object] = [refund.amount, str(refund.status), refund.at, refund.currency]
    return [*row, refund.request] if refund.request else row


def _refund(refund_id: str, row: Row) -> Refunded:
    amount, status, *later = row
    defaults: list[Any] = [UNTIMED, "", ""]
    at, currency, request = [*later, *defaults[len(later) :]]
    return Refunded(
        refund_id=refund_id,
        amount=int(amount),
        status=_member(RefundStatus, status, RefundStatus.UNKNOWN),
        at=Instant(int(at)),
        currency=currency,
        request=request,
    )


def _of_dispute(dispute: Disputed) -> list[object]:
    row: list[object] = [
        dispute.amount,
        str(dispute.status),
        dispute.withdrawn,
        dispute.reinstated,
        dispute.at,
        dispute.currency,
    ]
    movements = {
        key: [str(each.kind), each.amount, each.currency, each.created]
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
        status=_DISPUTES_OF_BEFORE.get(status)
        or _member(DisputeStatus, status, DisputeStatus.UNKNOWN),
        withdrawn=withdrawn,
        reinstated=reinstated,
        at=Instant(int(at)),
        currency=currency,
        movements={key: _movement(row) for key, row in movements.items()},
    )


def _movement(row: Row) -> Movement:
    kind, amount, currency, created = row
    moved = int(amount)
    moved_as = _MOVEMENTS_OF_BEFORE.get(kind) or _member(
        MovementKind, kind, MovementKind.by_sign(moved)
    )
    return Movement(kind=moved_as, amount=moved, currency=currency, created=Instant(int(created)))


def _member[E: StrEnum](kind: type[E], text: str, otherwise: E) -> E:
    """Return the member that *text* names; a row of before may hold another word."""
    return kind(text) if text in kind else otherwise
