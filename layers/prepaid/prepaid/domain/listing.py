"""Lists of accounts: rows that say which accounts there are, and which have a property.

A commit that takes an account over a border writes or deletes its rows, and no other commit does:
so a list costs a spend nothing. What time alone changes shows once it is written.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from prepaid.domain.account import Account, Status
from prepaid.domain.credits import ZERO, AccountId
from prepaid.domain.decisions import Decision
from prepaid.domain.records import Record


class AccountList(StrEnum):
    """A property by which accounts are found."""

    FROZEN = "frozen"
    CLOSED = "closed"
    UNLIMITED = "unlimited"
    DEBT = "debt"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow(Record):
    """Whether an account is `present` in a list, from this commit on."""

    kind: ClassVar[str] = "list"

    account_id: AccountId
    list: AccountList
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryRow(Record):
    """An account that is there, under its id."""

    kind: ClassVar[str] = "directory"

    account_id: AccountId


MAX_ROWS = len(AccountList) + 1
"""The most rows that one commit writes for lists."""


def lists_of(account: Account) -> frozenset[AccountList]:
    """Return the lists that *account* belongs to, by its balance as it is written."""
    belongs = {
        AccountList.FROZEN: account.status is Status.FROZEN,
        AccountList.CLOSED: account.status is Status.CLOSED,
        AccountList.UNLIMITED: account.unlimited,
        AccountList.DEBT: account.balance < ZERO,
        AccountList.LOW: any(account.balance < each.at for each in account.thresholds),
    }
    return frozenset(name for name, is_in in belongs.items() if is_in)


def with_lists(decision: Decision, before: Account) -> Decision:
    """Return *decision*, made of *before*, with the rows of lists that it changes.

    An account of before there were lists has no row yet: all its rows are written.
    """
    account_id = before.account_id
    was = lists_of(before) if before.listed else frozenset[AccountList]()
    after = lists_of(decision.account)
    rows: list[Record] = [
        ListRow(account_id=account_id, list=name, present=name in after)
        for name in sorted(was ^ after)
    ]
    if not before.listed:
        rows.append(DirectoryRow(account_id=account_id))
    account = replace(decision.account, listed=True)
    return replace(decision, account=account, also=(*decision.also, *rows))
