"""Verification of payments: what was granted and taken back is what their facts say."""

from collections import Counter as Tally
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from prepaid.domain import keys
from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.keys import Key
from prepaid.ledger.ports import LedgerAudit
from prepaid.payments.payment import Payment
from prepaid.payments.ports import Payments

MONEY_BACK = (EntryKind.REFUND, EntryKind.DISPUTE)
KINDS = frozenset({EntryKind.PURCHASE, *MONEY_BACK})


@dataclass(frozen=True, slots=True)
class PaymentCheck:
    """Holds the payments of an account to its entries; an `AccountCheck` of the verification."""

    payments: Payments
    providers: Collection[str]

    def __call__(self, account: Account, audit: LedgerAudit) -> Iterator[tuple[str, str]]:
        """Go through the invariants that do not hold, with what shows it. Raises `Unavailable`."""
        payments = list(self.payments.all_of(account.account_id))
        purchases = Tally(
            entry.key
            for provider in sorted({*self.providers, *(each.provider for each in payments)})
            for entry in _entries_of_payments(account, audit, keys.purchase(provider, ""))
        )
        for detail in granted_once(payments, purchases):
            yield "a paid payment is granted once", detail
        moved: dict[str, Credits] = {}
        for kind in MONEY_BACK:
            for entry in _entries_of_payments(account, audit, Key(f"{kind}:")):
                stem = entry.key.rpartition(":")[0]
                moved[stem] = moved.get(stem, ZERO) - entry.amount
        for detail in taken_back(payments, moved):
            yield "what was taken back is owed back", detail


def _entries_of_payments(account: Account, audit: LedgerAudit, prefix: Key) -> Iterator[Entry]:
    """Go through the entries under a prefix that the account was written with."""
    found = audit.all_under(account.account_id, prefix)
    return (entry for entry in found if entry.seq <= account.seq and entry.kind in KINDS)


def granted_once(payments: Iterable[Payment], purchases: Mapping[Key, int]) -> Iterator[str]:
    """Go through the payments that were not granted once, under one purchase entry, when paid.

    *purchases* says how many entries each purchase's key has.
    """
    ours: set[Key] = set()
    for payment in payments:
        key = keys.purchase(payment.provider, payment.intent_id or "")
        ours.add(key)
        times = purchases.get(key, 0)
        if times != int(payment.paid is not None) or payment.granted is not (times == 1):
            state = "paid" if payment.paid else "not paid"
            yield f"{payment.payment_id} is {state} and has {times} purchase entries"
    for key in purchases:
        if key not in ours:
            yield f"the purchase entry {key} has no payment"


def taken_back(payments: Iterable[Payment], moved: Mapping[str, Credits]) -> Iterator[str]:
    """Go through the payments of which something else was taken back than their facts owe.

    *moved* is what entries took, by the stems of their keys.
    """
    for payment in payments:
        purchased, bonus = payment.owed_back
        owed, taken = purchased + bonus, payment.taken_back
        stems = [keys.money_back(kind, payment.intent_id or "") for kind in MONEY_BACK]
        took = sum((moved.get(stem, ZERO) for stem in stems), ZERO)
        if not owed == taken == took:
            yield f"{payment.payment_id} owes {owed}, {taken} was taken, its entries took {took}"
