"""Verification: every invariant of an account, recomputed from its entries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import remaining
from prepaid.domain.usage import ClosedDay, total
from prepaid.usecases.ports import LedgerAudit

ENDS = frozenset({EntryKind.CAPTURE, EntryKind.RELEASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """An invariant that does not hold, and what shows it."""

    account_id: AccountId
    invariant: str
    detail: str


def verify(audit: LedgerAudit, account_id: AccountId) -> list[Violation]:
    """Check one account: read it first, then its entries; entries that came later are ignored.

    Raises `Unavailable`.
    """
    account = audit.load(account_id)
    entries = sorted(
        (entry for entry in audit.all_entries(account_id) if entry.seq <= account.seq),
        key=lambda entry: entry.seq,
    )
    days = [day for day in audit.closed_days(account_id) if day.day < account.usage_day]
    return list(violations(account, entries, days))


def violations(
    account: Account, entries: Sequence[Entry], days: Sequence[ClosedDay]
) -> Iterator[Violation]:
    """Go through every invariant that *account*, its *entries* in order and its *days* break."""
    checks = {
        "seq is gap-free": _numbering(account, entries),
        "balance = Σ amount": _balance(account, entries),
        "each entry follows from the one before": _running(entries),
        "Σ grants = max(balance, 0)": _grants(account),
        "open holds = Σ held_change": _holds(account, entries),
        "a hold ends once": _hold_ends(entries),
        "usage days = Σ usage entries": _days(account, entries, days),
    }
    for invariant, details in checks.items():
        for detail in details:
            yield Violation(account_id=account.account_id, invariant=invariant, detail=detail)


def _sum(amounts: Iterable[Credits]) -> Credits:
    return sum(amounts, ZERO)


def _numbering(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    numbers = Counter(entry.seq for entry in entries)
    for seq in range(1, account.seq + 1):
        if numbers[seq] != 1:
            yield f"{numbers[seq]} entries are numbered {seq}"


def _balance(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    amounts = _sum(entry.amount for entry in entries)
    if amounts != account.balance:
        yield f"the balance is {account.balance}, the amounts add up to {amounts}"


def _running(entries: Sequence[Entry]) -> Iterator[str]:
    balance = ZERO
    for entry in entries:
        balance += entry.amount
        if entry.balance_after != balance:
            yield f"entry {entry.seq} ({entry.key}) says {entry.balance_after}, not {balance}"
            balance = entry.balance_after


def _grants(account: Account) -> Iterator[str]:
    left = remaining(account.grants)
    if left != max(account.balance, ZERO):
        yield f"the grants hold {left}, the balance is {account.balance}"


def _holds(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    held: dict[int, Credits] = {}
    for entry in entries:
        if entry.hold_id is not None:
            held[entry.hold_id] = held.get(entry.hold_id, ZERO) + entry.held_change
    opened = {hold.hold_id: hold.amount for hold in account.holds}
    for hold_id in held.keys() | opened.keys():
        by_entries, by_account = held.get(hold_id, ZERO), opened.get(hold_id, ZERO)
        if by_entries != by_account:
            yield f"hold {hold_id} holds {by_account}, its entries add up to {by_entries}"


def _hold_ends(entries: Sequence[Entry]) -> Iterator[str]:
    ends = Counter(entry.hold_id for entry in entries if entry.kind in ENDS)
    for hold_id, times in ends.items():
        if times > 1:
            yield f"hold {hold_id} ended {times} times"


type _Totals = dict[tuple[date, str], tuple[int, Credits, Credits]]


def _days(account: Account, entries: Sequence[Entry], days: Sequence[ClosedDay]) -> Iterator[str]:
    counted: _Totals = {}
    for day, portions in [
        *((each.day, each.portions) for each in days),
        (account.usage_day, account.usage),
    ]:
        for operation, each in total(portions).items():
            counted[day, operation] = (each.count, each.credits, each.waived)
    entered: _Totals = {}
    for entry in entries:
        if entry.usage_day is not None and entry.operation is not None:
            place = (entry.usage_day, entry.operation)
            count, taken, waived = entered.get(place, (0, ZERO, ZERO))
            entered[place] = (count + 1, taken - entry.amount, waived + entry.waived)
    for place in counted.keys() | entered.keys():
        if counted.get(place) != entered.get(place):
            day, operation = place
            was, should = _told(counted.get(place)), _told(entered.get(place))
            yield f"{operation} on {day} counts {was}, its entries {should}"


def _told(total: tuple[int, Credits, Credits] | None) -> str:
    if total is None:
        return "nothing"
    count, taken, waived = total
    return f"{count} times, {taken} credits, {waived} waived"
