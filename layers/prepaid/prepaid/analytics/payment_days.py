"""Payments by UTC day: the days on which their money came and went."""

from collections.abc import Iterable
from datetime import date

from prepaid.analytics.money import MoneySum, MoneySums, added
from prepaid.domain.usage import utc_day
from prepaid.payments.movements import paid_and_back
from prepaid.payments.payment import Payment


def money_by_day(payments: Iterable[Payment]) -> dict[date, MoneySums]:
    """Add up payments on the days on which their money came and went."""
    found: dict[date, MoneySums] = {}
    for payment in payments:
        for at, paid, back in paid_and_back(payment):
            day = utc_day(at)
            found[day] = added(found.get(day, {}), {payment.currency: MoneySum(paid, back)})
    return found
