"""What the use cases need from outside, named by role and held to promises by contract tests."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from prepaid.domain.account import Account, Version
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.keys import Key
from prepaid.domain.usage import ClosedDay


class Moved(Exception):
    """Another commit came first; *account* is as it left it. Nothing was written."""

    def __init__(self, account: Account) -> None:
        super().__init__("the account has moved on")
        self.account = account


class Repeated(Exception):
    """Keys of the decision are taken by *entries*. Nothing was written.

    *account* is the account as it is now if it has moved on as well, else `None`.
    """

    def __init__(self, entries: Mapping[Key, Entry], account: Account | None) -> None:
        super().__init__("keys of the decision are taken")
        self.entries = entries
        self.account = account


class RecordMoved(Exception):
    """Another write of a decision's versioned record came first. Nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryQuery:
    """Which entries to list, newest first; `since` and `until` are inclusive posting times.

    `after` is the position that the page before ended at.
    """

    account_id: AccountId
    limit: int
    kind: EntryKind | None = None
    operation: str | None = None
    reference: str | None = None
    hold_id: int | None = None
    since: Instant | None = None
    until: Instant | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some entries, and the position to go on from, or `None` at the end."""

    entries: tuple[Entry, ...]
    next_position: str | None


class LedgerStore(Protocol):
    """Keeps accounts, their entries and their closed days."""

    def load(self, account_id: AccountId) -> Account:
        """Return the account as it was last committed, empty if it never was.

        Raises `Unavailable`.
        """

    def commit(self, decision: Decision, *, seen: Version) -> None:
        """Write all of *decision* or nothing, if the account still has the version *seen*.

        Raises `Repeated` when keys are taken, else `Moved` when another commit came first, else
        `RecordMoved` when a versioned record has another version by now; `Contended` when
        nothing was written for now; `Unavailable` when it cannot be known whether the write
        landed: committing again is safe.
        """

    def entries(self, account_id: AccountId, keys: Collection[Key]) -> Mapping[Key, Entry]:
        """Return those of at most 100 *keys* that are taken, consistently.

        Raises `Unavailable`.
        """

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        """Return the entries whose keys begin with *prefix*, by key, consistently.

        At most the first *limit* of them. Raises `Unavailable`.
        """

    def history(self, query: HistoryQuery) -> Page:
        """Return a page of entries, newest first; it reads at most 1,000 of them.

        May lag behind commits by moments. Raises `Unavailable`.
        """


class ExpiringAccounts(Protocol):
    """Finds accounts in which something has ended by itself.

    Each account is in one of the *shards*, which may be gone through at the same time.
    """

    shards: range

    def due(self, *, now: Instant, shard: int) -> Iterator[AccountId]:
        """Go through the accounts of a shard with something to settle at *now*, each once.

        May lag behind commits by moments. Raises `Unavailable`.
        """


class LedgerAudit(Protocol):
    """Reads whole accounts to prove them right."""

    def load(self, account_id: AccountId) -> Account:
        """Return the account as it was last committed."""

    def accounts(
        self, *, segment: int, segments: int, after: AccountId | None = None
    ) -> Iterator[AccountId]:
        """Go through one of *segments* equal parts of all accounts, or what comes *after* one.

        The order is the same each time.
        """

    def all_entries(self, account_id: AccountId) -> Iterator[Entry]:
        """Go through every entry of an account, consistently, in no order."""

    def in_order(
        self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        """Go through the entries of an account by time and number, or those *after* both.

        May lag behind commits by moments.
        """

    def all_under(self, account_id: AccountId, prefix: Key) -> Iterator[Entry]:
        """Go through every entry whose key begins with *prefix*, consistently, by key."""

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Return the account's closed days in order, both ends inclusive."""


class RetryBudget(Protocol):
    """How long one request goes on trying."""

    def share(self, parts: int) -> "RetryBudget":
        """Return the budget for one of *parts* tasks that divide the time left equally."""

    def check(self) -> None:
        """Raise `Unavailable` when the request's time is up."""

    def first_rival(self) -> bool:
        """Say whether this is the first time that another commit came before this request's."""

    def pause(self, failure: Exception | None = None) -> None:
        """Wait, a little longer and less predictably each time.

        Raises `Unavailable` when the request's time is up, then and in `check` with the last
        *failure* that led to a pause as its cause.
        """
