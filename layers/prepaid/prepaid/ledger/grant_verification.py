"""Verification of grants: what each holds, and where what was paid for it has gone."""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence

from prepaid.domain.account import Account
from prepaid.domain.credits import ZERO, Credits
from prepaid.domain.entries import Entry, EntryKind

_MONEY_BACK = frozenset({EntryKind.REFUND, EntryKind.DISPUTE})


def unspent_basis(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    """Follow what was paid, by the grant that it was first paid for.

    Entries of the first release do not say what was paid: their grants are passed over.
    """
    paid: dict[int, tuple[int, str]] = {}
    found: Tally[int] = Tally()
    for entry in entries:
        if entry.cost_basis and entry.grant_id is not None:
            paid[entry.grant_id] = entry.cost_basis, entry.currency
            granted = entry.amount - entry.debt_paid
            unspent = entry.cost_basis * granted.hundredths // entry.amount.hundredths
            found[entry.grant_id] += entry.cost_basis - unspent
        for part in entry.burned:
            found[part.root] += part.basis
        for part in entry.returned:
            found[part.root] -= part.basis
    for grant in account.grants:
        found[grant.root] += grant.unspent_basis
    for root, (amount, currency) in paid.items():
        if found[root] != amount:
            yield f"{amount} {currency} were paid for grant {root}, {found[root]} are accounted for"


def each_grant(account: Account, entries: Sequence[Entry]) -> Iterator[str]:
    """Follow the credits of each grant, through merges too.

    Where an entry of the first release gave credits back without saying to which grants, the
    account is passed over.
    """
    held: Tally[int] = Tally()
    for entry in entries:
        if _says_not_where(entry):
            return
        if entry.merged:
            into, *others = entry.merged
            held[into] += sum(held.pop(each, 0) for each in others)
        for part in entry.burned:
            held[part.grant_id] -= part.amount.hundredths
        for part in entry.returned:
            held[part.grant_id] += part.amount.hundredths
        if entry.amount > ZERO and entry.grant_id is not None and not entry.returned:
            held[entry.grant_id] += (entry.amount - entry.debt_paid).hundredths
    left = {each.grant_id: each.remaining.hundredths for each in account.grants}
    for grant_id in sorted(held.keys() | left.keys()):
        by_entries, by_account = held[grant_id], left.get(grant_id, 0)
        if by_entries != by_account:
            left_by = f"its entries leave {Credits(by_entries)}"
            yield f"grant {grant_id} holds {Credits(by_account)}, {left_by}"


def _says_not_where(entry: Entry) -> bool:
    if entry.kind not in _MONEY_BACK:
        return False
    silent = entry.grant_id is None and not entry.returned and entry.amount > entry.debt_paid
    return silent or any(part.kind is None for part in entry.burned)
