"""Everything in memory: the same promises as the real stores, for tests and for counting."""

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from threading import Lock
from zlib import crc32

from prepaid.accounts.settings import SavedSettings
from prepaid.alerts.history import Acknowledged, PastAlert
from prepaid.alerts.ports import (
    AlertDeliveryState,
    Claim,
    Claimed,
    Deliveries,
    Delivery,
    Repeat,
    Waiting,
)
from prepaid.domain.account import NO_CHOICE, Account, AccountDefaults, Version
from prepaid.domain.auditing import AuditRow
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry
from prepaid.domain.errors import Unavailable
from prepaid.domain.keys import Key
from prepaid.domain.listing import AccountList, DirectoryRow, ListRow
from prepaid.domain.records import Record
from prepaid.domain.thresholds import Alert
from prepaid.domain.usage import ClosedDay
from prepaid.dynamodb.shards import SHARDS, all_due, shard_of
from prepaid.ledger.ports import HistoryQuery, Moved, Page, RecordMoved, Repeated
from prepaid.ledger.running_sums import RunningSums
from prepaid.payments.payment import Payment
from prepaid.payments.ports import PaymentExists, PaymentPosition, StartsMoved
from prepaid.payments.purchase_starts import PurchaseStarts

MAX_READ = 1000
LAST = "~"


class MemoryPayments:
    """`Payments` and `PaymentStarts`: the store keeps one, so that all is written together."""

    def __init__(self) -> None:
        self._stored: dict[str, Payment] = {}
        self._starts: dict[AccountId, PurchaseStarts] = {}

    def starts(self, account_id: AccountId) -> PurchaseStarts:
        """Return when an account started to buy."""
        return self._starts.get(account_id) or PurchaseStarts(account_id=account_id)

    def start(self, payment: Payment, starts: PurchaseStarts) -> None:
        """Keep a new payment and its account's record, or neither."""
        if payment.payment_id in self._stored:
            raise PaymentExists
        if self.starts(starts.account_id).version != starts.version:
            raise StartsMoved
        self._stored[payment.payment_id] = replace(payment, version=1)
        self._starts[starts.account_id] = replace(starts, version=starts.version + 1)

    def save(self, payment: Payment) -> None:
        """Replace a payment that still has the version it carries, or raise `RecordMoved`."""
        if self._stored[payment.payment_id].version != payment.version:
            raise RecordMoved
        self._stored[payment.payment_id] = replace(payment, version=payment.version + 1)

    def payment(self, payment_id: str) -> Payment | None:
        """Return a payment, or `None`."""
        return self._stored.get(payment_id)

    def by_intent(self, intent_id: str) -> Payment | None:
        """Return the payment of an intent, or `None`."""
        return next((each for each in self._stored.values() if each.intent_id == intent_id), None)

    def of_account(
        self, account_id: AccountId, *, limit: int, after: PaymentPosition | None = None
    ) -> Sequence[Payment]:
        """Return payments of an account, newest first."""
        mine = [each for each in self._stored.values() if each.account_id == account_id]
        ordered = sorted(mine, key=lambda each: (each.created_at, each.payment_id), reverse=True)
        place = (after.created_at, after.payment_id) if after else None
        found = [p for p in ordered if place is None or (p.created_at, p.payment_id) < place]
        return found[:limit]

    def all_of(self, account_id: AccountId) -> Iterator[Payment]:
        """Go through the account's payments."""
        yield from self.of_account(account_id, limit=sys.maxsize)

    def whole_payments(self, *, segment: int, segments: int) -> Iterator[Payment]:
        """Go through one of *segments* equal parts of all payments."""
        for each in list(self._stored.values()):
            if crc32(each.payment_id.encode()) % segments == segment:
                yield each


def repeat_of(alert: Alert, at: Instant, *, acknowledged: bool = False) -> Repeat:
    """Return an alert as one that is to be looked at again at a time."""
    return Repeat(
        account_id=alert.account_id,
        alert_id=alert.alert_id,
        at=at,
        read=lambda: alert,
        acknowledged=acknowledged,
    )


class MemoryOutbox:
    """`Outbox` and `AlertHistory`: the ledger's store keeps one.

    So alerts are written with their entries.
    """

    def __init__(self) -> None:
        self.stored: list[Alert] = []
        self._claimed_until: dict[tuple[AccountId, str], Instant] = {}
        self._announced: dict[tuple[AccountId, str], Instant] = {}
        self._deliveries: dict[tuple[AccountId, str], dict[str, Delivery]] = {}
        self._acknowledged: dict[tuple[AccountId, str], Acknowledged] = {}
        self._repeat_at: dict[tuple[AccountId, str], Instant] = {}

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> Claim | None:
        """Take an alert in hand, unless it was delivered; raise `Claimed` when another has it."""
        place = (alert.account_id, alert.alert_id)
        waits = {(each.account_id, each.alert_id) for each in self.stored if not each.suppressed}
        if place in self._announced or place not in waits:
            return None
        if self._claimed_until.get(place, Instant(0)) > now:
            raise Claimed
        self._claimed_until[place] = until
        return Claim(dict(self._deliveries.get(place, {})))

    def release(self, alert: Alert) -> None:
        """Let go of an alert."""
        self._claimed_until.pop((alert.account_id, alert.alert_id), None)

    def note(self, alert: Alert, deliveries: Deliveries) -> None:
        """Keep what became of an alert for some receivers."""
        self._deliveries.setdefault((alert.account_id, alert.alert_id), {}).update(deliveries)

    def delivered(
        self,
        alert: Alert,
        *,
        now: Instant,
        deliveries: Deliveries | None = None,
        repeat_at: Instant | None = None,
    ) -> None:
        """Note that an alert was delivered."""
        MemoryOutbox.note(self, alert, deliveries or {})
        self._announced[alert.account_id, alert.alert_id] = now
        if repeat_at is not None:
            self._repeat_at[alert.account_id, alert.alert_id] = repeat_at

    def due(self, *, now: Instant) -> Iterator[Repeat]:
        """Go through the alerts whose time to be repeated has come."""
        for each in list(self.stored):
            place = (each.account_id, each.alert_id)
            at = self._repeat_at.get(place)
            if at is not None and at <= now:
                yield repeat_of(each, at, acknowledged=place in self._acknowledged)

    def next(self, repeat: Repeat, *, at: Instant | None, again: Alert | None) -> bool:
        """Look at an alert again at a time, or never, and keep the new one."""
        place = (repeat.account_id, repeat.alert_id)
        if self._repeat_at.get(place) != repeat.at:
            return False
        if at is None:
            del self._repeat_at[place]
        else:
            self._repeat_at[place] = at
        self.stored += [again] if again else []
        return True

    def of_account(
        self, account_id: AccountId, *, limit: int, before: str | None = None
    ) -> Sequence[PastAlert]:
        """Return alerts of an account, the latest first."""
        mine = [each for each in self.stored if each.account_id == account_id]
        latest = sorted(mine, key=lambda each: each.alert_id, reverse=True)
        found = [each for each in latest if before is None or each.alert_id < before]
        return [self._past(each) for each in found[:limit]]

    def _past(self, alert: Alert) -> PastAlert:
        place = (alert.account_id, alert.alert_id)
        return PastAlert(
            alert,
            self._announced.get(place),
            self._deliveries.get(place, {}),
            self._acknowledged.get(place),
            self._repeat_at.get(place),
        )

    def sent_since(self, account_id: AccountId, receiver: str, since: Instant) -> Iterator[Alert]:
        """Go through the alerts that were sent to a receiver of late."""
        for each in self.stored:
            place = (each.account_id, each.alert_id)
            done = self._deliveries.get(place, {}).get(receiver)
            sent = done is not None and done.state is AlertDeliveryState.SENT
            if each.account_id == account_id and each.raised_at >= since and sent:
                yield each

    def acknowledge(
        self, account_id: AccountId, alert_id: str, acknowledged: Acknowledged
    ) -> PastAlert | None:
        """Note who has seen an alert first."""
        for each in self.stored:
            if (each.account_id, each.alert_id) == (account_id, alert_id):
                self._acknowledged.setdefault((account_id, alert_id), acknowledged)
                for ended in (alert_id, each.repeats):
                    self._repeat_at.pop((account_id, ended or ""), None)
                return self._past(each)
        return None

    def waiting(self, *, before: Instant) -> Iterator[Waiting]:
        """Go through the alerts that wait, shard by shard, oldest first."""
        return all_due(
            lambda shard, _: (self._waiting_in(shard, before), None),
            lambda waiting: (waiting.account_id, waiting.alert_id),
        )

    def find(self, account_id: AccountId, alert_id: str) -> Waiting | None:
        """Return an alert that waits, or `None`."""
        waiting = self._waiting_in(shard_of(account_id), Instant(1 << 40))
        named = [
            each for each in waiting if (each.account_id, each.alert_id) == (account_id, alert_id)
        ]
        return named[0] if named else None

    def _waiting_in(self, shard: int, before: Instant) -> Sequence[Waiting]:
        found = [
            each
            for each in sorted(self.stored, key=lambda each: each.alert_id)
            if shard_of(each.account_id) == shard
            and each.raised_at < before
            and not each.suppressed
        ]
        untold = [each for each in found if (each.account_id, each.alert_id) not in self._announced]
        return [
            Waiting(
                account_id=each.account_id,
                alert_id=each.alert_id,
                raised_at=each.raised_at,
                read=partial(replace, each),
            )
            for each in untold
        ]


class MemorySettings:
    """`SettingsRows`: the ledger's store keeps one, so that all is written together."""

    def __init__(self) -> None:
        self.stored: dict[AccountId, SavedSettings] = {}

    def saved(self, account_id: AccountId) -> SavedSettings | None:
        """Return who saved last and what."""
        return self.stored.get(account_id)


class MemoryLedgerStore:
    """`LedgerStore`, `ExpiringAccounts` and `LedgerAudit`, atomic under one lock.

    `calls` counts round trips by name.
    """

    def __init__(self, defaults: AccountDefaults = NO_CHOICE) -> None:
        self.defaults = defaults
        self._lock = Lock()
        self._accounts: dict[AccountId, Account] = {}
        self._entries: dict[tuple[AccountId, Key], Entry] = {}
        self._days: dict[tuple[AccountId, date], ClosedDay] = {}
        self.calls: Counter[str] = Counter()
        self.payments = MemoryPayments()
        self.outbox = MemoryOutbox()
        self.audit: list[AuditRow] = []
        self.directory: set[AccountId] = set()
        self.lists: dict[AccountList, set[AccountId]] = {}
        self.settings = MemorySettings()

    def load(self, account_id: AccountId) -> Account:
        """Return the account, empty if it was never committed."""
        self.calls["load"] += 1
        return self._accounts.get(account_id) or Account.new(account_id, self.defaults)

    def commit(self, decision: Decision, *, seen: Version) -> None:
        """Write all of the decision, or raise `Repeated` or `Moved`."""
        self.calls["commit"] += 1
        account_id = decision.account.account_id
        with self._lock:
            current = self._accounts.get(account_id) or Account.new(account_id, self.defaults)
            moved = None if current.version == seen else current
            keys = [(account_id, entry.key) for entry in decision.entries]
            taken = {key[1]: self._entries[key] for key in keys if key in self._entries}
            if taken:
                raise Repeated(taken, moved)
            if moved:
                raise Moved(moved)
            days = {(account_id, each.day): each for each in of_kind(decision, ClosedDay)}
            assert not days.keys() & self._days.keys(), "a closed_day is written once"
            for payment in of_kind(decision, Payment):
                self.payments.save(payment)
            self._accounts[account_id] = decision.committed(seen=seen)
            self._entries |= {(account_id, entry.key): entry for entry in decision.entries}
            self._days |= days
            self.outbox.stored += of_kind(decision, Alert)
            self.audit += of_kind(decision, AuditRow)
            self.directory |= {each.account_id for each in of_kind(decision, DirectoryRow)}
            for row in of_kind(decision, ListRow):
                listed = self.lists.setdefault(row.list, set())
                (listed.add if row.present else listed.discard)(row.account_id)
            for saved in of_kind(decision, SavedSettings):
                self.settings.stored[account_id] = saved

    def entries(self, account_id: AccountId, keys: Collection[Key]) -> Mapping[Key, Entry]:
        """Return those of *keys* that are taken."""
        self.calls["entries"] += 1
        return {
            key: self._entries[account_id, key]
            for key in keys
            if (account_id, key) in self._entries
        }

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        """Return the first entries whose keys begin with *prefix*, by key."""
        self.calls["entries_under"] += 1
        mine = {entry.key: entry for entry in self.all_entries(account_id)}
        found = sorted((key for key in mine if key.startswith(prefix)), key=str.encode)
        return [mine[key] for key in found[:limit]]

    def history(self, query: HistoryQuery) -> Page:
        """Return a page of entries, newest first."""
        self.calls["history"] += 1
        entries = sorted(self.all_entries(query.account_id), key=_place, reverse=True)
        within = [e for e in entries if _in_range(e, query) and _place(e) < (query.after or LAST)]
        read = within[:MAX_READ]
        found = [e for e in read if _wanted(e, query)]
        if len(found) > query.limit or (len(found) == query.limit and found[-1] is not within[-1]):
            shown = tuple(found[: query.limit])
            return Page(entries=shown, next_position=_place(shown[-1]))
        position = _place(read[-1]) if len(within) > len(read) else None
        return Page(entries=tuple(found), next_position=position)

    shards = range(SHARDS)

    def due(self, *, now: Instant, shard: int) -> Iterator[AccountId]:
        """Go through the accounts of a shard with something to settle."""
        due = {each.account_id: each.due() for each in list(self._accounts.values())}
        found = [
            (moment, account_id)
            for account_id, moment in due.items()
            if moment is not None and moment <= now and shard_of(account_id) == shard
        ]
        yield from [account_id for _, account_id in sorted(found)]

    def accounts(
        self, *, segment: int, segments: int, after: AccountId | None = None
    ) -> Iterator[AccountId]:
        """Go through one of *segments* equal parts of all accounts."""
        mine = [each for each in self._accounts if crc32(each.encode()) % segments == segment]
        yield from mine[mine.index(after) + 1 if after is not None else 0 :]

    def whole_accounts(self, *, segment: int, segments: int) -> Iterator[Account]:
        """Go through one of *segments* equal parts of all accounts, whole."""
        for account_id in list(self.accounts(segment=segment, segments=segments)):
            yield self._accounts[account_id]

    def all_entries(self, account_id: AccountId) -> Iterator[Entry]:
        """Go through every entry of an account."""
        yield from [each for (owner, _), each in list(self._entries.items()) if owner == account_id]

    def in_order(
        self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        """Go through the entries by time and number."""
        low = f"{after[0]:010d}#{after[1]:012d}" if after else ""
        yield from sorted(
            (each for each in self.all_entries(account_id) if _place(each) > low), key=_place
        )

    def all_under(self, account_id: AccountId, prefix: Key) -> Iterator[Entry]:
        """Go through every entry whose key begins with *prefix*."""
        yield from [each for each in self.all_entries(account_id) if each.key.startswith(prefix)]

    def closed_days(
        self, account_id: AccountId, *, since: date | None = None, until: date | None = None
    ) -> Sequence[ClosedDay]:
        """Return the account's closed days in order."""
        low, high = since or date.min, until or date.max
        days = [each for (owner, _), each in self._days.items() if owner == account_id]
        return sorted((each for each in days if low <= each.day <= high), key=lambda each: each.day)


def of_kind[Kind: Record](decision: Decision, kind: type[Kind]) -> list[Kind]:
    """Return the records of a class that are written with a decision."""
    return [each for each in decision.also if isinstance(each, kind)]


def _place(entry: Entry) -> str:
    return f"{entry.posted_at:010d}#{entry.seq:012d}"


def _in_range(entry: Entry, query: HistoryQuery) -> bool:
    after = query.since is None or entry.posted_at >= query.since
    return after and (query.until is None or entry.posted_at <= query.until)


def _wanted(entry: Entry, query: HistoryQuery) -> bool:
    return (
        query.kind in {None, entry.kind}
        and query.operation in {None, entry.operation}
        and query.reference in {None, entry.reference}
        and query.hold_id in {None, entry.hold_id}
    )


@dataclass(slots=True)
class MemoryRetryBudget:
    """Patience that never waits, and ends after a number of pauses."""

    pauses: int = 50
    paused: int = field(default=0, init=False)
    rivals: int = field(default=0, init=False)
    failure: Exception | None = field(default=None, init=False)

    def share(self, parts: int) -> "MemoryRetryBudget":
        """Return patience for one of *parts* equal shares of the pauses left."""
        return MemoryRetryBudget((self.pauses - self.paused) // parts)

    def check(self) -> None:
        """Raise `Unavailable` after the last pause."""
        if self.paused > self.pauses:
            raise Unavailable("The ledger did not answer in time.") from self.failure

    def first_rival(self) -> bool:
        """Say whether this is the first time that another commit came first."""
        self.rivals += 1
        return self.rivals == 1

    def pause(self, failure: Exception | None = None) -> None:
        """Count a pause; raise `Unavailable` after the last one."""
        self.failure = failure or self.failure
        self.paused += 1
        self.check()


class MemoryCheckpoints:
    """`Checkpoints` in memory."""

    def __init__(self) -> None:
        self.stored: dict[AccountId, RunningSums] = {}
        self.stopped: dict[tuple[int, int], AccountId] = {}

    def sums(self, account_id: AccountId) -> RunningSums | None:
        """Return a copy of what was kept of an account."""
        return deepcopy(self.stored.get(account_id))

    def keep(self, account_id: AccountId, sums: RunningSums) -> None:
        """Keep the sums of an account."""
        self.stored[account_id] = deepcopy(sums)

    def stopped_at(self, *, segment: int, segments: int) -> AccountId | None:
        """Return the account that the last run over a part ended with."""
        return self.stopped.get((segment, segments))

    def stop_at(self, account_id: AccountId, *, segment: int, segments: int) -> None:
        """Keep the account that a run over a part ended with."""
        self.stopped[segment, segments] = account_id
