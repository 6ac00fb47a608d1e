"""Auditing: every account in turn, from where the last run stopped, also behind a huge one."""

import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest
from prepaid.catalogue.prices import price_at
from prepaid.domain.account import Account
from prepaid.domain.commands import Spend
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.entries import Entry
from prepaid.domain.keys import Writer, usage
from prepaid.domain.listing import AccountList
from prepaid.domain.pricing import Quantity
from prepaid.dynamodb.values import Plain, deserialize, serialize
from prepaid.ledger import audit, verification
from prepaid.ledger.audit import PASS_SECONDS, Audited, Auditing
from prepaid.ledger.changes import enlist
from prepaid.ledger.dynamodb.checkpoints import DynamoCheckpoints
from prepaid.ledger.running_sums import RunningSums
from prepaid.ledger.verification import Verification, verify

from tests.support.asking import new_request_id
from tests.support.ledger_harness import DAY_SECONDS, NOW, LedgerHarness
from tests.support.memory import MemoryCheckpoints, MemoryLedgerStore

HUGE = AccountId("huge")
SMALL = AccountId("small")


class Table:
    """A table of records that keeps what DynamoDB would."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Mapping[str, object]] = {}

    def read(self, kind_id: str, sort: str) -> Plain | None:
        row = self.rows.get((kind_id, sort))
        return deserialize(row) if row else None

    def replace(self, row: Mapping[str, object]) -> None:
        self.rows[str(row["kind_id"]), str(row["sort"])] = serialize(row)


class Store(MemoryLedgerStore):
    """Counts the entries that are read of each account; *lagging* ones are in no index yet."""

    def __init__(self) -> None:
        super().__init__()
        self.read: dict[AccountId, int] = {}
        self.lagging: set[int] = set()

    def in_order(
        self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
    ) -> Iterator[Entry]:
        for entry in super().in_order(account_id, after=after):
            if entry.seq not in self.lagging:
                self.read[account_id] = self.read.get(account_id, 0) + 1
                yield entry


@dataclass
class Desk:
    """A ledger with an audit; a run has the time for some questions whether it is up."""

    store: Store = field(default_factory=Store)
    checkpoints: MemoryCheckpoints = field(default_factory=MemoryCheckpoints)
    reports: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.harness = LedgerHarness(self.store)

    def report(self, _kind: str, subject: str, detail: str, *, now: Instant) -> None:
        assert now
        self.reports[subject.partition("#")[2]] = detail

    def fill(self, account_id: AccountId, entries: int) -> None:
        self.harness.give(account_id, "1000")
        for number in range(entries - 1):
            self.harness.spend(account_id, f"u{number}")

    def falsify(self, account_id: AccountId, seq: int) -> Entry:
        entry = next(each for each in self.store.all_entries(account_id) if each.seq == seq)
        self.store._entries[account_id, entry.key] = replace(entry, balance_after=Credits(1))
        return entry

    def run(self, questions: int = 1_000, *, now: int = NOW) -> Audited:
        left = iter(range(questions))
        auditing = Auditing(
            audit=self.store,
            checks=(),
            checkpoints=self.checkpoints,
            exceptions=self,
            time_is_up=lambda: next(left, None) is None,
            failed=lambda account_id, _exc: self.failures.append(account_id),
            enlist=lambda account_id, at: enlist(
                self.harness.ledger, account_id, at, self.harness.ledger.budget()
            ),
        )
        return auditing.run(now=Instant(now))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a ledger in which the time is asked for at every second entry."""
    monkeypatch.setattr(verification, "EVERY", 2)
    monkeypatch.setattr(audit, "LONG", 8)
    return Desk()


@pytest.mark.fault(
    "C30.5",
    "An account has more entries than a run of the verification has time for",
    "It keeps a checkpoint and goes on in the next run, which begins behind it; every account has "
    "its turn",
)
def test_accounts_behind_one_that_the_time_does_not_suffice_for_are_verified(desk: Desk) -> None:
    desk.fill(HUGE, 40)
    desk.fill(SMALL, 2)
    desk.falsify(SMALL, 2)

    first = desk.run(4)
    second = desk.run(4)

    assert (first.accounts, first.finished) == (0, False)
    assert second.accounts == 1
    assert desk.reports.keys() == {SMALL}


@pytest.mark.fault("C30.5")
def test_runs_that_stop_inside_an_account_go_on_there_until_it_is_whole(desk: Desk) -> None:
    desk.fill(HUGE, 40)
    runs = [desk.run(6) for _ in range(4)]

    assert [each.finished for each in runs] == [False, False, False, True]
    assert desk.store.read[HUGE] == 40


def test_drift_before_a_stop_is_reported_at_once_and_again(desk: Desk) -> None:
    desk.fill(HUGE, 40)
    entry = desk.falsify(HUGE, 2)

    first = desk.run(6)
    desk.reports.clear()
    second = desk.run(6)

    assert (first.violations, second.violations) == (2, 2)
    assert f"entry 2 ({entry.key}) says 0.01" in desk.reports[HUGE]


def test_a_long_account_is_read_on_from_its_checkpoint(desk: Desk) -> None:
    desk.fill(HUGE, 10)
    desk.run()
    desk.harness.spend(HUGE, "later")

    done = desk.run()

    assert (done.accounts, done.violations, desk.store.read[HUGE]) == (1, 0, 11)


def test_a_short_account_is_read_whole_each_time_and_leaves_no_checkpoint(desk: Desk) -> None:
    desk.fill(SMALL, 5)
    desk.run()
    desk.falsify(SMALL, 2)

    found = desk.run()

    assert found.violations
    assert desk.checkpoints.stored == {}
    assert desk.checkpoints.stopped == {}


@pytest.mark.parametrize(("entries", "stored"), [(7, 0), (8, 1)])
def test_an_account_is_long_from_a_number_of_entries_on(
    desk: Desk, entries: int, stored: int
) -> None:
    desk.fill(SMALL, entries)

    desk.run()

    assert len(desk.checkpoints.stored) == stored


@pytest.mark.fault(
    "C30.6",
    "An entry before a checkpoint is changed by hand",
    "The pass that begins every 28 days finds it; what was found is reported until it is mended",
)
def test_drift_in_the_past_of_a_checkpoint_is_found_by_the_next_pass(desk: Desk) -> None:
    desk.fill(HUGE, 10)
    desk.run()
    desk.falsify(HUGE, 2)

    before = desk.run(now=NOW + PASS_SECONDS - 1)
    after = desk.run(now=NOW + PASS_SECONDS)

    assert before.violations == 0
    assert after.violations


@pytest.mark.fault("C30.6")
def test_a_whole_account_in_which_something_is_wrong_is_read_from_the_start_again(
    desk: Desk,
) -> None:
    desk.fill(HUGE, 10)
    entry = desk.falsify(HUGE, 2)

    wrong = [desk.run().violations, desk.run().violations]
    desk.store._entries[HUGE, entry.key] = entry
    mended = desk.run()

    assert all(wrong)
    assert mended.violations == 0
    assert desk.run().violations == 0
    assert desk.store.read[HUGE] == 30


@pytest.mark.fault(
    "C30.7",
    "The index of entries lags behind the table while an account is verified",
    "What it lacks is read from the table; only what is in neither is missing",
)
def test_what_the_index_lacks_for_now_is_read_from_the_table(desk: Desk) -> None:
    desk.fill(SMALL, 9)
    desk.store.lagging = {4, 8, 9}

    assert verify(desk.store, SMALL, ()) == []


@pytest.mark.fault("C30.7")
def test_what_is_in_neither_is_missing(desk: Desk) -> None:
    desk.fill(SMALL, 9)
    entry = next(each for each in desk.store.all_entries(SMALL) if each.seq == 4)
    del desk.store._entries[SMALL, entry.key]

    found = {each.invariant: each.detail for each in verify(desk.store, SMALL, ())}

    assert found["seq is gap-free"] == "0 entries are numbered 4"


@pytest.mark.fault("C30.5")
def test_entries_are_never_in_memory_together(desk: Desk) -> None:
    desk.fill(SMALL, 3)
    [first, *_] = desk.harness.entries(SMALL)
    account = replace(desk.store.load(SMALL), seq=3_000)
    most = 0

    class Endless(Store):
        def load(self, account_id: AccountId) -> Account:
            assert account_id == SMALL
            return account

        def in_order(
            self, account_id: AccountId, *, after: tuple[Instant, int] | None = None
        ) -> Iterator[Entry]:
            nonlocal most
            assert (account_id, after) == (SMALL, None)
            for seq in range(1, 3_001):
                if seq == 2_999:
                    most = sum(isinstance(each, Entry) for each in gc.get_objects())
                yield replace(first, seq=seq)

    before = sum(isinstance(each, Entry) for each in gc.get_objects())

    verify(Endless(), SMALL, ())

    assert 0 < most < before + 100


def spend_at_cost(
    harness: LedgerHarness, account_id: AccountId, key: str, provider_cost: int, now: Instant
) -> None:
    """Spend one message, for which a provider takes something from us."""
    account = harness.ledger.account(account_id)
    command = Spend(
        key=usage(Writer.SERVICE, key),
        actor="service:calls",
        request_id=new_request_id(),
        operation="message",
        quantities={"message": Quantity(1_000_000)},
        price=price_at(harness.catalogue, account, "message", now),
        provider_cost=provider_cost,
    )
    harness.ledger.post(account_id, lambda _: command, now)


def test_sums_that_were_kept_say_the_same_as_sums_that_were_not(desk: Desk) -> None:
    harness, tomorrow = desk.harness, Instant(NOW + DAY_SECONDS)
    harness.give(SMALL, "100")
    harness.spend(SMALL, "a", 3)
    harness.capture(SMALL, harness.hold(SMALL, "h1", "5").entry.seq, "e1", 2)
    hold = harness.hold(SMALL, "h3", "5", now=tomorrow, expires_in=600).entry.seq
    harness.capture(SMALL, hold, "p1", now=tomorrow, final=False)
    harness.capture(SMALL, hold, "p2", 2, now=tomorrow, final=False)
    harness.spend(SMALL, "b", 4, now=tomorrow)
    spend_at_cost(harness, SMALL, "c", 318_500, tomorrow)
    harness.spend(SMALL, "d", now=tomorrow)
    entries = harness.entries(SMALL)
    closed = {each.day: each.counters for each in desk.store.closed_days(SMALL)}
    for cut in range(len(entries) + 1):
        checkpoints, sums = DynamoCheckpoints(Table()), RunningSums(began_at=Instant(NOW))  # type: ignore[arg-type]  # a table in memory
        for entry in entries[:cut]:
            sums.add(entry, closed)

        checkpoints.keep(SMALL, sums)
        stored = checkpoints.sums(SMALL)

        assert stored == sums
        assert stored is not None
        assert Verification(audit=desk.store, checks=()).run(SMALL, stored).violations == []


def test_sums_of_another_form_are_passed_over(desk: Desk) -> None:
    assert desk.run().finished
    table = Table()
    checkpoints = DynamoCheckpoints(table)  # type: ignore[arg-type]  # a table in memory
    checkpoints.keep(SMALL, RunningSums())
    table.replace({"kind_id": "verified", "sort": SMALL, "form": 2})

    assert checkpoints.sums(SMALL) is None


@pytest.mark.fault(
    "V6",
    "A stack is upgraded that has accounts of before there were lists of accounts",
    "The nightly verification commits each once, so that admins find all; nothing else changes",
)
def test_accounts_of_before_there_were_lists_are_in_them_after_a_run(desk: Desk) -> None:
    for account_id, amount in ((HUGE, "1.00"), (SMALL, "50.00")):
        desk.harness.give(account_id, amount)
        desk.store._accounts[account_id] = replace(desk.store._accounts[account_id], listed=False)
    desk.store.directory.clear()
    desk.store.lists.clear()
    before = desk.store.load(HUGE)

    done = desk.run()

    after = desk.store.load(HUGE)
    assert (done.accounts, done.violations, desk.failures) == (2, 0, [])
    assert desk.store.directory == {HUGE, SMALL}
    assert desk.store.lists == {AccountList.LOW: {HUGE}}
    assert after == replace(before, listed=True, version=after.version, as_of=after.as_of)
    assert after.version == before.version + 1
    desk.run()
    assert desk.store.load(HUGE) == after


def test_an_account_that_is_listed_meanwhile_is_not_written_again(desk: Desk) -> None:
    desk.harness.give(SMALL, "50.00")
    before = desk.store.load(SMALL)

    enlist(desk.harness.ledger, SMALL, NOW, desk.harness.ledger.budget())

    assert desk.store.load(SMALL) == before
