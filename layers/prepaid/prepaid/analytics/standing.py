"""Standing: what all accounts have at one moment, and which have most."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from prepaid.analytics.flows import Money, added
from prepaid.domain.account import Account, Status
from prepaid.domain.credits import ZERO, AccountId, Credits, Instant

TOP = 1_000
"""The most accounts that a list holds."""
type Ranked = tuple[tuple[AccountId, Credits], ...]
"""Accounts with what they have, most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Sums over accounts.

    `low` counts those below the lowest of their thresholds that have one, `in_debt` those below
    nothing. `unspent` are credits left in grants by their kind; `liability` is what was paid for
    those that were bought, by currency.
    """

    accounts: int = 0
    by_status: Mapping[str, int] = field(default_factory=dict)
    unlimited: int = 0
    low: int = 0
    in_debt: int = 0
    balance: Credits = ZERO
    debt: Credits = ZERO
    held: Credits = ZERO
    unspent: Mapping[str, Credits] = field(default_factory=dict)
    liability: Money = field(default_factory=dict)

    def __add__(self, other: "Standing") -> "Standing":
        unspent = dict(self.unspent)
        for kind, amount in other.unspent.items():
            unspent[kind] = unspent.get(kind, ZERO) + amount
        return Standing(
            accounts=self.accounts + other.accounts,
            by_status=added(self.by_status, other.by_status),
            unlimited=self.unlimited + other.unlimited,
            low=self.low + other.low,
            in_debt=self.in_debt + other.in_debt,
            balance=self.balance + other.balance,
            debt=self.debt + other.debt,
            held=self.held + other.held,
            unspent=unspent,
            liability=added(self.liability, other.liability),
        )


def standing_of(account: Account, now: Instant) -> Standing:
    """Return what one account adds, in which everything is settled that has ended by *now*."""
    unspent: dict[str, Credits] = {}
    liability: dict[str, int] = {}
    for grant in account.grants:
        unspent[grant.kind] = unspent.get(grant.kind, ZERO) + grant.remaining
        if grant.unspent_basis:
            liability[grant.currency] = liability.get(grant.currency, 0) + grant.unspent_basis
    return Standing(
        accounts=1,
        by_status={str(account.status): 1},
        unlimited=int(account.unlimited),
        low=int(is_low(account)),
        in_debt=int(account.balance < ZERO),
        balance=account.balance,
        debt=max(-account.balance, ZERO),
        held=account.held(account.now(now)),
        unspent=unspent,
        liability=liability,
    )


def is_low(account: Account) -> bool:
    """Say whether an account that can still be used is below the lowest of its thresholds."""
    if account.unlimited or account.status is Status.CLOSED or not account.thresholds:
        return False
    return account.balance < min(each.at for each in account.thresholds)


class Ranking:
    """Collects accounts that have more than nothing, and keeps those with most."""

    def __init__(self, most: int = TOP) -> None:
        self._most = most
        self._stored: list[tuple[int, AccountId]] = []

    def add(self, account_id: AccountId, amount: Credits) -> None:
        """Take an account into account; each comes once."""
        if amount <= ZERO:
            return
        self._stored.append((-amount.hundredths, account_id))
        if len(self._stored) > 2 * self._most:
            self._trim()

    def top(self) -> Ranked:
        """Return the accounts with most, most first, then by id."""
        self._trim()
        return tuple((account_id, Credits(-amount)) for amount, account_id in self._stored)

    def _trim(self) -> None:
        self._stored.sort()
        del self._stored[self._most :]
