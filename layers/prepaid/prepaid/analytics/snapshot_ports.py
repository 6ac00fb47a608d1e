"""What the snapshot of all accounts needs from outside, held to promises by contract tests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from prepaid.analytics.flows import Flows
from prepaid.analytics.money import MoneySums
from prepaid.analytics.standing import Ranked, Standing
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.usage import ClosedDay

if TYPE_CHECKING:
    from prepaid.payments.payment import Payment


@dataclass(frozen=True, slots=True)
class Part:
    """One of `parts` equal parts of all accounts and payments, from 0."""

    number: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDay:
    """What moved in one account on a UTC day, by its entries up to the number `seq`.

    `at` is when that entry was posted.
    """

    account_id: AccountId
    day: date
    seq: int
    at: Instant
    flows: Flows


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemDay:
    """What moved in all accounts of a part on a UTC day, as it was known at `as_of`."""

    day: date
    flows: Flows
    as_of: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that one run found of its part: true together, of `as_of`.

    `days` are those that were added up anew, `money` all days of payments. `active` counts the
    accounts that used something since `active_since`. `top` ranks accounts by `balance`, `spend`
    since then, and `debt`.
    """

    part: Part
    as_of: Instant
    standing: Standing
    days: Sequence[SystemDay] = ()
    money: Mapping[date, MoneySums] = field(default_factory=dict)
    active: int = 0
    active_since: date
    top: Mapping[str, Ranked] = field(default_factory=dict)


class WholeLedger(Protocol):
    """Reads all accounts, their entries and their days; the ledger's store does."""

    def whole_accounts(self, *, segment: int, segments: int) -> Iterator[Account]:
        """Go through one of *segments* equal parts of all accounts, each as a commit left it.

        Raises `Unavailable`.
        """

    def in_order(
        self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        """Go through the entries of an account by time and number, or those *after* both.

        May lag behind commits by moments. Raises `Unavailable`.
        """

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Return the account's closed days in order, both ends inclusive. Raises `Unavailable`."""


class WholePayments(Protocol):
    """Reads all payments."""

    def whole_payments(self, *, segment: int, segments: int) -> "Iterator[Payment]":
        """Go through one of *segments* equal parts of all payments. Raises `Unavailable`."""


class AccountDays(Protocol):
    """Keeps what moved in each account on each UTC day on which something did."""

    def since(self, part: Part, day: date) -> Iterator[AccountDay]:
        """Go through the days of a part from *day* on, by day, consistently.

        Raises `Unavailable`.
        """

    def day(self, part: Part, account_id: AccountId, day: date) -> AccountDay | None:
        """Return one day of an account, consistently, or `None`. Raises `Unavailable`."""

    def keep(self, part: Part, found: AccountDay) -> None:
        """Keep a day, unless one is kept that knows of more entries. Raises `Unavailable`."""


class Snapshots(Protocol):
    """Keeps the latest snapshot of each part, and what is known of each day."""

    def last(self, part: Part) -> Instant | None:
        """Return the `as_of` of the part's last snapshot, or `None`. Raises `Unavailable`."""

    def keep(self, snapshot: Snapshot) -> None:
        """Replace the part's snapshot and its days: readers see all of it or nothing.

        Raises `Unavailable`.
        """

    def read(self, since: date, until: date) -> Sequence[Snapshot]:
        """Return the snapshot of every part, with the days from *since* to *until* alone.

        Empty until every part has one. Raises `Unavailable`.
        """
