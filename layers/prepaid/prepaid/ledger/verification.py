"""Verification: every invariant of an account, recomputed from its entries."""

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, AccountId, Credits
from prepaid.domain.entries import Entry
from prepaid.domain.grants import remaining
from prepaid.domain.pricing import format_millionths
from prepaid.domain.usage import ClosedDay, Counter, total
from prepaid.ledger.grant_verification import each_grant, unspent_basis
from prepaid.ledger.hold_verification import held, hold_ends, parts, uses
from prepaid.ledger.ports import LedgerAudit


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """An invariant that does not hold, and what shows it."""

    account_id: AccountId
    invariant: str
    detail: str


type AccountCheck = Callable[[Account, Sequence[Entry]], Iterable[tuple[str, str]]]
"""Holds rows beside the ledger to an account and its entries: each invariant that does not hold,
with what shows it."""


def verify(
    audit: LedgerAudit, account_id: AccountId, checks: Iterable[AccountCheck]
) -> list[Violation]:
    """Check one account: read it first, then its entries; entries that came later are ignored.

    *checks* are those of the features above the ledger. Raises `Unavailable`.
    """
    account = audit.load(account_id)
    entries = sorted(
        (entry for entry in audit.all_entries(account_id) if entry.seq <= account.seq),
        key=lambda entry: entry.seq,
    )
    days = [day for day in audit.closed_days(account_id) if day.day < account.usage_day]
    beside = _violations_beside(audit, account, entries, checks)
    return [*violations(account, entries, days), *beside]


def _violations_beside(
    audit: LedgerAudit,
    account: Account,
    entries: Sequence[Entry],
    checks: Iterable[AccountCheck],
) -> Iterator[Violation]:
    """Go through what *checks* find; not while something is being committed."""
    found = [
        Violation(account_id=account.account_id, invariant=invariant, detail=detail)
        for check in checks
        for invariant, detail in check(account, entries)
    ]
    if found and audit.load(account.account_id).version == account.version:
        yield from found


def violations(
    account: Account, entries: Sequence[Entry], days: Sequence[ClosedDay]
) -> Iterator[Violation]:
    """Go through every invariant that *account*, its *entries* in order and its *days* break."""
    checks = {
        "seq is gap-free": _numbering(account, entries),
        "balance = Σ amount": _balance(account, entries),
        "each entry follows from the one before": _running(entries),
        "Σ grants = max(balance, 0)": _grants(account),
        "open holds = Σ held_change": held(account, entries),
        "a hold ends once": hold_ends(entries),
        "an open hold counts its parts": parts(account, entries),
        "an amount is what its calculation says": _calculations(entries),
        "usage days = Σ usage entries": _days(account, entries, days),
        "Σ burned − returned + unspent basis = paid": unspent_basis(account, entries),
        "a grant holds what its entries left": each_grant(account, entries),
    }
    for invariant, details in checks.items():
        for detail in details:
            yield Violation(account_id=account.account_id, invariant=invariant, detail=detail)


def _sum(amounts: Iterable[Credits]) -> Credits:
    return sum(amounts, ZERO)


def _numbering(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    numbers = Tally(entry.seq for entry in entries)
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


def _calculations(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.usage_day is not None and entry.calculation is not None:
            booked = entry.waived + entry.shortfall - entry.amount
            if entry.calculation.cost != booked:
                yield f"entry {entry.seq} costs {entry.calculation.cost}, but accounts for {booked}"


type _DayAndOperation = tuple[date, str]


def _days(account: Account, entries: Sequence[Entry], days: Sequence[ClosedDay]) -> Iterator[str]:
    counted: dict[_DayAndOperation, Counter] = {}
    for day, portions in [
        *((each.day, each.portions) for each in days),
        (account.usage_day, account.usage),
    ]:
        counted |= {(day, operation): each for operation, each in total(portions).items()}
    entered = _entered(entries)
    for key in counted.keys() | entered.keys():
        day, operation = key
        yield from _differing(f"{operation} on {day}", counted.get(key), entered.get(key))


def _entered(entries: Sequence[Entry]) -> Mapping[_DayAndOperation, Counter]:
    """Count usage as its entries tell it: the parts of a hold are one use."""
    entered: dict[_DayAndOperation, Counter] = {}
    for entry, count in zip(entries, uses(entries), strict=True):
        if entry.usage_day is not None and entry.operation is not None:
            key = (entry.usage_day, entry.operation)
            used = Counter(
                count=count,
                credits=-entry.amount,
                waived=entry.waived,
                units=entry.calculation.quantities() if entry.calculation else {},
            )
            entered[key] = entered.get(key, Counter()) + used
    return entered


def _differing(what: str, counted: Counter | None, entered: Counter | None) -> Iterator[str]:
    if counted != entered:
        yield f"{what} counts {_described(counted)}, its entries {_described(entered)}"


def _described(counter: Counter | None) -> str:
    if counter is None:
        return "nothing"
    units = [f"{format_millionths(used)} {unit}" for unit, used in counter.units.items()]
    amounts = [f"{counter.credits} credits", f"{counter.waived} waived"]
    return ", ".join([f"{counter.count} times", *amounts, *units])
