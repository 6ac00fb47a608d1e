"""Running sums: what is known of an account from its entries so far, enough to go on with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.grants import remaining
from prepaid.domain.usage import Counters
from prepaid.ledger.day_verification import DaySums
from prepaid.ledger.entry_stream import Place
from prepaid.ledger.grant_verification import GrantSums
from prepaid.ledger.hold_verification import HoldSums

MAX_FOUND = 20
"""The most violations that entries show which are carried on; the first of them."""
NUMBERING = "seq is gap-free"

type Found = tuple[str, str]
"""An invariant that does not hold, and what shows it."""


@dataclass(slots=True, kw_only=True)
class RunningSums:
    """Sums over the entries up to *place*, from a pass that began at the first one at *began_at*.

    `entries` is how many there were, `found` what they show to be wrong; the pass is `whole` once
    it came to the account's last entry. The sums are bounded by what the account holds open, not
    by how many entries it has.
    """

    began_at: Instant = Instant(0)
    place: Place | None = None
    entries: int = 0
    whole: bool = False
    balance: Credits = ZERO
    stated_balance: Credits = ZERO
    grants: GrantSums = field(default_factory=GrantSums)
    holds: HoldSums = field(default_factory=HoldSums)
    days: DaySums = field(default_factory=DaySums)
    found: list[Found] = field(default_factory=list)

    def add(self, entry: Entry, closed: Mapping[date, Counters]) -> None:
        """Add the next entry; *closed* are the days that have not been compared."""
        uses = self.holds.uses(entry)
        checks = {
            NUMBERING: self._numbering(entry),
            "each entry follows from the one before": self._running(entry),
            "a hold ends once": self.holds.add(entry),
            "an amount is what its calculation says": _calculation(entry),
            "usage days = Σ usage entries": self.days.add(entry, uses, closed),
        }
        for invariant, details in checks.items():
            for detail in details:
                if len(self.found) < MAX_FOUND:
                    self.found.append((invariant, detail))
        self.grants.add(entry)
        self.entries += 1

    def wrong(self, account: Account, closed: Mapping[date, Counters]) -> Iterator[Found]:
        """Go through every invariant that *account* breaks when these are all of its entries."""
        yield from self.found
        checks = {
            NUMBERING: _missing(self.place[1] + 1 if self.place else 1, account.seq),
            "balance = Σ amount": self._balance(account),
            "Σ grants = max(balance, 0)": _grants(account),
            "open holds = Σ held_change": self.holds.not_held(account),
            "an open hold counts its parts": self.holds.not_counted(account),
            "usage days = Σ usage entries": self.days.not_counted(account, closed),
            "Σ burned − returned + unspent basis = paid": self.grants.basis_not_found(account),
            "a grant holds what its entries left": self.grants.not_left(account),
        }
        for invariant, details in checks.items():
            yield from ((invariant, detail) for detail in details)

    def _numbering(self, entry: Entry) -> Iterator[str]:
        last = self.place[1] if self.place else 0
        if entry.seq <= last:
            yield f"entry {entry.seq} ({entry.key}) comes after entry {last}"
            return
        yield from _missing(last + 1, entry.seq - 1)
        self.place = entry.posted_at, entry.seq

    def _running(self, entry: Entry) -> Iterator[str]:
        self.balance += entry.amount
        computed = self.stated_balance + entry.amount
        if entry.balance_after != computed:
            yield f"entry {entry.seq} ({entry.key}) says {entry.balance_after}, not {computed}"
        self.stated_balance = entry.balance_after

    def _balance(self, account: Account) -> Iterator[str]:
        if self.balance != account.balance:
            yield f"the balance is {account.balance}, the amounts add up to {self.balance}"


def _missing(first: int, last: int) -> Iterator[str]:
    if first == last:
        yield f"0 entries are numbered {first}"
    elif first < last:
        yield f"0 entries are numbered {first} to {last}"


def _grants(account: Account) -> Iterator[str]:
    left = remaining(account.grants)
    if left != max(account.balance, ZERO):
        yield f"the grants hold {left}, the balance is {account.balance}"


def _calculation(entry: Entry) -> Iterator[str]:
    if entry.usage_day is not None and entry.calculation is not None:
        computed = entry.waived + entry.shortfall - entry.amount
        if entry.calculation.cost != computed:
            yield f"entry {entry.seq} costs {entry.calculation.cost}, but accounts for {computed}"
