"""A company with some accounts: what happens to them, and what entries and payments add up to."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st
from prepaid.analytics.flows import Costed, Flows, added
from prepaid.analytics.snapshot import Snapped, SnapshotTaking
from prepaid.analytics.snapshot_ports import AccountDays, Part, Snapshots
from prepaid.analytics.system import SystemAnalytics, SystemReport
from prepaid.domain.commands import Give
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.errors import InsufficientCredits
from prepaid.domain.grants import GrantKind
from prepaid.domain.keys import Key
from prepaid.domain.projecting import projected
from prepaid.domain.usage import Counter as UsageCounter
from prepaid.domain.usage import add
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.payment import Payment

from tests.support.asking import new_request_id
from tests.support.ledger_harness import DAY_SECONDS, LedgerHarness
from tests.support.memory import MemoryLedgerStore
from tests.support.memory_analytics import MemoryAccountDays, MemorySnapshots
from tests.support.selling import Counter, paid, refunded

HOUR = 3600
ACCOUNTS = [AccountId(name) for name in ("ann", "bob#1", "çé %", "dora")]
PACKAGES = ["starter", "professional", "yen"]
ZONES = ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"]
WAITS = [0, 60, HOUR, 7 * HOUR, DAY_SECONDS, 3 * DAY_SECONDS, 12 * DAY_SECONDS]


@dataclass(frozen=True)
class Event:
    """Something that happens to an account after a while."""

    wait: int
    account_id: AccountId
    what: str
    amount: int = 1
    package: str = "starter"
    zone: str = "UTC"


@dataclass
class Company:
    """Accounts over stores in memory, a clock, and the snapshots that are taken of them."""

    counter: Counter = field(default_factory=Counter)
    account_days: AccountDays = field(default_factory=MemoryAccountDays)
    snapshots: Snapshots = field(default_factory=MemorySnapshots)
    parts: int = 2
    events: int = 0
    failed: list[AccountId] = field(default_factory=list)

    @property
    def store(self) -> MemoryLedgerStore:
        assert isinstance(self.counter.store, MemoryLedgerStore)
        return self.counter.store

    @property
    def now(self) -> Instant:
        return self.counter.now

    @property
    def harness(self) -> LedgerHarness:
        return self.counter.harness

    def wait(self, seconds: int) -> None:
        self.counter.now = Instant(self.counter.now + seconds)

    def play(self, event: Event) -> None:
        """Let one thing happen; what cannot be paid does not."""
        self.wait(event.wait)
        self.events += 1
        try:
            self._let_happen(event, f"key-{self.events}")
        except InsufficientCredits:
            return

    def _let_happen(self, event: Event, key: str) -> None:
        account_id, amount = event.account_id, event.amount
        match event.what:
            case "spend":
                self.harness.spend(account_id, key, amount % 7 + 1, self.now)
            case "hold":
                opened = self.harness.hold(account_id, key, "9.00", now=self.now, expires_in=HOUR)
                number = opened.entry.hold_id or 0
                self.harness.capture(account_id, number, f"{key}-1", 1, self.now, final=False)
                self.harness.capture(account_id, number, f"{key}-2", 2, self.now)
            case "forget":
                self.harness.hold(account_id, key, "1.00", now=self.now)
            case "buy":
                started = self.counter.start(account_id, key, event.package).payment
                self.counter.record_fact(started, paid(started, self.now))
            case "refund" | "dispute":
                self._take_back(event)
            case "give":
                self._give(account_id, key, amount)
            case "adjust":
                self.harness.give(account_id, str(Credits(amount)), key, self.now)
            case "take":
                self.harness.give(account_id, str(Credits(-amount % -50)), key, self.now)
            case "move":
                self._move(account_id, event.zone)

    def _take_back(self, event: Event) -> None:
        mine = self.store.payments.of_account(event.account_id, limit=100)
        if not mine:
            return
        payment = mine[event.amount % len(mine)]
        part = event.amount % payment.price + 1
        fact = refunded(part, refund_id=f"re_{self.events}", at=self.now)
        if event.what == "dispute":
            status = DisputeStatus.WON if event.amount % 3 == 0 else DisputeStatus.LOST
            lost = Disputed(
                dispute_id=f"du_{event.amount % 2}",
                amount=part,
                status=status,
                currency=payment.currency,
                at=self.now,
            )
            self.counter.record_fact(payment, lost)
        else:
            self.counter.record_fact(payment, replace(fact, currency=payment.currency))

    def _give(self, account_id: AccountId, key: str, amount: int) -> None:
        command = Give(
            key=Key(f"gift:{key}"),
            actor="system",
            request_id=new_request_id(),
            entry_kind=EntryKind.GRANT,
            grant_kind=GrantKind.PROMOTIONAL,
            amount=Credits(amount),
            expires_at=Instant(self.now + 5 * DAY_SECONDS),
        )
        self.harness.ledger.post(account_id, lambda _: command, self.now)

    def _move(self, account_id: AccountId, zone: str) -> None:
        account = self.store.load(account_id)
        moved = Decision(account=replace(account, time_zone=zone), now=self.now)
        self.store.commit(moved, seen=account.version)

    def taking(self, **replaced: object) -> SnapshotTaking:
        """Return what takes a snapshot now."""
        parts: dict[str, object] = {
            "ledger": self.store,
            "payments": self.store.payments,
            "account_days": self.account_days,
            "snapshots": self.snapshots,
            "time_is_up": lambda: False,
            "failed": lambda account_id, _: self.failed.append(account_id),
        }
        return SnapshotTaking(**{**parts, **replaced})  # type: ignore[arg-type]  # its own fields

    def snapshot(self) -> list[Snapped]:
        """Take the snapshot of every part."""
        parts = [Part(number, self.parts) for number in range(self.parts)]
        return [self.taking().run(part, now=self.now) for part in parts]

    def report(self, first: date, last: date) -> SystemReport:
        """Ask for system analytics."""
        return SystemAnalytics(self.snapshots).report(first, last, self.now)

    def entries(self) -> list[Entry]:
        """Return every entry of every account."""
        return [each for account in ACCOUNTS for each in self.store.all_entries(account)]

    def payments(self) -> list[Payment]:
        """Return every payment of every account."""
        return [each for account in ACCOUNTS for each in self.store.payments.all_of(account)]


def day_of(at: int) -> date:
    return datetime.fromtimestamp(at, tz=UTC).date()


def recomputed(entries: list[Entry]) -> dict[date, Flows]:
    """Add up entries by the UTC day of their posting, one field after the other."""
    found: dict[date, Flows] = defaultdict(Flows)
    captured: set[tuple[AccountId, int | None]] = set()
    active: dict[date, set[AccountId]] = defaultdict(set)
    for entry in sorted(entries, key=lambda each: (each.account_id, each.seq)):
        day = day_of(entry.posted_at)
        flows = found[day]
        sums = dict(flows.credits)
        for name, amount in moved(entry).items():
            sums[name] = sums.get(name, Credits(0)) + amount
        used = entry.kind in (EntryKind.USAGE, EntryKind.CAPTURE)
        usage, earned, breakage = flows.usage, flows.earned, flows.breakage
        if used:
            place = (entry.account_id, entry.hold_id)
            again = entry.kind is EntryKind.CAPTURE and place in captured
            captured.add(place)
            active[day].add(entry.account_id)
            usage = add(usage, str(entry.operation), counted(entry, 0 if again else 1))
        for part in entry.burned:
            basis = {part.currency: part.basis} if part.basis else {}
            earned = added(earned, basis) if used else earned
            breakage = added(breakage, basis) if entry.kind is EntryKind.EXPIRY else breakage
        found[day] = replace(
            flows,
            credits=sums,
            usage=usage,
            earned=earned,
            breakage=breakage,
            opened=flows.opened + (entry.seq == 1),
        )
    return {day: replace(each, active=len(active[day])) for day, each in found.items()}


GIVEN = {EntryKind.PURCHASE: "sold", EntryKind.BONUS: "bonus", EntryKind.GRANT: "granted"}
TAKEN = {
    EntryKind.USAGE: "spent",
    EntryKind.CAPTURE: "spent",
    EntryKind.EXPIRY: "expired",
    EntryKind.REFUND: "refunded",
    EntryKind.DISPUTE: "refunded",
}


def moved(entry: Entry) -> dict[str, Credits]:
    if entry.kind is EntryKind.ADJUSTMENT:
        up = entry.amount > Credits(0)
        return {"added": entry.amount} if up else {"removed": -entry.amount}
    if entry.kind in GIVEN:
        return {GIVEN[entry.kind]: entry.amount}
    return {TAKEN[entry.kind]: -entry.amount} if entry.kind in TAKEN else {}


def counted(entry: Entry, uses: int) -> UsageCounter:
    units = entry.calculation.quantities() if entry.calculation else {}
    return UsageCounter(count=uses, credits=-entry.amount, waived=entry.waived, units=units)


def plain(flows: Flows) -> Flows:
    """Leave out what is nothing."""
    return replace(
        flows,
        credits={name: each for name, each in flows.credits.items() if each},
        usage={name: each for name, each in flows.usage.items() if each != UsageCounter()},
        earned={name: each for name, each in flows.earned.items() if each},
        breakage={name: each for name, each in flows.breakage.items() if each},
        costed={name: each for name, each in flows.costed.items() if each != Costed()},
    )


def liability(company: Company) -> dict[str, int]:
    """Return what was paid for what is left, by currency, once everything due is settled."""
    found: dict[str, int] = {}
    for account_id in ACCOUNTS:
        account = projected(company.store.load(account_id), company.now).account
        for grant in account.grants:
            left = grant.cost_basis * grant.remaining.hundredths // grant.amount.hundredths
            if left:
                found[grant.currency] = found.get(grant.currency, 0) + left
    return found


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    """Draw what happens to some accounts."""
    event = st.builds(
        Event,
        wait=st.sampled_from(WAITS),
        account_id=st.sampled_from(ACCOUNTS),
        what=st.sampled_from(
            ["buy"] * 3
            + ["spend"] * 4
            + ["hold", "forget", "refund", "dispute", "give", "adjust", "take", "move", "snapshot"]
        ),
        amount=st.integers(1, 4000),
        package=st.sampled_from(PACKAGES),
        zone=st.sampled_from(ZONES),
    )
    return draw(st.lists(event, min_size=1, max_size=30))
