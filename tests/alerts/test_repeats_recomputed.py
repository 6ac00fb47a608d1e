"""What is repeated, against a plain account of each warning: whatever happens, in any order."""

from dataclasses import dataclass, field

from hypothesis import example, given
from hypothesis import strategies as st
from prepaid.alerts.channels import Contacts
from prepaid.alerts.history import Acknowledged
from prepaid.alerts.repeating import Repeating, repeat_at
from prepaid.domain.account import Account
from prepaid.domain.credits import AccountId, Credits, Instant
from prepaid.domain.projecting import projected
from prepaid.domain.thresholds import COOLDOWN_SECONDS, Alert, AlertKind

from tests.domain.book import DAY, HOUR
from tests.domain.laws import tried
from tests.support.stage import NOW, USER, Stage

EVERY = 2 * DAY
LOW = Credits(20_00)


CHOSEN = Contacts(repeat_days=2)


class EveryTwoDays:
    """A contact book in which everybody wants repeats."""

    def contacts(self, _account_id: AccountId) -> Contacts:
        return CHOSEN


@dataclass
class Warned:
    """A warning as it was announced: when it is to be repeated, if it still is."""

    raised_at: int
    next_at: int | None


@dataclass
class Life:
    """An account with the threshold of 20.00, and beside it what should be repeated and when."""

    stage: Stage = field(default_factory=Stage)
    warned: list[Warned] = field(default_factory=list)
    expected: list[int] = field(default_factory=list)
    keys: int = 0

    def __post_init__(self) -> None:
        self.repeating = Repeating(
            repeats=self.stage.store.outbox,
            contact_book=EveryTwoDays(),
            account=lambda account_id, now: projected(self.stage.store.load(account_id), now),
            failed=lambda _repeat, exc: self.fail(exc),
        )

    def fail(self, exc: Exception) -> None:
        raise AssertionError from exc

    @property
    def balance(self) -> Credits:
        account: Account = self.stage.store.load(USER)
        return account.balance

    def adjust(self, amount: int) -> None:
        """Change the balance; what falls below is announced, but not within the hour."""
        before, self.keys = self.balance, self.keys + 1
        amount = max(amount, -before.hundredths)
        if not amount:
            return
        self.stage.fund(str(Credits(amount)), key=str(self.keys))
        now, last = self.stage.now, self.warned[-1].raised_at if self.warned else 0
        if self.balance < LOW <= before and now - last >= COOLDOWN_SECONDS:
            self.warned.append(Warned(now, now + EVERY))
        self._deliver()

    def acknowledge(self) -> None:
        """See the latest alert that is a warning, or repeats one."""
        outbox, about = (
            self.stage.store.outbox,
            {AlertKind.BALANCE_LOW, AlertKind.BALANCE_STILL_LOW},
        )
        seen = [each for each in outbox.stored if each.about in about and not each.suppressed]
        if seen:
            by = Acknowledged(Instant(self.stage.now), "user:user-1")
            outbox.acknowledge(USER, seen[-1].alert_id, by)
            self.warned[-1].next_at = None

    def wait(self, seconds: int) -> None:
        """Let time go on, then the sweep come."""
        self.stage.now += seconds
        now = self.stage.now
        self.repeating.run(now=Instant(now), time_is_up=lambda: False)
        for each in self.warned:
            if each.next_at is not None and each.next_at <= now:
                lasts = self.balance < LOW and each is self.warned[-1]
                self.expected += [now] if lasts else []
                each.next_at = now + EVERY if lasts else None
        self._deliver()

    def _deliver(self) -> None:
        """Deliver at once, as the stream does."""
        outbox, now = self.stage.store.outbox, Instant(self.stage.now)
        for waiting in list(outbox.waiting(before=Instant(now + 1))):
            alert = waiting.read()
            outbox.delivered(alert, now=now, repeat_at=repeat_at(alert, CHOSEN, now))

    def repeated(self) -> list[Alert]:
        found = self.stage.store.outbox.stored
        return [each for each in found if each.about is AlertKind.BALANCE_STILL_LOW]


acts = st.one_of(
    st.tuples(st.just("adjust"), st.sampled_from([-700, -100, 100, 700, 1500])),
    st.tuples(st.just("wait"), st.sampled_from([HOUR - 1, HOUR, DAY, EVERY, 3 * EVERY])),
    st.tuples(st.just("acknowledge"), st.just(0)),
)
FALL, BACK = ("adjust", -700), ("adjust", 700)


@given(st.lists(acts, max_size=25))
@tried(150)
@example([FALL, ("wait", EVERY), ("wait", EVERY), ("acknowledge", 0), ("wait", EVERY)])
@example([FALL, ("wait", DAY), BACK, FALL, ("wait", DAY), ("wait", DAY)])
@example([FALL, BACK, FALL, ("wait", EVERY), BACK, ("wait", EVERY), FALL, ("wait", EVERY)])
def test_repeats_are_those_that_a_plain_account_of_warnings_calls_for(
    done: list[tuple[str, int]],
) -> None:
    life = Life()
    life.adjust(25_00)

    for act, value in done:
        match act:
            case "adjust":
                life.adjust(value)
            case "wait":
                life.wait(value)
            case _:
                life.acknowledge()

    assert [each.raised_at for each in life.repeated()] == life.expected
    assert all(each.balance < LOW and each.thresholds == (LOW,) for each in life.repeated())
    assert life.stage.now >= NOW
