"""Money by UTC day: what payments brought in, and what refunds and disputes took, by currency."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepaid.domain.credits import Instant
from prepaid.domain.usage import utc_day

if TYPE_CHECKING:
    from prepaid.payments.payment import Payment


@dataclass(frozen=True, slots=True)
class Taken:
    """Money of one currency in its smallest unit: what was *paid*, and what of it went *back*."""

    paid: int = 0
    back: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.paid + other.paid, self.back + other.back)


type Takings = Mapping[str, Taken]
"""Money by currency."""


def added(one: Takings, other: Takings) -> Takings:
    """Add takings up, currency by currency."""
    return {each: one.get(each, Taken()) + other.get(each, Taken()) for each in {**one, **other}}


def money_by_day(payments: "Iterable[Payment]") -> dict[date, Takings]:
    """Add up payments on the days on which their facts happened, by their providers' times.

    Of one payment no more goes back than was paid for it, so what goes beyond is on no day.
    """
    found: dict[date, Takings] = {}
    for payment in payments:
        if payment.paid is None:
            continue
        for at, taken in _of_payment(payment, payment.paid.at):
            day = utc_day(at)
            found[day] = added(found.get(day, {}), {payment.currency: taken})
    return found


def _of_payment(payment: "Payment", paid_at: Instant) -> Iterator[tuple[Instant, Taken]]:
    yield paid_at, Taken(paid=payment.price)
    left = payment.price
    for at, amount in sorted(_gone(payment, paid_at)):
        back = min(amount, left)
        left -= back
        if back:
            yield at, Taken(back=back)


def _gone(payment: "Payment", paid_at: Instant) -> Iterator[tuple[Instant, int]]:
    """Go through what is gone, each with its time; what was stored without one went at once."""
    told = 0
    for refund in payment.refunds.values():
        if refund.live:
            told += refund.amount
            yield max(refund.at, paid_at), refund.amount
    if payment.money_refunded > told:
        yield max(payment.charge_refunded.at, paid_at), payment.money_refunded - told
    for dispute in payment.disputes.values():
        if dispute.gone:
            yield max(dispute.at, paid_at), dispute.gone
