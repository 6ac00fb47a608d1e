"""Random histories of one account, kept in a store, and what their entries add up to."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from prepaid.domain.account import Account
from prepaid.domain.commands import Command
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.decide import decide
from prepaid.domain.decisions import Decision, begin
from prepaid.domain.entries import Entry, EntryKind
from prepaid.domain.usage import Counter, Counters, add

from tests.domain.book import DAY, HOUR, Book, cents, steps
from tests.support.memory import MemoryLedgerStore

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
]
BEGINNINGS = [
    "2026-03-28T20:00:00+00:00",  # clocks go ahead in Berlin
    "2026-10-24T20:00:00+00:00",  # and back
    "2026-11-01T03:00:00+00:00",  # and back in St. John's
    "2026-04-04T10:00:00+00:00",  # and back by half an hour on Lord Howe
    "2026-02-27T23:30:00+00:00",
    "2028-02-28T09:00:00+00:00",
    "2026-12-30T12:00:00+00:00",
    "2026-11-18T12:00:00+00:00",
]
WAITS = [0, 60, 50 * 60, HOUR, 5 * HOUR, 11 * HOUR, DAY, 3 * DAY, 9 * DAY, 40 * DAY, -HOUR]
REFERENCES = [None, "call-1", "call-2", "=SUM(A1)"]


@dataclass(frozen=True)
class Step:
    """Something that happens after a while."""

    wait: int
    what: str
    cost: int = 0
    operation: str = "step"
    reference: str | None = None
    zone: str = "UTC"


@dataclass(frozen=True)
class Used:
    """What one entry counts, on the day that it happened where the account lives."""

    entry: Entry
    day: date
    uses: int


class History(Book):
    """An account kept by decisions that go to a store, and a record of its days beside them."""

    def __init__(self, zone: str, now: Instant) -> None:
        super().__init__(Account(account_id=AccountId("a"), time_zone=zone), now)
        self.store = MemoryLedgerStore()
        self.used: list[Used] = []
        self._local = date.min
        self._captured: set[int] = set()
        self._reference: str | None = None

    def keep(self, command: Command) -> int:
        command = replace(command, reference=self._reference)
        before = self.account.version
        decision = decide(begin(self.account, self.now, command), command)
        self.store.commit(decision, seen=before)
        self.account = decision.committed(seen=before)
        self.entries += decision.entries
        for entry in decision.entries:
            self._note(entry)
        return len(decision.entries)

    def move_to(self, zone: str) -> None:
        """Let the account live in another zone from the next commit on."""
        moved = Decision(account=replace(self.account, time_zone=zone), now=self.now)
        self.store.commit(moved, seen=self.account.version)
        self.account = moved.committed(seen=self.account.version)

    def play(self, step: Step) -> None:
        """Let one thing happen."""
        self.wait(step.wait)
        self._reference = step.reference
        cost = str(Credits(step.cost))
        match step.what:
            case "spend":
                self.use(steps(cost), cents(step.operation))
            case "waive":
                self.use(steps(cost), cents(step.operation), unlimited=True)
            case "hold":
                hold = self.hold(cost, operation=step.operation, expires_in=10 * DAY)
                price = cents(step.operation)
                self.capture(hold, asked=steps("0.01"), price=price, final=False)
                self.wait(5 * HOUR)
                self.capture(hold, asked=steps(cost), price=price)
            case "free":
                self.use({}, cents(step.operation))
            case "void":
                self.void(self.hold(cost))
            case "move":
                self.move_to(step.zone)

    def _note(self, entry: Entry) -> None:
        """Note the day by the account's clock, which never goes back, whatever the entry says."""
        zone = ZoneInfo(self.account.time_zone)
        self._local = max(self._local, datetime.fromtimestamp(entry.posted_at, tz=zone).date())
        if entry.kind is EntryKind.USAGE:
            self.used.append(Used(entry, self._local, 1))
        elif entry.kind is EntryKind.CAPTURE:
            assert entry.hold_id is not None
            uses = 0 if entry.hold_id in self._captured else 1
            self._captured.add(entry.hold_id)
            self.used.append(Used(entry, self._local, uses))


def added_up(
    used: Iterable[Used], key: Callable[[Used], str | None]
) -> Mapping[str | None, Counters]:
    """Add up entries by *key* and operation."""
    found: dict[str | None, Counters] = defaultdict(dict)
    for each in used:
        calculation = each.entry.calculation
        assert each.entry.operation is not None
        counter = Counter(
            count=each.uses,
            credits=-each.entry.amount,
            waived=each.entry.waived,
            units=calculation.quantities() if calculation else {},
        )
        found[key(each)] = add(found[key(each)], each.entry.operation, counter)
    return found


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Draw an account with a history of days, months, zones and pauses."""
    begun = datetime.fromisoformat(draw(st.sampled_from(BEGINNINGS)))
    history = History(draw(st.sampled_from(ZONES)), Instant(int(begun.timestamp())))
    history.adjust("100000")
    step = st.builds(
        Step,
        wait=st.sampled_from(WAITS),
        what=st.sampled_from(["spend"] * 5 + ["waive", "hold", "free", "void", "move"]),
        cost=st.integers(1, 5000),
        operation=st.sampled_from(["step", "call", "message"]),
        reference=st.sampled_from(REFERENCES),
        zone=st.sampled_from(ZONES),
    )
    for each in draw(st.lists(step, min_size=1, max_size=25)):
        history.play(each)
    history.wait(draw(st.sampled_from(WAITS)))
    return history
