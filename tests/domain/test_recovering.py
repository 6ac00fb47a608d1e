"""What falls below a threshold and comes back is announced, and so is a balance that comes to 0."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from prepaid.domain.account import Threshold
from prepaid.domain.credits import Credits
from prepaid.domain.thresholds import COOLDOWN_SECONDS, AlertKind

from tests.domain.book import NOON
from tests.domain.laws import tried
from tests.domain.test_thresholds import Step, Watched, at, places, steps

RECOVERED, EMPTY = AlertKind.BALANCE_RECOVERED, AlertKind.BALANCE_EMPTY


def low(*thresholds: str, balance: str = "25.00") -> Watched:
    """Return a book whose balance has fallen to 10.00 and was announced."""
    book = Watched(*thresholds)
    book.adjust(balance)
    book.adjust(str(Credits.parse("10.00") - Credits.parse(balance)))
    return book


@pytest.mark.fault(
    "C90", "A balance that was low is topped up", "Its recovery is announced once, when it is so"
)
@pytest.mark.parametrize("back_to", ["20.00", "21.00"])
def test_a_balance_that_was_announced_as_low_is_announced_when_it_is_back(back_to: str) -> None:
    book = low("20.00")

    book.adjust("9.99")
    below = list(book.others)
    back = book.adjust(str(Credits.parse(back_to) - Credits.parse("19.99")))
    book.adjust("5.00")

    assert below == []
    assert [(each.about, each.seq, each.thresholds) for each in book.others] == [
        (RECOVERED, back.seq, at("20.00"))
    ]
    assert book.others[0].balance == Credits.parse(back_to)
    assert not book.others[0].suppressed


@pytest.mark.fault("C31")
@pytest.mark.fault("C90")
def test_what_fell_quietly_recovers_quietly() -> None:
    book = low("20.00")
    for _ in range(1_000):
        book.wait(1).adjust("10.00")
        book.adjust("-10.00")

    assert [each.suppressed for each in book.alerts] == [False, *[True] * 1_000]
    assert [each.about for each in book.others] == [RECOVERED]


def test_a_fall_that_is_announced_after_the_cooldown_recovers_aloud_again() -> None:
    book = low("20.00")
    book.adjust("10.00")

    book.wait(COOLDOWN_SECONDS).adjust("-10.00")
    book.adjust("10.00")

    assert [each.about for each in book.others] == [RECOVERED, RECOVERED]


def test_one_entry_that_is_back_at_several_thresholds_names_them_and_no_others() -> None:
    book = low("12.00", "20.00", "50.00", "9.00", balance="60.00")

    book.adjust("10.00")
    book.adjust("100.00")

    assert [each.thresholds for each in book.others] == [at("20.00", "12.00"), at("50.00")]


@pytest.mark.fault(
    "C91",
    "A balance comes to 0 and no threshold is there",
    "That is announced whatever the thresholds are, and not again within an hour",
)
@pytest.mark.parametrize("spent", ["10.00", "10.01"])
def test_an_account_that_is_drained_is_told_so(spent: str) -> None:
    book = Watched()
    book.adjust("10.00")

    entry = book.adjust(f"-{spent}", force=True)
    book.adjust("-1.00", force=True)

    assert [(each.about, each.seq, each.suppressed) for each in book.others] == [
        (EMPTY, entry.seq, False)
    ]


@pytest.mark.fault("C91")
@pytest.mark.parametrize(("seconds", "quiet"), [(3_599, True), (3_600, False)])
def test_an_empty_balance_is_announced_once_within_an_hour(seconds: int, quiet: bool) -> None:
    book = Watched()
    book.adjust("10.00")
    book.adjust("-10.00")

    book.wait(seconds).adjust("10.00")
    book.adjust("-10.00")

    assert [each.suppressed for each in book.others] == [False, quiet]


def test_a_balance_that_was_never_above_0_does_not_become_empty() -> None:
    book = Watched()

    book.adjust("-1.00", force=True)
    book.adjust("1.00")

    assert book.others == []


def test_alerts_of_one_entry_have_ids_of_their_own() -> None:
    book = Watched("20.00")
    book.adjust("25.00")

    book.adjust("-25.00")

    ids = {each.alert_id for each in (*book.alerts, *book.others)}
    assert ids == {
        f"{NOON}#{2:012d}#balance_low",
        f"{NOON}#{2:012d}#balance_empty",
    }


def test_an_alert_of_the_first_form_is_known_by_its_time_and_entry() -> None:
    book = low("20.00")

    [alert] = book.alerts

    assert replace(alert, of_first_form=True).alert_id == f"{NOON}#{2:012d}"
    assert alert.threshold == Credits.parse("20.00")
    assert replace(alert, thresholds=()).threshold is None


@tried(200)
@given(steps=steps, thresholds=places.map(sorted))
def test_recoveries_and_empty_balances_are_those_that_a_plain_count_finds(
    steps: list[Step], thresholds: list[int]
) -> None:
    book = Watched()
    book.account = replace(
        book.account, thresholds=tuple(Threshold(at=Credits(each)) for each in set(thresholds))
    )
    balances, times = [0], [int(NOON)]
    for step in steps:
        book.wait(step.seconds)
        if moved := step.to - balances[-1]:
            book.adjust(str(Credits(moved)), force=True)
            balances.append(step.to)
            times.append(book.now)

    found = [
        (each.seq, each.about, sorted(t.hundredths for t in each.thresholds), each.suppressed)
        for each in book.others
    ]
    assert found == counted(balances, times, set(thresholds))


def counted(
    balances: list[int], times: list[int], thresholds: set[int]
) -> list[tuple[int, AlertKind, list[int], bool]]:
    """Go through the balances; return each recovery and each fall to 0, with its quietness."""
    found: list[tuple[int, AlertKind, list[int], bool]] = []
    low_since = dict.fromkeys(thresholds, -COOLDOWN_SECONDS)
    unanswered: set[int] = set()
    empty_since = -COOLDOWN_SECONDS
    for seq, ((before, after), now) in enumerate(
        zip(pairwise(balances), times[1:], strict=True), start=1
    ):
        fallen = {each for each in thresholds if after < each <= before}
        if any(now - low_since[each] >= COOLDOWN_SECONDS for each in fallen):
            low_since |= dict.fromkeys(fallen, now)
            unanswered |= fallen
        if before > 0 >= after:
            quiet = now - empty_since < COOLDOWN_SECONDS
            found.append((seq, EMPTY, [], quiet))
            empty_since = empty_since if quiet else now
        if back := {each for each in unanswered if after >= each}:
            found.append((seq, RECOVERED, sorted(back), False))
            unanswered -= back
    return found
