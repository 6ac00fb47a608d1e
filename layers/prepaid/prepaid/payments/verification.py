"""Verification of payments: what was granted and taken back is what their facts say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.payments.payment import Payment
from prepaid.payments.ports import Payments

MONEY_BACK = (EntryKind.REFUND, EntryKind.DISPUTE)


@dataclass(frozen=True, slots=True)
class PaymentCheck:
    """Holds the payments of an account to its entries; an `AccountCheck` of the verification."""

    payments: Payments

    def __call__(self, account: Account, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
        """Go through the invariants that do not hold, with what shows it. Raises `Unavailable`."""
        payments = list(self.payments.all_of(account.account_id))
        for detail in granted_once(payments, entries):
            yield "a paid payment is granted once", detail
        for detail in taken_back(payments, entries):
            yield "what was taken back is owed back", detail


def granted_once(payments: Iterable[Payment], entries: Sequence[Entry]) -> Iterator[str]:
    """Go through the payments that were not granted once, under one purchase entry, when paid."""
    purchases = [entry.key for entry in entries if entry.kind is EntryKind.PURCHASE]
    for payment in payments:
        times = purchases.count(_purchase_key(payment))
        if times != int(payment.paid is not None) or payment.granted is not (times == 1):
            state = "paid" if payment.paid else "not paid"
            yield f"{payment.payment_id} is {state} and has {times} purchase entries"
    ours = {_purchase_key(each) for each in payments}
    for key in purchases:
        if key not in ours:
            yield f"the purchase entry {key} has no payment"


def _purchase_key(payment: Payment) -> keys.Key:
    return keys.purchase(payment.provider, payment.intent_id or "")


def taken_back(payments: Iterable[Payment], entries: Sequence[Entry]) -> Iterator[str]:
    """Go through the payments of which something else was taken back than their facts owe."""
    for payment in payments:
        purchased, bonus = payment.owed_back
        owed, taken = purchased + bonus, payment.taken_back
        moved = _moved(payment, entries)
        if not owed == taken == moved:
            yield f"{payment.payment_id} owes {owed}, {taken} was taken, its entries took {moved}"


def _moved(payment: Payment, entries: Sequence[Entry]) -> Credits:
    stems = tuple(f"{keys.money_back(kind, payment.intent_id or '')}:" for kind in MONEY_BACK)
    mine = [entry.amount for entry in entries if entry.key.startswith(stems)]
    return ZERO - sum(mine, ZERO)
