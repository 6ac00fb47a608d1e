"""A machine that does everything to one account, and compares it with a plain model each time.

Run it over any store: `try_everything(make_place, settings)`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from prepaid.domain.account import Account, Version
from prepaid.domain.credits import AccountId, Instant
from prepaid.domain.decisions import Decision
from prepaid.domain.entries import Entry
from prepaid.domain.errors import KeyReused, Refusal, Unavailable
from prepaid.domain.expiring import days_before
from prepaid.domain.following import ExpireDue
from prepaid.domain.keys import Key
from prepaid.domain.pricing import HUNDREDTH, ONE
from prepaid.domain.thresholds import Alert, AlertKind
from prepaid.domain.usage import total
from prepaid.ledger.ports import HistoryQuery, LedgerStore, Page
from prepaid.ledger.posting import Posting

from tests.statemachine.actions import (
    Action,
    Adjusting,
    Desk,
    Ending,
    Extending,
    Giving,
    Holding,
    Make,
    Setting,
    Spending,
)
from tests.statemachine.model import FOREVER, Model, Moved, Refused, warnings
from tests.support.asking import new_request_id
from tests.support.verifying import Audited, verify

BEGINNING = 1_795_003_200
MANY = 60
"""Grants and holds stay below their limits, which have tests of their own."""


class AuditedStore(LedgerStore, Audited, Protocol):
    """A store that can be checked."""


@dataclass(frozen=True)
class MachineSetup:
    """A store, an account of its own in it that nobody has written, and a way to its alerts."""

    store: AuditedStore
    account_id: AccountId
    alerts: Callable[[AccountId], list[Alert]]


type MakePlace = Callable[[], MachineSetup]


@dataclass
class Troubled:
    """A store in which something happens at the next commit, once."""

    store: AuditedStore
    before: Callable[[], None] | None = None
    lost: bool = False
    happened: bool = field(default=False, init=False)

    def load(self, account_id: AccountId) -> Account:
        return self.store.load(account_id)

    def entries(self, account_id: AccountId, keys: Collection[Key]) -> Mapping[Key, Entry]:
        return self.store.entries(account_id, keys)

    def entries_under(self, account_id: AccountId, prefix: Key, *, limit: int) -> Sequence[Entry]:
        return self.store.entries_under(account_id, prefix, limit=limit)

    def history(self, query: HistoryQuery) -> Page:
        return self.store.history(query)

    def commit(self, decision: Decision, *, seen: Version) -> None:
        if self.happened:
            self.store.commit(decision, seen=seen)
            return
        self.happened = True
        if self.before is not None:
            self.before()
        self.store.commit(decision, seen=seen)
        if self.lost:
            raise Unavailable("the reply is lost")


whole = st.integers(0, 900)
refills = st.sampled_from([1_999, 2_000, 2_001, 2_500])
"""Credits that lift an account to its threshold, so that it is crossed often."""
OF_BALANCE = {each for each in AlertKind if each.startswith("balance")}
used = st.integers(0, 900 * ONE) | st.sampled_from([1, ONE // 3, 7 * ONE])
small = st.integers(0, 40 * ONE)
"""Quantities of which several are within one billed step or least quantity."""
operations = st.sampled_from(["step", "token", "minute"])
skews = st.sampled_from([0, 0, 0, 1, 60, 300, -1, -60, -300])
lives = st.sampled_from([None, 1, 60, 61, 600, 90_000])


def _spending(operation: str, millionths: int) -> Make:
    return lambda key, _, __: Spending(key, operation, millionths)


def _giving(amount: int, ends_in: int | None, priority: int) -> Make:
    return lambda key, clock, _: Giving(key, amount, ends_in, priority, clock)


def _adjusting(amount: int, force: bool) -> Make:
    return lambda key, _, __: Adjusting(key, amount, force)


def _holding(operation: str, amount: int, ends_in: int) -> Make:
    return lambda key, _, __: Holding(key, operation, amount, ends_in)


def _reserving(operation: str, least: int, more: int, ends_in: int) -> Make:
    return lambda key, _, __: Holding(key, operation, least + more, ends_in, least)


def _extending(index: int, amount: int, ends_in: int | None) -> Make:
    return lambda key, _, holds: (
        Extending(key, holds[-1 - index % len(holds)], amount, ends_in)
        if holds
        else Spending(key, "step", 0)
    )


def _ending(index: int, millionths: int | None, final: bool = True) -> Make:
    return lambda key, _, holds: (
        Ending(key, holds[-1 - index % len(holds)], millionths, final)
        if holds
        else Spending(key, "step", 0)
    )


def _setting(frozen: bool | None, unlimited: bool | None) -> Make:
    return lambda key, _, __: Setting(key, frozen, unlimited)


spendings = st.builds(_spending, operations, used)
actions: st.SearchStrategy[Make] = st.one_of(
    spendings,
    spendings,
    st.builds(_giving, st.integers(1, 900) | refills, lives, st.sampled_from([10, 100])),
    st.builds(_adjusting, st.integers(-500, 900).filter(bool), st.booleans()),
    st.builds(_holding, operations, whole, st.sampled_from([1, 60, 600, 86_400])),
    st.builds(_reserving, operations, st.integers(1, 400), whole, st.sampled_from([60, 86_400])),
    st.builds(_extending, st.integers(0, 3), whole, st.sampled_from([None, 60, 600, 86_400])),
    st.builds(_ending, st.integers(0, 3), used | small, st.just(False)),
    st.builds(_ending, st.integers(0, 3), st.none() | used),
    st.builds(_ending, st.integers(0, 3), used),
    st.builds(_setting, st.sampled_from([None, True, False, False]), st.none() | st.just(False)),
    st.builds(_setting, st.just(False), st.booleans()),
)


class LedgerMachine(RuleBasedStateMachine):
    """Everything that can happen to one account, in any order."""

    make_place: MakePlace

    def __init__(self) -> None:
        super().__init__()
        self.setup = type(self).make_place()
        self.store, self.account_id = self.setup.store, self.setup.account_id
        self.desk = Desk(self.store, self.account_id)
        self.clock = BEGINNING
        self.model = Model()
        self.done: list[tuple[Action, Entry]] = []
        self.holds: list[int] = []
        self.keys = 0

    @rule(make=actions, skew=skews)
    def act(self, make: Make, skew: int) -> None:
        """One writer, whose clock may be wrong."""
        action = self._made(make)
        self._check(action, self._put(action, self.desk, skew), skew)

    @rule(make=actions, skew=skews)
    def act_and_lose_the_reply(self, make: Make, skew: int) -> None:
        """The commit lands, its reply does not; the retry inside the request is no replay."""
        action = self._made(make)
        troubled = Troubled(self.store, lost=True)
        self._check(action, self._put(action, Desk(troubled, self.account_id), skew), skew)

    @rule(first=actions, second=actions, skew=skews, other=skews)
    def race(self, first: Make, second: Make, skew: int, other: int) -> None:
        """Another writer commits between the first one's load and its commit."""
        mine, rivals = self._made(first), self._made(second)
        rival_answers: list[Posting | Refusal] = []
        troubled = Troubled(
            self.store, lambda: rival_answers.append(self._put(rivals, self.desk, other))
        )
        answer = self._put(mine, Desk(troubled, self.account_id), skew)
        if troubled.happened:
            self._check(rivals, rival_answers[0], other)
            self._check(mine, answer, skew)
        else:
            self._check(mine, answer, skew)
            self._check(rivals, self._put(rivals, self.desk, other), other)

    @rule(makes=st.lists(spendings, min_size=1, max_size=8), data=st.data())
    def spend_many(self, makes: list[Make], data: st.DataObject) -> None:
        """A batch, with keys that come twice and keys of long ago among the new ones."""
        new = [each for each in map(self._made, makes) if isinstance(each, Spending)]
        old = [each for each, _ in self.done if isinstance(each, Spending)]
        again = data.draw(st.lists(st.sampled_from([*new, *old]), max_size=4))
        mixed: list[Spending] = data.draw(st.permutations([*new, *again]))
        self._batch(mixed)

    @rule(operation=operations, size=st.sampled_from([99, 130]))
    def spend_more_than_one_commit_holds(self, operation: str, size: int) -> None:
        """A batch that takes more than one commit."""
        batch = [self._made(_spending(operation, ONE)) for _ in range(size)]
        self._batch([each for each in batch if isinstance(each, Spending)])

    @rule(life=st.sampled_from([1, 60]))
    @precondition(lambda self: len(self.model.lots) < MANY // 2)
    def give_more_than_one_commit_expires(self, life: int) -> None:
        """Many grants that end together."""
        for _ in range(25):
            action = self._made(_giving(7, life, 100))
            self._check(action, self._put(action, self.desk, 0), 0)

    @rule(data=st.data(), skew=skews)
    @precondition(lambda self: self.done)
    def repeat(self, data: st.DataObject, skew: int) -> None:
        """A command of long ago gets its first answer and changes nothing."""
        action, entry = data.draw(st.sampled_from(self.done))
        before = self._asked_for()

        posted = action.perform(self.desk, self.clock + skew)

        assert posted == Posting(entry, replayed=True)
        assert self._asked_for() == before
        self._follow_time()

    @rule(data=st.data())
    @precondition(lambda self: any(isinstance(each, Spending) for each, _ in self.done))
    def reuse_a_key(self, data: st.DataObject) -> None:
        """Another command under a key that is taken is refused and changes nothing."""
        spent = [each for each, _ in self.done if isinstance(each, Spending)]
        first = data.draw(st.sampled_from(spent))
        other = Spending(first.key, first.operation, first.millionths + 1)
        before = self._asked_for()

        answer = self._put(other, self.desk, 0)

        assert isinstance(answer, KeyReused)
        assert self._asked_for() == before
        self._follow_time()

    @rule(seconds=st.sampled_from([1, 59, 60, 61, 600, 3600, 86_400, 31 * 86_400, -300]))
    def wait(self, seconds: int) -> None:
        """The clock jumps, sometimes back."""
        self.clock += seconds

    @rule(skew=skews)
    def settle(self, skew: int) -> None:
        """Write what has ended by itself."""
        before = self.model
        command = ExpireDue(request_id=new_request_id())
        made = self.desk.ledger.expire_due(self.account_id, command, Instant(self.clock + skew))
        if made:
            self.model = before.at(self.clock + skew)
        else:
            self._follow_time()

    @invariant()
    def every_invariant_holds(self) -> None:
        """Nothing that the ledger promises about an account is broken."""
        assert verify(self.store, self.account_id) == []

    @invariant()
    def the_account_is_what_the_model_says(self) -> None:
        """Balance, holds, grants by expiry, carries, counters and status agree."""
        account = self.store.load(self.account_id)
        now = account.now(Instant(self.clock))
        model = self.model.at(self.clock)
        assert now == model.now
        assert account.available(now).hundredths == model.available
        assert (account.balance - account.unsettled(now)).hundredths == model.balance
        assert _open_holds(account, now) == {n: each[:2] for n, each in model.holds.items()}
        assert _by_expiry(account, now) == _lots_by_expiry(model)
        carries = {operation: each * HUNDREDTH for operation, each in model.carry.items() if each}
        assert dict(account.carry) == carries
        assert (account.status.value == "frozen", account.unlimited) == (
            model.frozen,
            model.unlimited,
        )

    @invariant()
    def no_end_is_announced_twice_for_one_level_or_too_late(self) -> None:
        """What expires at one moment is spoken of once 30, 7 and 1 days before, if at all."""
        found = [
            (each.expires_at, days_before(replace(alert, ends=(each,))), alert.raised_at)
            for alert in self.setup.alerts(self.account_id)
            for each in alert.ends
        ]
        assert len({(end, days) for end, days, _ in found}) == len(found)
        assert all(raised_at < end for end, _, raised_at in found)

    @invariant()
    def each_crossing_has_its_alert(self) -> None:
        """The alerts beside the entries are those that the balances before and after call for.

        Alerts of usage go by days and hours, which have laws of their own.
        """
        entries = sorted(self.store.all_entries(self.account_id), key=lambda each: each.seq)
        balances = [
            (
                each.seq,
                each.posted_at,
                each.balance_after.hundredths,
                each.available_after.hundredths,
            )
            for each in entries
        ]
        raised = [each for each in self.setup.alerts(self.account_id) if each.about in OF_BALANCE]
        alerts = sorted(raised, key=lambda each: (each.seq, each.about))
        assert [
            (
                each.seq,
                each.raised_at,
                each.about,
                [at.hundredths for at in each.thresholds],
                each.balance.hundredths,
                each.available.hundredths,
                each.suppressed,
            )
            for each in alerts
        ] == warnings(balances)

    def teardown(self) -> None:
        """Compare every day's counters, closed and open."""
        account = self.store.load(self.account_id)
        days = {each.day: each.portions for each in self.store.closed_days(self.account_id)}
        counted = {
            (day, operation): (each.count, each.credits.hundredths, each.waived.hundredths)
            for day, portions in [*days.items(), (account.usage_day, account.usage)]
            for operation, each in total(portions).items()
        }
        assert counted == self.model.used

    def _made(self, make: Make) -> Action:
        self.keys += 1
        action = make(f"key-{self.keys}", self.clock, self.holds)
        crowded = len(self.model.lots) >= MANY or len(self.model.holds) >= MANY
        if crowded and isinstance(action, Giving | Adjusting | Holding):
            return Spending(f"key-{self.keys}", "step", ONE)
        return action

    def _put(self, action: Action, desk: Desk, skew: int) -> Posting | Refusal:
        try:
            return action.perform(desk, self.clock + skew)
        except Refusal as refusal:
            return refusal

    def _check(self, action: Action, answer: Posting | Refusal, skew: int) -> None:
        """Hold the ledger's answer to what the model says."""
        after = self.model.at(self.clock + skew)
        after.entry_id = answer.entry.seq if isinstance(answer, Posting) else 0
        expected = _predicted(action, after)
        if isinstance(expected, Refused):
            assert isinstance(answer, Refusal), f"{action} should be refused: {expected}"
            assert answer.code == str(expected)
            self._follow_time()
            return
        assert isinstance(answer, Posting), f"{action} should be {expected}: {answer}"
        assert not answer.replayed
        entry = answer.entry
        assert expected == Moved(
            amount=entry.amount.hundredths,
            held=entry.held_change.hundredths,
            waived=entry.waived.hundredths,
            shortfall=entry.shortfall.hundredths,
        )
        assert entry.available_after.hundredths == after.at(0).available
        assert entry.posted_at == after.now
        self.model = after
        self.done.append((action, entry))
        if isinstance(action, Holding):
            self.holds.append(entry.seq)

    def _asked_for(self) -> set[int]:
        """Return the numbers of the entries that somebody asked for."""
        entries = self.store.all_entries(self.account_id)
        return {each.seq for each in entries if each.actor != "system"}

    def _follow_time(self) -> None:
        """Let the model see what time has done, where the ledger had to write that first."""
        self.model = self.model.at(self.store.load(self.account_id).as_of)

    def _batch(self, batch: list[Spending]) -> None:
        request_id = new_request_id()
        spends = [replace(each.command(), request_id=request_id) for each in batch]
        answers = self.desk.metering.record_many(
            [(self.account_id, each) for each in spends], Instant(self.clock)
        )
        before = {id(action): entry for action, entry in self.done}
        for action, answer in zip(batch, answers, strict=True):
            assert isinstance(answer, Posting | Refusal)
            if id(action) in before:
                assert answer == Posting(before[id(action)], replayed=True)
                continue
            self._check(action, answer, 0)
            if isinstance(answer, Posting):
                before[id(action)] = answer.entry
        self._follow_time()


def _predicted(action: Action, model: Model) -> Moved | Refused:
    try:
        return action.predict(model)
    except Refused as refused:
        return refused


def _open_holds(account: Account, now: Instant) -> dict[int, tuple[int, int]]:
    return {
        each.number: (each.amount.hundredths, each.expires_at)
        for each in account.holds
        if not each.expired(now)
    }


def _by_expiry(account: Account, now: Instant) -> dict[int, int]:
    left: dict[int, int] = {}
    for each in account.grants:
        if not each.expired(now):
            ends = each.expires_at or FOREVER
            left[ends] = left.get(ends, 0) + each.remaining.hundredths
    return left


def _lots_by_expiry(model: Model) -> dict[int, int]:
    left: dict[int, int] = {}
    for each in model.lots:
        if each.ends > model.now:
            left[each.ends] = left.get(each.ends, 0) + each.left
    return left


def try_everything(make_place: MakePlace, budget: settings) -> None:
    """Run the machine over a store; raises with the shortest story that ends wrongly."""

    class Machine(LedgerMachine):
        """The machine over that store."""

    Machine.make_place = staticmethod(make_place)
    run_state_machine_as_test(Machine, settings=budget)
