"""Verification of grants: what each holds, and where what was paid for it has gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.grants import Burn

_MONEY_BACK = frozenset({EntryKind.REFUND, EntryKind.DISPUTE})


@dataclass(slots=True)
class GrantSums:
    """What entries leave in each grant, and how much of what was paid for one is still unspent.

    What has come to zero is forgotten, so that this stays as small as what the account holds.
    `unstated` are grants of purchases of the first release, whose entries do not say what was
    paid: they are passed over. An account is `passed_over` where an entry of the first release
    gave credits back without saying to which grants.
    """

    left: dict[int, int] = field(default_factory=dict)
    unspent: dict[int, int] = field(default_factory=dict)
    unstated: dict[int, int] = field(default_factory=dict)
    passed_over: bool = False

    def add(self, entry: Entry) -> None:
        """Add the next entry."""
        self._follow_what_was_paid(entry)
        if not self.passed_over:
            self.passed_over = _says_not_where(entry)
            self._follow_credits(entry)

    def _follow_what_was_paid(self, entry: Entry) -> None:
        """Follow what was paid, by the grant that it was first paid for."""
        if entry.grant_id is not None and entry.cost_basis:
            amounts = entry.amount - entry.debt_paid
            unspent = entry.cost_basis * amounts.hundredths // entry.amount.hundredths
            _change(self.unspent, entry.grant_id, unspent)
        elif entry.grant_id is not None and entry.kind is EntryKind.PURCHASE:
            self.unstated[entry.grant_id] = entry.seq
        for sign, parts in ((-1, entry.burned), (1, entry.returned)):
            for part in parts:
                self._move(part, sign)

    def _move(self, part: Burn, sign: int) -> None:
        if part.root not in self.unstated:
            _change(self.unspent, part.root, sign * part.basis)

    def _follow_credits(self, entry: Entry) -> None:
        """Follow the credits of each grant, through merges too."""
        if entry.merged:
            into, *others = entry.merged
            _change(self.left, into, sum(self.left.pop(each, 0) for each in others))
        for part in entry.burned:
            _change(self.left, part.grant_id, -part.amount.hundredths)
        for part in entry.returned:
            _change(self.left, part.grant_id, part.amount.hundredths)
        if entry.amount > ZERO and entry.grant_id is not None and not entry.returned:
            _change(self.left, entry.grant_id, (entry.amount - entry.debt_paid).hundredths)

    def basis_not_found(self, account: Account) -> Iterator[str]:
        """Hold what is unspent of what was paid to the account's grants."""
        amounts: dict[int, int] = {}
        for grant in account.grants:
            if grant.root not in self.unstated:
                _change(amounts, grant.root, grant.unspent_basis)
        for root in sorted(self.unspent.keys() | amounts.keys()):
            by_entries, by_account = self.unspent.get(root, 0), amounts.get(root, 0)
            if by_entries != by_account:
                paid = f"of what was paid for grant {root}"
                yield f"{by_account} {paid} are unspent, its entries leave {by_entries}"

    def not_left(self, account: Account) -> Iterator[str]:
        """Hold what the entries left in each grant to the account's grants."""
        if self.passed_over:
            return
        grants = {each.grant_id: each.remaining.hundredths for each in account.grants}
        for grant_id in sorted(self.left.keys() | grants.keys()):
            by_entries, by_account = self.left.get(grant_id, 0), grants.get(grant_id, 0)
            if by_entries != by_account:
                left_by = f"its entries leave {Credits(by_entries)}"
                yield f"grant {grant_id} holds {Credits(by_account)}, {left_by}"


def _change(sums: dict[int, int], number: int, change: int) -> None:
    """Add to one of *sums*; what comes to zero is forgotten."""
    total = sums.pop(number, 0) + change
    if total:
        sums[number] = total


def _says_not_where(entry: Entry) -> bool:
    if entry.kind not in _MONEY_BACK:
        return False
    silent = entry.grant_id is None and not entry.returned and entry.amount > entry.debt_paid
    return silent or any(part.kind is None for part in entry.burned)
