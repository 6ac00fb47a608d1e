"""What waits in the outbox is announced at least once, whatever fails, and hardly ever twice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat
from typing import Any

import pytest
from prepaid.alerts.delivery import (
    CLAIM_SECONDS,
    GIVEN_UP_SECONDS,
    OVERDUE_SECONDS,
    Alerting,
    Swept,
)
from prepaid.alerts.eventbridge import cloud_event
from prepaid.alerts.ports import (
    AlertDeliveryState,
    Claim,
    Claimed,
    Deliveries,
    Undeliverable,
    Waiting,
)
from prepaid.alerts.receivers import Audience, Receiver
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.errors import Unavailable
from prepaid.domain.thresholds import Alert
from prepaid.dynamodb.shards import PAGE

from tests.support.ledger_harness import NOW
from tests.support.memory import MemoryOutbox
from tests.support.memory_payments import MemoryExceptions

OVERDUE = Instant(NOW + OVERDUE_SECONDS + 1)
DAY_AFTER = Instant(NOW + GIVEN_UP_SECONDS)


def alert(account: str = "user-1", seq: int = 1, at: int = NOW) -> Alert:
    """Return an alert at 20.00."""
    return Alert(
        account_id=AccountId(account),
        seq=seq,
        raised_at=Instant(at),
        thresholds=(Credits(2_000),),
        balance=Credits(1_900),
        available=Credits(1_900),
    )


@dataclass
class Line:
    """All that is said to the outbox and to the bus; *fails* names calls, counted from 1."""

    fails: frozenset[int] = frozenset()
    after: bool = False
    said: list[str] = field(default_factory=list)

    def say[T](self, name: str, call: Callable[[], T]) -> T:
        """Make a call, or fail before or after it took effect."""
        self.said.append(name)
        failing = len(self.said) in self.fails
        if failing and not self.after:
            raise Unavailable("It is not known whether this was done.")
        answer = call()
        if failing:
            raise Unavailable("It is not known whether this was done.")
        return answer


class LinedOutbox(MemoryOutbox):
    """The outbox at the other end of a line; *unreadable* alerts cannot be read."""

    def __init__(self, line: Line, alerts: Sequence[Alert]) -> None:
        super().__init__()
        self.line = line
        self.stored += alerts
        self.unreadable: set[str] = set()

    def claim(self, alert: Alert, *, now: Instant, until: Instant) -> Claim | None:
        return self.line.say("claim", lambda: MemoryOutbox.claim(self, alert, now=now, until=until))

    def release(self, alert: Alert) -> None:
        self.line.say("release", lambda: MemoryOutbox.release(self, alert))

    def note(self, alert: Alert, deliveries: Deliveries) -> None:
        self.line.say("note", lambda: MemoryOutbox.note(self, alert, deliveries))

    def delivered(
        self, alert: Alert, *, now: Instant, deliveries: Deliveries | None = None, **more: Any
    ) -> None:
        def call() -> None:
            MemoryOutbox.delivered(self, alert, now=now, deliveries=deliveries, **more)

        self.line.say("delivered", call)

    def waiting(self, *, before: Instant) -> Iterator[Waiting]:
        for each in super().waiting(before=before):
            lost = each.account_id in self.unreadable
            yield replace(each, read=_unreadable) if lost else each

    def all_waiting(self) -> list[Alert]:
        """Return every alert that waits, however young."""
        return [each.read() for each in MemoryOutbox.waiting(self, before=Instant(2**40))]


def _unreadable() -> Alert:
    raise KeyError("thresholds")


@dataclass
class Bus:
    """What a receiver is sent, in memory; *refused* are alerts that it does not take."""

    line: Line
    announced: list[Alert] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)
    meanwhile: Callable[[Alert], object] | None = None

    def send(self, alert: Alert, _now: Instant) -> AlertDeliveryState:
        if self.meanwhile:
            self.meanwhile(alert)
        if (alert.account_id, alert.seq) in self.refused:
            raise Undeliverable("The bus refuses the event.")
        self.line.say("announce", lambda: self.announced.append(alert))
        return AlertDeliveryState.SENT

    @property
    def ids(self) -> list[object]:
        """The ids under which alerts were told."""
        return [cloud_event(each)["id"] for each in self.announced]


class AlertStores:
    """Delivers alerts over one line, and keeps what it could not."""

    def __init__(self, *alerts: Alert, line: Line | None = None) -> None:
        line = line or Line()
        self.outbox, self.bus, self.reports = LinedOutbox(line, alerts), Bus(line), Reports()
        self.failures: list[tuple[str, type[Exception]]] = []
        self.alerting = Alerting(
            outbox=self.outbox,
            audience=lambda _alert, _now: Audience([Receiver("bus", self.bus.send)]),
            exceptions=self.reports,
            failed=self._failed,
        )

    def mend(self) -> None:
        """Let every call succeed from now on."""
        self.bus.line.fails = frozenset()
        self.bus.refused.clear()

    def deliver(self, alert: Alert, now: int = NOW) -> bool:
        return self.alerting.deliver(alert, now=Instant(now))

    def sweep(self, now: Instant = OVERDUE, steps: int | None = None) -> Swept:
        """Sweep, with time for so many *steps*."""
        left = repeat(False) if steps is None else chain(repeat(False, steps), repeat(True))
        return self.alerting.sweep(now=now, time_is_up=lambda: next(left))

    def _failed(self, waiting: Waiting, exc: Exception) -> None:
        self.failures.append((waiting.account_id, type(exc)))


@dataclass
class Reports(MemoryExceptions):
    """Exceptions, each time that one is reported."""

    times: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        MemoryExceptions.__init__(self)

    def report(self, kind: str, subject: str, detail: str, *, now: Instant) -> None:
        self.times.append((kind, subject))
        MemoryExceptions.report(self, kind, subject, detail, now=now)


def test_an_alert_is_delivered_and_waits_no_more() -> None:
    adapters = AlertStores(alert())

    done = adapters.deliver(alert())

    assert done
    assert adapters.bus.announced == [alert()]
    assert adapters.outbox.all_waiting() == []


def test_a_repeat_of_a_delivered_alert_tells_nobody() -> None:
    adapters = AlertStores(alert())
    adapters.deliver(alert())

    again = [adapters.deliver(alert()), adapters.deliver(alert(), now=NOW + 10**6)]

    assert again == [False, False]
    assert adapters.bus.announced == [alert()]


def away(adapters: AlertStores) -> None:
    adapters.bus.line.fails = frozenset({2})


def refusing(adapters: AlertStores) -> None:
    adapters.bus.refused.add(("user-1", 1))


@pytest.mark.parametrize(("break_it", "error"), [(away, Unavailable), (refusing, Undeliverable)])
def test_an_alert_that_could_not_be_told_is_let_go_of_and_can_be_tried_at_once(
    break_it: Callable[[AlertStores], None], error: type[Exception]
) -> None:
    adapters = AlertStores(alert())
    break_it(adapters)

    with pytest.raises(error):
        adapters.deliver(alert())

    assert adapters.bus.line.said[-1] == "release"
    assert adapters.bus.announced == []
    assert adapters.outbox.all_waiting() == [alert()]
    adapters.mend()
    assert adapters.deliver(alert())
    assert adapters.bus.announced == [alert()]


def test_two_deliverers_at_once_tell_once() -> None:
    adapters = AlertStores(alert())
    claimed = []

    def rival(same: Alert) -> None:
        with pytest.raises(Claimed) as raised:
            adapters.deliver(same)
        claimed.append(raised.type)

    adapters.bus.meanwhile = rival

    adapters.deliver(alert())

    assert claimed == [Claimed]
    assert adapters.bus.announced == [alert()]


def test_who_comes_too_late_does_not_let_go_of_what_another_holds() -> None:
    adapters = AlertStores(alert())
    adapters.outbox.claim(alert(), now=NOW, until=Instant(NOW + CLAIM_SECONDS))

    for _ in range(2):
        with pytest.raises(Claimed):
            adapters.deliver(alert())

    assert adapters.bus.announced == []


def test_the_sweep_takes_only_what_is_overdue() -> None:
    at_the_limit = alert("user-2", at=OVERDUE - OVERDUE_SECONDS)
    adapters = AlertStores(alert(), at_the_limit, alert("user-3", at=OVERDUE))

    swept = adapters.sweep()

    assert swept == Swept(delivered=1, failed=0, finished=True)
    assert adapters.bus.announced == [alert()]


def test_the_sweep_finds_every_shard_and_the_next_one_finds_nothing() -> None:
    alerts = [alert(f"user-{number}") for number in range(200)]
    adapters = AlertStores(*alerts)

    first, second = adapters.sweep(), adapters.sweep()

    assert (first.delivered, second.delivered) == (200, 0)
    assert sorted(each.account_id for each in adapters.bus.announced) == sorted(
        each.account_id for each in alerts
    )
    assert adapters.outbox.all_waiting() == []


def test_the_sweep_goes_on_after_alerts_that_the_bus_refuses() -> None:
    alerts = [alert(seq=seq) for seq in range(1, 4)]
    adapters = AlertStores(*alerts)
    adapters.bus.refused |= {("user-1", 1), ("user-1", 2)}

    swept = adapters.sweep()

    assert swept == Swept(delivered=1, failed=2, finished=True)
    assert adapters.bus.announced == [alerts[2]]
    assert adapters.failures == [("user-1", Undeliverable)] * 2
    assert adapters.outbox.all_waiting() == alerts[:2]


def test_an_alert_that_nobody_can_read_spoils_no_other() -> None:
    alerts = [alert("user-1"), alert("user-2")]
    adapters = AlertStores(*alerts)
    adapters.outbox.unreadable.add("user-1")

    swept = adapters.sweep()

    assert swept == Swept(delivered=1, failed=1, finished=True)
    assert adapters.bus.announced == [alerts[1]]
    assert adapters.failures == [("user-1", KeyError)]


def test_more_failures_than_a_page_hold_nothing_back() -> None:
    alerts = [alert(seq=seq) for seq in range(1, 2 * PAGE + 20)]
    adapters = AlertStores(*alerts)
    adapters.bus.refused |= {("user-1", each.seq) for each in alerts[: PAGE + 10]}

    swept = adapters.sweep()

    assert swept == Swept(delivered=PAGE + 9, failed=PAGE + 10, finished=True)
    assert adapters.bus.announced == alerts[PAGE + 10 :]


def test_each_alert_is_tried_once_in_a_sweep() -> None:
    adapters = AlertStores(alert())
    adapters.bus.refused.add(("user-1", 1))

    adapters.sweep()

    assert adapters.failures == [("user-1", Undeliverable)]
    assert adapters.bus.line.said == ["claim", "release"]


def test_the_sweep_passes_by_what_another_is_delivering_and_takes_it_when_that_is_over() -> None:
    adapters = AlertStores(alert("user-1"), alert("user-2"))
    until = Instant(OVERDUE + CLAIM_SECONDS)
    adapters.outbox.claim(alert("user-1"), now=OVERDUE, until=until)

    during, after = adapters.sweep(), adapters.sweep(until)

    assert (during, after) == (Swept(delivered=1), Swept(delivered=1))
    assert adapters.bus.announced == [alert("user-2"), alert("user-1")]
    assert adapters.failures == []


def test_the_sweep_stops_when_the_time_is_up_and_the_next_one_goes_on() -> None:
    alerts = [alert(seq=seq) for seq in range(1, 6)]
    adapters = AlertStores(*alerts)

    first = adapters.sweep(steps=2)
    announced = list(adapters.bus.announced)
    second = adapters.sweep()

    assert first == Swept(delivered=2, failed=0, finished=False)
    assert announced == alerts[:2]
    assert second == Swept(delivered=3, failed=0, finished=True)
    assert adapters.bus.announced == alerts


def test_what_could_not_be_told_for_a_day_is_one_exception_and_still_tried() -> None:
    adapters = AlertStores(alert())
    adapters.bus.refused.add(("user-1", 1))
    adapters.sweep(Instant(DAY_AFTER - 1))
    before = list(adapters.reports.times)

    adapters.sweep(DAY_AFTER)
    adapters.sweep(Instant(DAY_AFTER + 300))
    reported = dict(adapters.reports.stored)
    adapters.mend()
    last = adapters.sweep(Instant(DAY_AFTER + 600))

    assert before == []
    place = ("alert_not_delivered", f"user-1#{NOW:010d}#{1:012d}#balance_low")
    assert set(reported) == set(adapters.reports.times) == {place}
    assert "Undeliverable" in reported[place]
    assert last == Swept(delivered=1, failed=0, finished=True)
    assert adapters.bus.announced == [alert()]


def test_what_is_told_in_time_is_no_exception_however_old_it_is() -> None:
    adapters = AlertStores(alert())

    adapters.sweep(Instant(DAY_AFTER + 1))

    assert adapters.bus.announced == [alert()]
    assert adapters.reports.times == []


CALLS = ("claim", "announce", "delivered")
TWICE = {("announce", True), ("delivered", False)}
"""After these failures nobody can know that the alert was told: it is told again."""


def test_a_delivery_makes_the_calls_that_are_failed_below() -> None:
    adapters = AlertStores(alert())

    adapters.deliver(alert())

    assert tuple(adapters.bus.line.said) == CALLS


def swept_later(adapters: AlertStores) -> None:
    """Assert what must be true after any failure: the sweep completes it, under one id."""
    adapters.mend()
    adapters.sweep(Instant(OVERDUE + CLAIM_SECONDS))
    assert set(adapters.bus.ids) == {f"user-1#{alert().alert_id}"}
    assert adapters.outbox.all_waiting() == []
    assert not adapters.deliver(alert(), now=OVERDUE + 10**6)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("n", range(1, len(CALLS) + 1), ids=CALLS)
def test_one_failed_call_and_a_sweep_end_with_the_alert_told(n: int, after: bool) -> None:
    adapters = AlertStores(alert(), line=Line(frozenset({n}), after=after))

    with pytest.raises(Unavailable):
        adapters.deliver(alert())

    swept_later(adapters)
    assert len(adapters.bus.announced) == (2 if (CALLS[n - 1], after) in TWICE else 1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("n", range(1, len(CALLS) + 1), ids=CALLS)
def test_silence_from_some_call_on_and_a_sweep_end_with_the_alert_told(n: int, after: bool) -> None:
    adapters = AlertStores(alert(), line=Line(frozenset(range(n, 100)), after=after))

    with pytest.raises(Unavailable):
        adapters.deliver(alert())

    swept_later(adapters)
    assert len(adapters.bus.announced) == (2 if (CALLS[n - 1], after) in TWICE else 1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("n", range(1, 2 * len(CALLS) + 1))
def test_a_call_of_a_sweep_that_fails_spoils_no_other_alert(n: int, after: bool) -> None:
    alerts = [alert(seq=1), alert(seq=2)]
    adapters = AlertStores(*alerts, line=Line(frozenset({n}), after=after))

    first = adapters.sweep()
    adapters.mend()
    adapters.sweep(Instant(OVERDUE + CLAIM_SECONDS))

    assert (first.delivered, first.failed) == (1, 1)
    assert set(adapters.bus.ids) == {f"user-1#{each.alert_id}" for each in alerts}
    assert adapters.outbox.all_waiting() == []
