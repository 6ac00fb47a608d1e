"""Calls of which nobody told are found in the provider's list, and each is paid once."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prepaid.calls.assignment import CallAssignment
from prepaid.calls.collection import Collection
from prepaid.calls.facts import CallEvent, CallStatus
from prepaid.calls.listing import CALLS, IN_FLIGHT_SECONDS, MOST_REQUESTS, CallListing, Listed
from prepaid.calls.reference import CallReference, signed
from prepaid.calls.running import RunningCalls
from prepaid.calls.tracking import UNKNOWN_CALL
from prepaid.domain.auditing import AdminAct
from prepaid.domain.credits import Credits, Instant
from prepaid.domain.errors import Unavailable
from prepaid.windows import OVERLAP_SECONDS, Window

from tests.calls.test_tracking import CALL, LOST, Desk, ended
from tests.support.asking import new_request_id
from tests.support.ledger_harness import NOW, LedgerHarness
from tests.support.memory import MemoryRetryBudget
from tests.support.memory_calls import MemoryCallProvider
from tests.support.memory_payments import MemoryWindows
from tests.support.stores import fails_with, loses_the_reply_with
from tests.support.verifying import verify

HOUR = 3_600
LATER = Instant(NOW + 900)
"""When calls that were created now are old enough, and ended."""
BEGUN = Window(since=Instant(NOW - OVERLAP_SECONDS), until=NOW)


@dataclass
class Lists(Desk):
    """A desk whose provider lists calls, and the job that reads the list."""

    provider: MemoryCallProvider = field(default_factory=MemoryCallProvider)
    windows: MemoryWindows = field(default_factory=MemoryWindows)
    failures: list[tuple[str, Exception]] = field(default_factory=list)
    time_is_up: Callable[[], bool] = lambda: False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.windows.windows[CALLS] = BEGUN

    def knows(self, *events: CallEvent) -> None:
        self.provider.known |= {each.call_id: each for each in events}

    def run(self, now: int = LATER) -> Listed:
        listing = CallListing(
            calls=self.calls,
            provider=self.provider,
            windows=self.windows,
            tracking=self.tracking,
            exceptions=self.exceptions,
            time_is_up=self.time_is_up,
            failed=lambda call_id, exc: self.failures.append((call_id, exc)),
        )
        return listing.run(now=Instant(now), request_id=new_request_id())

    def collect(self, now: int) -> None:
        collection = Collection(
            calls=self.calls,
            provider=self.provider,
            tracking=self.tracking,
            running=RunningCalls(
                ledger=self.harness.ledger,
                catalogue=self.harness.catalogue,
                provider=self.provider,
                exceptions=self.exceptions,
                ends=False,
            ),
            exceptions=self.exceptions,
            time_is_up=lambda: False,
            failed=lambda call_id, exc: self.failures.append((call_id, exc)),
        )
        collection.run(now=Instant(now), request_id=new_request_id())

    def assign(self, call_id: str, now: int) -> None:
        case = self.exceptions.case(UNKNOWN_CALL, call_id)
        assert case is not None
        assignment = CallAssignment(
            inbox=self.exceptions, tracking=self.tracking, ledger=self.harness.ledger
        )
        by = AdminAct(actor="admin:a", request_id=new_request_id(), now=Instant(now))
        assignment.assign(case, self.account_id, by)

    @property
    def read_until(self) -> int:
        return self.windows.windows[CALLS].since - NOW


@pytest.fixture
def lists() -> Lists:
    return Lists()


def numbered(count: int, every: int = 1, **more: Any) -> list[CallEvent]:
    """Return calls that ended, created one after another from now on."""
    return [
        ended(call_id=f"call-{number}", created_at=Instant(NOW + number * every), **more)
        for number in range(count)
    ]


@pytest.mark.fault(
    "H21",
    "Every message of a call is lost, and nobody bound it",
    "Its signed reference in the provider's list says who pays: once",
)
def test_a_call_of_which_every_message_was_lost_is_paid_by_its_reference(lists: Lists) -> None:
    lists.knows(ended(references=(lists.reference(lists.hold()),)))

    done = [lists.run(), lists.run(LATER + 300), lists.run(LATER + HOUR)]

    assert [each.found for each in done] == [1, 0, 0]
    assert (lists.balance, lists.kinds()) == ("97.40", ["hold", "capture"])


@pytest.mark.fault(
    "H22",
    "The list names a call of nobody, or one with metadata that we did not sign",
    "It selects no account; it is in the inbox once, and billed once after an admin assigned it",
)
@pytest.mark.parametrize("text", ["user-1", "A" * 90])
def test_a_listed_call_of_nobody_is_in_the_inbox_once_and_billed_once(
    lists: Lists, text: str
) -> None:
    foreign = signed(
        CallReference(account_id=lists.account_id, hold_id=lists.hold(), expires_at=LATER),
        b"x" * 32,
    )
    lists.knows(ended(references=(text, foreign)))

    lists.run()
    lists.run(LATER + 300)
    before = (lists.balance, list(lists.exceptions.stored))
    for _ in range(2):
        lists.assign(CALL, LATER + 300)
    lists.run(LATER + 400)

    assert before == ("100.00", [(UNKNOWN_CALL, CALL)])
    assert lists.exceptions.open_cases(limit=9) == []
    assert (lists.balance, lists.kinds()) == ("97.40", ["hold", "usage"])


def test_a_call_that_still_runs_is_asked_for_from_then_on(lists: Lists) -> None:
    running = CallEvent(
        call_id=CALL,
        status=CallStatus.IN_PROGRESS,
        created_at=NOW,
        references=(lists.reference(lists.hold()),),
    )
    lists.knows(running)

    lists.run()
    lists.knows(ended())
    lists.collect(LATER + 300)

    assert (lists.balance, lists.kinds()) == ("97.40", ["hold", "capture"])


def test_a_call_that_has_just_ended_is_left_to_its_report(lists: Lists) -> None:
    young = ended(references=(lists.reference(lists.hold()),))
    assert young.end is not None
    lists.knows(replace(young, end=replace(young.end, ended_at=Instant(LATER - 119))))

    lists.run()

    assert (lists.balance, lists.call.due_at) == ("100.00", LATER + 120)
    lists.collect(LATER + 120)
    assert lists.balance == "97.40"


def test_what_is_settled_or_asked_for_anyway_is_not_learned_again(lists: Lists) -> None:
    lists.bind(lists.hold())
    lists.record_event(ended())
    lists.bind_another("call-2", lists.hold(key="second"))
    lists.knows(ended(600), ended(600, call_id="call-2"))

    done = lists.run()

    assert (done.listed, done.found) == (2, 0)
    assert (lists.balance, lists.exceptions.stored) == ("97.40", {})


def test_a_call_is_not_listed_before_its_messages_had_time_to_come(lists: Lists) -> None:
    lists.knows(ended(created_at=Instant(NOW + 1)))

    early = lists.run(NOW + 1 + IN_FLIGHT_SECONDS)
    late = lists.run(NOW + 2 + IN_FLIGHT_SECONDS)

    assert (early.found, late.found) == (0, 1)


@pytest.mark.fault(
    "H23",
    "The list lags, or a run stops in the middle of it",
    "The next run begins before where the last one ended",
)
def test_a_call_that_is_listed_late_is_found_by_a_later_run(lists: Lists) -> None:
    lists.run()
    lists.knows(ended(created_at=Instant(LATER - IN_FLIGHT_SECONDS - 600)))

    lists.run(LATER + 300)

    assert [subject for _, subject in lists.exceptions.stored] == [CALL]


@pytest.mark.fault(
    "H24",
    "There are more calls than the provider lists at once, in whatever order",
    "The stretch of time is halved until the list is whole",
)
@pytest.mark.parametrize("backwards", [True, False])
def test_every_call_of_a_busy_time_is_found_whichever_the_list_leaves_out(
    lists: Lists, backwards: bool
) -> None:
    lists.provider.page = 20
    events = numbered(100, every=3)
    lists.knows(*(reversed(events) if backwards else events))

    done = lists.run()

    assert (done.found, done.finished) == (100, True)
    assert len(lists.exceptions.stored) == 100
    assert len(lists.provider.listed) < 20


@pytest.mark.fault("H24")
def test_a_run_asks_so_often_and_the_next_one_goes_on(lists: Lists) -> None:
    lists.provider.page = 4
    lists.knows(*numbered(200, every=3))

    done = [lists.run() for _ in range(4)]

    assert not done[0].finished
    assert 0 < done[0].found < 200
    assert sum(each.found for each in done) == 200
    assert len(lists.provider.listed) <= MOST_REQUESTS * len(done)


@pytest.mark.fault("H23")
def test_a_run_whose_time_is_up_keeps_how_far_it_came(lists: Lists) -> None:
    lists.provider.page = 20
    lists.knows(*numbered(100, every=3))
    looks = iter([False] * 60)
    lists.time_is_up = lambda: next(looks, True)

    first = lists.run()
    stopped_at = lists.read_until
    lists.time_is_up = lambda: False
    second = lists.run()

    assert (first.finished, second.finished) == (False, True)
    assert 0 < first.found < 100
    assert first.found + second.found == 100
    assert -OVERLAP_SECONDS < stopped_at < 300


@pytest.mark.fault(
    "H25",
    "A second has more calls than the provider lists, or one of them cannot be read",
    "It is in the inbox, and the calls behind it are found",
)
@pytest.mark.parametrize(("odd", "detail"), [(0, "too many calls"), (2, "2 calls cannot be read")])
def test_what_cannot_be_listed_is_for_an_admin_once_and_holds_up_nothing(
    lists: Lists, monkeypatch: pytest.MonkeyPatch, odd: int, detail: str
) -> None:
    lists.knows(ended())
    whole = lists.provider.calls

    def crowded(*, since: Instant, until: Instant) -> Any:
        found = whole(since=since, until=until)
        return replace(found, whole=False) if since <= NOW - 9 < until else found

    monkeypatch.setattr(lists.provider, "calls", crowded)
    lists.provider.odd = odd

    done = [lists.run(), lists.run(LATER + 60)]

    assert (done[0].found, done[0].finished) == (1, True)
    unreadable = {
        subject: detail
        for (kind, subject), detail in lists.exceptions.stored.items()
        if kind == "call_list_unreadable"
    }
    assert unreadable[f"hour from {NOW - NOW % HOUR}"] == detail
    assert len(unreadable) == 1 + (odd > 0)


@pytest.mark.fault(
    "H26",
    "The list cannot be had, or a call on it cannot be learned now",
    "The others are learned, the run counts it as failed, and the next one reads it again",
)
def test_a_provider_that_is_away_leaves_the_list_where_it_was(lists: Lists) -> None:
    lists.knows(ended())
    lists.provider.away = True

    failed = lists.run()
    lists.provider.away = False
    done = lists.run(LATER + HOUR)

    assert (failed.failed, failed.finished, done.found) == (1, False, 1)
    assert [call_id for call_id, _ in lists.failures] == [CALLS]


@pytest.mark.fault("H26")
@pytest.mark.parametrize(("landed", "failures"), [(True, 0), (False, 1)])
def test_a_call_that_cannot_be_learned_now_is_listed_again(
    lists: Lists, landed: bool, failures: int
) -> None:
    hold_id = lists.hold()
    lists.knows(*numbered(3), ended(references=(lists.reference(hold_id),), call_id="ours"))
    trouble = loses_the_reply_with(LOST) if landed else fails_with(LOST)
    lists.store.at_commit = [trouble] * 999

    failed = lists.run()
    lists.store.at_commit = []
    lists.collect(LATER + 300)
    done = lists.run(LATER + HOUR)

    assert (failed.listed, failed.failed) == (4, failures)
    assert (done.failed, done.finished) == (0, True)
    assert (lists.balance, lists.kinds()) == ("97.40", ["hold", "capture"])
    assert len(lists.exceptions.stored) == 3


@pytest.mark.fault("H26")
def test_a_call_that_was_kept_and_not_reported_to_an_admin_is_reported_by_the_next_run(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists.knows(ended(created_at=Instant(NOW - 300)))

    def dies(*_: object, **__: object) -> None:
        raise Unavailable("The table did not answer in time.")

    with monkeypatch.context() as patch:
        patch.setattr(lists.exceptions, "report", dies)
        lists.run()
    lists.run(LATER + 300)

    assert list(lists.exceptions.stored) == [(UNKNOWN_CALL, CALL)]


def test_nothing_is_asked_while_nobody_set_the_provider_up(lists: Lists) -> None:
    lists.windows.windows.clear()
    lists.provider.has_key = False

    done = lists.run()

    assert done == Listed()
    assert (lists.provider.listed, lists.windows.windows) == ([], {})


def test_the_first_run_begins_where_the_list_stands_also_if_it_cannot_be_had(lists: Lists) -> None:
    lists.windows.windows.clear()
    lists.knows(*numbered(1), ended(created_at=Instant(NOW - 86_400)))
    lists.provider.away = True

    lists.run(NOW + IN_FLIGHT_SECONDS)
    lists.provider.away = False
    lists.run(NOW + 86_400)

    assert [subject for _, subject in lists.exceptions.stored] == ["call-0"]


@pytest.mark.fault("H20")
@pytest.mark.parametrize("wrong", [HOUR, -HOUR])
def test_a_clock_an_hour_off_leaves_out_no_call(lists: Lists, wrong: int) -> None:
    lists.run(NOW + wrong)
    lists.knows(ended(created_at=Instant(NOW + 60)))

    lists.run(NOW + 60 + wrong)
    lists.run(NOW + 60 + IN_FLIGHT_SECONDS + 1)

    assert [subject for _, subject in lists.exceptions.stored] == [CALL]


class Killed(BaseException):
    """The process ended."""


@dataclass
class Flaky:
    """Stands before something outside: at the n-th of all their calls, *error* happens."""

    inner: Any
    number: Callable[[], int]
    error: BaseException
    at: int
    landed: bool

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        if not callable(found):
            return found

        def called(*args: Any, **named: Any) -> Any:
            failing = self.number() == self.at
            if failing and not self.landed:
                raise self.error
            answer = found(*args, **named)
            if failing:
                raise self.error
            return answer

        return called


@pytest.mark.fault(
    "H28",
    "The run that lists calls is cut off, or dies, at any of its calls",
    "The next runs pay for each call once, and an admin is told once of what is nobody's",
    no_mutant="what is kept before it is paid, and keys that are taken once, have theirs (A65)",
)
@pytest.mark.parametrize("error", [LOST, Killed()], ids=["lost", "killed"])
@pytest.mark.parametrize("landed", [True, False])
def test_what_is_cut_off_at_any_call_is_ended_by_the_next_runs(
    error: BaseException, landed: bool
) -> None:
    for at in count(1):
        lists = Lists()
        lists.knows(ended(references=(lists.reference(lists.hold()),)), *numbered(1))
        calls = count(1)
        troubled = replace(lists)
        for name in ("calls", "windows", "provider", "exceptions"):
            outside = getattr(lists, name)
            setattr(troubled, name, Flaky(outside, partial(next, calls), error, at, landed))
        troubled.harness = LedgerHarness(
            Flaky(lists.store, partial(next, calls), error, at, landed),
            lists.harness.catalogue,
            budget=partial(MemoryRetryBudget, pauses=1),
        )
        with suppress(Killed):
            troubled.run()
        for later in (300, 600, 900):
            lists.run(LATER + later)
            lists.collect(LATER + later)

        assert (lists.balance, lists.kinds()) == ("97.40", ["hold", "capture"])
        assert list(lists.exceptions.stored) == [(UNKNOWN_CALL, "call-0")]
        assert verify(lists.store, lists.account_id) == []
        if next(calls) <= at:
            break
    assert at > 12


MESSAGES = ("in-progress", "ended", "report", "report", "bind")


@dataclass(frozen=True)
class Life:
    """One call of a drawn life: whose reference it carries, and which messages arrive when."""

    reference: str
    arrive: tuple[tuple[int, str], ...]


lives = st.lists(
    st.builds(
        Life,
        reference=st.sampled_from(["ours", "foreign", "none"]),
        arrive=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(MESSAGES)), max_size=5).map(
            tuple
        ),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.fault("H21")
@settings(max_examples=60)
@given(lives=lives, faults=st.lists(st.sampled_from([None, "lost", "failed"]), max_size=12))
def test_each_call_is_billed_once_whatever_is_lost_and_in_whatever_order(
    lives: list[Life], faults: list[str | None]
) -> None:
    lists = Lists()
    holds = {number: lists.hold(key=f"call-{number}") for number in range(len(lives))}
    trouble = {"lost": loses_the_reply_with(LOST), "failed": fails_with(LOST)}
    lists.store.at_commit = [trouble[each] for each in faults if each is not None]
    for number, life in enumerate(lives):
        references = {"ours": (lists.reference(holds[number]),), "foreign": ("x",), "none": ()}
        event = ended(call_id=f"call-{number}", references=references[life.reference])
        lists.knows(replace(event, created_at=Instant(NOW + number)))

    for step in range(6):
        now = Instant(NOW + 240 + step * 300)
        for number, life in enumerate(lives):
            for at, name in life.arrive:
                if at == step:
                    _arrive(lists, f"call-{number}", holds[number], name, now)
        lists.run(now)
        lists.collect(now)
    for each in list(lists.exceptions.open_cases(limit=9)):
        lists.assign(each.subject, NOW + 2_000)
    lists.run(NOW + 2_100)
    lists.collect(NOW + 2_400)

    paid = [each.reference for each in lists.entries() if each.amount < Credits(0)]
    assert sorted(map(str, paid)) == [f"call-{number}" for number in range(len(lives))]
    assert lists.balance == str(Credits.parse("100.00") - Credits(260 * len(lives)))
    assert {kind for kind, _ in lists.exceptions.stored} <= {UNKNOWN_CALL}
    assert verify(lists.store, lists.account_id) == []


def _arrive(lists: Lists, call_id: str, hold_id: int, name: str, now: Instant) -> None:
    """Let one message come; what it meets, the provider does not hear of."""
    known = lists.provider.known[call_id]
    try:
        if name == "bind":
            lists.bind_another(call_id, hold_id)
        elif name == "report":
            lists.record_event(known, now)
        else:
            status = CallStatus.ENDED if name == "ended" else CallStatus.IN_PROGRESS
            lists.record_event(replace(known, end=None, status=status), now)
    except Unavailable:
        return
