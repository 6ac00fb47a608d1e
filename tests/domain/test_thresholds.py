"""An account that falls below a threshold is warned: once for each crossing, and not too often."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.account import DEFAULT_THRESHOLDS, Account, Threshold
from prepaid.domain.commands import Adjust, Command
from prepaid.domain.credits import AccountId, Credits
from prepaid.domain.decide import decide
from prepaid.domain.decisions import begin
from prepaid.domain.entries import EntryKind
from prepaid.domain.thresholds import COOLDOWN_SECONDS, Alert, AlertKind
from prepaid.payments.clawback import apply_clawback, grant_purchase
from prepaid.payments.disputes import Disputed, DisputeStatus
from prepaid.payments.payment import Fact, Paid, Payment
from prepaid.payments.refund_facts import Refunded, RefundStatus

from tests.domain.book import DAY, HOUR, NOON, Book
from tests.domain.laws import tried
from tests.support.memory import of_kind


class Watched(Book):
    """A book that keeps the alerts of its decisions as well: low balances, and all others."""

    def __init__(self, *thresholds: str) -> None:
        at = tuple(Threshold(at=Credits.parse(each)) for each in thresholds)
        super().__init__(Account(account_id=AccountId("user-1"), thresholds=at))
        self.alerts: list[Alert] = []
        self.others: list[Alert] = []

    def keep(self, command: Command) -> int:
        for each in of_kind(decide(begin(self.account, self.now, command), command), Alert):
            low = each.about is AlertKind.BALANCE_LOW
            (self.alerts if low else self.others).append(each)
        return super().keep(command)

    @property
    def loud(self) -> list[int]:
        """The numbers of the entries whose alerts are announced."""
        return [each.seq for each in self.alerts if not each.suppressed]

    def said(self) -> list[Alert]:
        """Return the alerts since this was asked last."""
        since, self.alerts = self.alerts, []
        return since


def at(*amounts: str) -> tuple[Credits, ...]:
    return tuple(map(Credits.parse, amounts))


def test_a_new_account_is_warned_at_twenty() -> None:
    assert Account(account_id=AccountId("user-1")).thresholds == DEFAULT_THRESHOLDS
    assert [each.at for each in DEFAULT_THRESHOLDS] == list(at("20.00"))


def test_a_spend_below_a_threshold_raises_an_alert_that_says_what_is_left() -> None:
    book = Watched("20.00")
    book.adjust("25.00")
    book.hold("3.00")

    entry = book.spend("5.01")

    assert book.alerts == [
        Alert(
            account_id=AccountId("user-1"),
            seq=entry.seq,
            raised_at=NOON,
            thresholds=at("20.00"),
            balance=Credits(1_999),
            available=Credits(1_699),
        )
    ]
    assert (entry.balance_after, entry.available_after) == at("19.99", "16.99")


@pytest.mark.fault(
    "C31.2",
    "The balance is exactly its threshold",
    "That is not below: nobody is warned, and the threshold can be crossed again",
)
def test_a_balance_that_is_equal_to_the_threshold_has_not_crossed_it() -> None:
    book = Watched("20.00")
    book.adjust("25.00")

    book.spend("5.00")
    equal = book.said()
    book.spend("0.01")

    assert equal == []
    assert [each.balance for each in book.alerts] == [Credits(1_999)]


def test_an_account_that_is_below_already_is_not_warned_again() -> None:
    book = Watched("20.00")
    book.adjust("25.00")
    book.spend("6.00")
    book.said()

    book.wait(2 * COOLDOWN_SECONDS).spend("1.00")
    book.adjust("-2.00")

    assert book.balance == "16.00"
    assert book.alerts == []


def test_an_account_that_never_reached_its_threshold_is_not_warned() -> None:
    book = Watched("20.00")
    book.adjust("19.99")

    book.spend("19.99")

    assert book.balance == "0.00"
    assert book.alerts == []


def test_credits_that_lift_the_balance_raise_nothing() -> None:
    book = Watched("20.00")

    book.give("10.00")
    book.give("30.00")

    assert book.balance == "40.00"
    assert book.alerts == []


def test_an_account_without_thresholds_is_never_warned() -> None:
    book = Watched()
    book.adjust("25.00")

    book.spend("25.00")

    assert book.balance == "0.00"
    assert book.alerts == []


@pytest.mark.fault("C31.2")
@pytest.mark.parametrize("back_to", ["20.00", "21.00"])
def test_at_or_above_the_threshold_it_can_be_crossed_again(back_to: str) -> None:
    book = Watched("20.00")
    book.adjust("25.00")
    book.spend("15.00")
    book.said()
    book.wait(COOLDOWN_SECONDS).adjust(str(Credits.parse(back_to) - Credits.parse("10.00")))

    entry = book.spend("1.01")

    assert [(each.seq, each.suppressed) for each in book.alerts] == [(entry.seq, False)]


def test_just_below_the_threshold_it_cannot_be_crossed_again() -> None:
    book = Watched("20.00")
    book.adjust("25.00")
    book.spend("15.00")
    book.said()
    book.wait(COOLDOWN_SECONDS).adjust("9.99")

    book.spend("1.00")

    assert book.balance == "18.99"
    assert book.alerts == []


@pytest.mark.fault("C31")
def test_a_balance_that_swings_is_announced_once_within_the_cooldown() -> None:
    book = Watched("20.00")
    book.adjust("20.00")

    crossings = []
    for _ in range(5):
        crossings.append(book.spend("0.01").seq)
        book.wait(60).adjust("0.01")

    assert [each.seq for each in book.alerts] == crossings
    assert [each.suppressed for each in book.alerts] == [False, True, True, True, True]


@pytest.mark.fault("C31")
def test_a_balance_that_oscillates_for_a_thousand_spends_is_announced_once_an_hour() -> None:
    book = Watched("20.00")
    book.adjust("20.00")
    began = book.now

    for _ in range(1_000):
        book.spend("10.00")
        book.wait(60).adjust("10.00")

    low = [each.raised_at - began for each in book.alerts if not each.suppressed]
    assert (len(book.alerts), low) == (1_000, list(range(0, 60_000, COOLDOWN_SECONDS)))
    recovered = [each.raised_at - began for each in book.others if not each.suppressed]
    assert recovered == [60 + hour for hour in low]


@pytest.mark.fault("C31")
@pytest.mark.parametrize(("seconds", "quiet"), [(3_599, True), (3_600, False)])
def test_the_cooldown_is_an_hour_after_what_was_announced(seconds: int, quiet: bool) -> None:
    book = Watched("20.00")
    book.adjust("20.00")
    book.spend("1.00")
    book.adjust("1.00")

    book.wait(seconds).spend("1.00")

    assert [each.suppressed for each in book.alerts] == [False, quiet]


def test_quiet_crossings_do_not_make_the_cooldown_longer() -> None:
    book = Watched("20.00")
    book.adjust("20.00")

    for _ in range(7):
        book.spend("1.00")
        book.adjust("1.00")
        book.wait(COOLDOWN_SECONDS // 3)

    assert [each.suppressed for each in book.alerts] == [
        False,
        True,
        True,
        False,
        True,
        True,
        False,
    ]


def test_one_entry_that_falls_below_several_thresholds_raises_one_alert_that_names_them() -> None:
    book = Watched("5.00", "50.00", "20.00", "1.00")
    book.adjust("60.00")

    entry = book.spend("58.00")

    assert [(each.seq, each.thresholds) for each in book.alerts] == [
        (entry.seq, at("50.00", "20.00", "5.00"))
    ]


def test_an_alert_is_announced_when_one_of_its_thresholds_is_not_cooling_down() -> None:
    book = Watched("20.00", "10.00")
    book.adjust("20.00")
    book.spend("1.00")
    book.adjust("1.00")

    book.wait(60).spend("11.00")
    book.adjust("11.00")
    book.wait(60).spend("11.00")

    assert [(each.thresholds, each.suppressed) for each in book.alerts] == [
        (at("20.00"), False),
        (at("20.00", "10.00"), False),
        (at("20.00", "10.00"), True),
    ]


def test_an_announcement_of_several_thresholds_quiets_each_of_them() -> None:
    book = Watched("20.00", "10.00")
    book.adjust("20.00")
    book.spend("11.00")
    book.adjust("11.00")

    book.wait(COOLDOWN_SECONDS - 1).spend("1.00")

    assert [(each.thresholds, each.suppressed) for each in book.alerts] == [
        (at("20.00", "10.00"), False),
        (at("20.00"), True),
    ]


def test_a_threshold_that_is_crossed_alone_does_not_quiet_the_others() -> None:
    book = Watched("20.00", "10.00")
    book.adjust("20.00")
    book.spend("1.00")

    book.wait(60).spend("10.00")

    assert [(each.thresholds, each.suppressed) for each in book.alerts] == [
        (at("20.00"), False),
        (at("10.00"), False),
    ]


def test_a_hold_warns_nobody_though_it_leaves_nothing_available() -> None:
    book = Watched("20.00")
    book.adjust("25.00")

    hold_id = book.hold("25.00")
    book.void(hold_id)
    book.hold("25.00", expires_in=60)
    book.wait(60).settle()

    assert [each.kind for each in book.entries[1:]] == [
        EntryKind.HOLD,
        EntryKind.RELEASE,
        EntryKind.HOLD,
        EntryKind.RELEASE,
    ]
    assert book.alerts == []


def _capture(book: Watched) -> None:
    book.capture(book.hold("6.00"), "6.00")


def _expire(book: Watched) -> None:
    book.adjust("-6.00")
    book.give("6.00", expires_in=60)
    book.said()
    book.wait(60).settle()


def _adjust(book: Watched) -> None:
    book.adjust("-6.00")


def _spend(book: Watched) -> None:
    book.spend("6.00")


@pytest.mark.parametrize(
    ("lower", "kind"),
    [
        (_spend, EntryKind.USAGE),
        (_capture, EntryKind.CAPTURE),
        (_expire, EntryKind.EXPIRY),
        (_adjust, EntryKind.ADJUSTMENT),
    ],
)
def test_whatever_lowers_the_balance_warns(
    lower: Callable[[Watched], None], kind: EntryKind
) -> None:
    book = Watched("20.00")
    book.adjust("25.00")

    lower(book)

    assert [(each.seq, each.balance) for each in book.alerts] == [
        (book.entries[-1].seq, Credits(1_900))
    ]
    assert book.entries[-1].kind is kind


PAYMENT = Payment(
    payment_id="pay_1",
    account_id=AccountId("user-1"),
    package_id="small",
    credits=Credits(2_000),
    bonus=Credits(500),
    price=1000,
    currency="usd",
    created_at=NOON,
    fingerprint="v1:terms",
    provider="stripe",
)
REFUND = Refunded(refund_id="re_1", amount=500, status=RefundStatus.SUCCEEDED)
DISPUTE = Disputed(dispute_id="du_1", amount=1000, status=DisputeStatus.LOST, withdrawn=True)


@pytest.mark.parametrize(
    ("fact", "kind", "left"),
    [(REFUND, EntryKind.REFUND, "12.50"), (DISPUTE, EntryKind.DISPUTE, "0.00")],
)
def test_money_that_goes_back_warns(fact: Fact, kind: EntryKind, left: str) -> None:
    book = Watched("20.00")
    command = Command(**book.common())
    opened = begin(book.account, NOON, command)
    paid = PAYMENT.with_fact(Paid(amount=1000, currency="usd", charge_id="ch_1", at=NOON))
    bought, payment = grant_purchase(opened, command, paid)

    back, _ = apply_clawback(bought, Command(**book.common()), payment.with_fact(fact), kind)

    assert of_kind(bought, Alert) == []
    low = [each for each in of_kind(back, Alert) if each.about is AlertKind.BALANCE_LOW]
    assert [(str(each.balance), each.seq) for each in low] == [(left, 3)]
    assert back.entries[-1].kind is kind


def test_usage_that_an_unlimited_account_is_waived_warns_nobody() -> None:
    book = Watched("20.00")
    book.adjust("20.00")
    book.set(unlimited=True)

    entry = book.spend("15.00")

    assert (entry.amount, entry.waived) == at("0.00", "15.00")
    assert book.alerts == []


def test_each_crossing_of_commands_that_are_decided_together_has_its_own_alert() -> None:
    book = Watched("20.00", "10.00")
    commands = [
        Adjust(**book.common(), amount=Credits.parse(amount), create=True)
        for amount in ("30.00", "-11.00", "-1.00", "5.00", "-13.01", "-1.00")
    ]

    decision = begin(book.account, NOON, commands[0])
    for command in commands:
        decision = decide(decision, command)

    alerts = of_kind(decision, Alert)
    assert [(each.seq, each.about, each.thresholds) for each in alerts] == [
        (2, "balance_low", at("20.00")),
        (4, "balance_recovered", at("20.00")),
        (5, "balance_low", at("20.00", "10.00")),
    ]
    assert not any(each.suppressed for each in alerts)
    assert decision.items == 1 + len(commands) + len(alerts)


def test_each_credit_that_time_takes_is_compared_with_the_threshold() -> None:
    book = Watched("20.00", "10.00")
    book.give("12.00", expires_in=60)
    book.give("12.00", expires_in=120)

    expiries = book.wait(HOUR).settle()

    assert [(each.seq, each.thresholds) for each in book.alerts] == [
        (expiries[0].seq, at("20.00")),
        (expiries[1].seq, at("10.00")),
    ]
    assert [each.raised_at for each in book.alerts] == [NOON + HOUR] * 2


@dataclass(frozen=True)
class Step:
    """Time passes, then the balance is moved."""

    seconds: int
    to: int


steps = st.lists(
    st.builds(
        Step,
        seconds=st.sampled_from([0, 1, 600, COOLDOWN_SECONDS - 1, COOLDOWN_SECONDS, DAY]),
        to=st.sampled_from([-1, 0, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 5_000])
        | st.integers(-6_000, 6_000),
    ),
    max_size=30,
)
places = st.lists(st.sampled_from([0, 1_000, 2_000]) | st.integers(-100, 6_000), max_size=4)


@tried(200)
@given(steps=steps, thresholds=places.map(sorted) | places)
def test_alerts_are_those_that_a_plain_count_of_crossings_finds(
    steps: list[Step], thresholds: list[int]
) -> None:
    book = Watched()
    book.account = replace(
        book.account, thresholds=tuple(Threshold(at=Credits(each)) for each in thresholds)
    )
    balances, times = [0], [int(NOON)]
    for step in steps:
        book.wait(step.seconds)
        if moved := step.to - balances[-1]:
            book.adjust(str(Credits(moved)), force=True)
            balances.append(step.to)
            times.append(book.now)

    assert [
        (each.seq, each.raised_at, [t.hundredths for t in each.thresholds], each.suppressed)
        for each in book.alerts
    ] == counted(balances, times, set(thresholds))


def counted(
    balances: list[int], times: list[int], thresholds: set[int]
) -> list[tuple[int, int, list[int], bool]]:
    """Go through the balances; return each crossing's number, time, thresholds and quietness."""
    found = []
    announced = dict.fromkeys(thresholds, -COOLDOWN_SECONDS)
    for seq, ((before, after), now) in enumerate(
        zip(pairwise(balances), times[1:], strict=True), start=1
    ):
        fallen = sorted((at for at in thresholds if before >= at and after < at), reverse=True)
        loud = [at for at in fallen if now >= announced[at] + 3_600]
        if loud:
            announced |= dict.fromkeys(fallen, now)
        if fallen:
            found.append((seq, now, fallen, not loud))
    return found
