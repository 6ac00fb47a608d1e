"""Small decisions made by hand, for tests of stores: no rule of the domain decides them."""

from dataclasses import replace
from datetime import date

from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.keys import Fingerprint, Key
from prepaid.domain.pricing import Quantity
from prepaid.domain.thresholds import Alert
from prepaid.domain.usage import ClosedDay, Counter

from tests.support.ledger_harness import NOW, new_account_id

DAY = date(2026, 11, 17)


def entry(  # each argument is one of the entry's own fields
    account_id: AccountId,
    seq: int = 1,
    *,
    key: str | None = None,
    kind: EntryKind = EntryKind.USAGE,
    operation: str | None = "message",
    posted_at: Instant = NOW,
) -> Entry:
    """Return an entry, keyed by its number unless *key* says otherwise."""
    return Entry(
        account_id=account_id,
        key=Key(key or f"key-{seq}"),
        seq=seq,
        kind=kind,
        amount=Credits(-100),
        held_change=Credits(0),
        balance_after=Credits(10_000 - seq),
        available_after=Credits(10_000 - seq),
        actor="service:calls",
        request_id="request",
        fingerprint=Fingerprint("v1:sample"),
        posted_at=posted_at,
        occurred_at=posted_at,
        operation=operation,
    )


def decision(
    account_id: AccountId, *entries: Entry, days: tuple[ClosedDay, ...] = (), balance: int = 5000
) -> Decision:
    """Return a decision that writes *entries* and *days* with an account of that balance."""
    account = Account(
        account_id=account_id,
        seq=max((each.seq for each in entries), default=0),
        as_of=NOW,
        balance=Credits(balance),
        usage_day=DAY,
    )
    return Decision(account=account, now=NOW, entries=entries, also=days)


def closed_day(account_id: AccountId, day: date = DAY) -> ClosedDay:
    """Return a closed day with one operation."""
    counter = Counter(count=1, credits=Credits(100), units={"message": Quantity(1_000_000)})
    return ClosedDay(
        account_id=account_id,
        day=day,
        time_zone="UTC",
        portions={day: {"message": counter}},
    )


def alert(
    account_id: AccountId | None = None, seq: int = 1, *, at: int = NOW, suppressed: bool = False
) -> Alert:
    """Return an alert at 20.00."""
    return Alert(
        account_id=account_id or new_account_id(),
        seq=seq,
        raised_at=Instant(at),
        thresholds=(Credits(2_000),),
        balance=Credits(1_900),
        available=Credits(1_500),
        suppressed=suppressed,
    )


def with_account(made: Decision, **changes: object) -> Decision:
    """Return a decision with fields of its account changed."""
    return replace(made, account=replace(made.account, **changes))  # type: ignore[arg-type]  # fields by name
