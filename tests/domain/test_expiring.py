"""Credits are spoken of 30, 7 and 1 days before they expire, once, while there are any."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepaid.domain.credits import ZERO, Credits, Instant
from prepaid.domain.decisions import MAX_SETTLED
from prepaid.domain.expiring import days_before
from prepaid.domain.thresholds import Alert, AlertKind, Ending

from tests.domain.book import DAY, HOUR, NOON
from tests.domain.laws import tried
from tests.domain.test_thresholds import Watched

LEVELS = (30, 7, 1)


def notices(book: Watched) -> list[Alert]:
    """Return the expiry notices since this was asked last."""
    found = [each for each in book.others if each.about is AlertKind.EXPIRY_NEAR]
    book.others.clear()
    return found


def settled(book: Watched, seconds: int) -> list[Alert]:
    """Let time go on and the job settle; return the notices."""
    book.wait(seconds).settle()
    return notices(book)


def ends(*of: tuple[int, str]) -> tuple[Ending, ...]:
    return tuple(Ending(Instant(at), Credits.parse(amount)) for at, amount in of)


@pytest.mark.fault(
    "Z1",
    "Credits are about to expire and nobody has used them",
    "It is announced 30, 7 and 1 days before, at those moments, without an entry",
)
def test_a_grant_is_spoken_of_at_each_of_its_moments_and_never_between() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)
    end = NOON + 40 * DAY
    entries = len(book.entries)

    found = []
    for days in LEVELS:
        moment = end - days * DAY
        found += [settled(book, seconds) for seconds in (moment - 1 - book.now, 1, 1)]

    announced = [each for each in found if each]
    assert [(each[0].raised_at, days_before(each[0])) for each in announced] == [
        (end - days * DAY, days) for days in LEVELS
    ]
    assert [len(each) for each in found] == [0, 1, 0] * 3
    assert {each[0].ends for each in announced} == {ends((end, "5.00"))}
    assert len(book.entries) == entries
    assert [(each[0].seq, each[0].balance, each[0].suppressed) for each in announced] == [
        (1, Credits(500), False)
    ] * 3


@pytest.mark.fault(
    "Z2",
    "The job comes late, or an account is left alone for weeks",
    "One alert tells all that came due since, and the nearest notice of each grant alone",
)
def test_what_came_due_together_is_one_alert_with_the_nearest_first() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)
    book.give("2.00", expires_in=38 * DAY)
    book.give("1.00", expires_in=38 * DAY)
    book.give("9.00", expires_in=80 * DAY)
    book.adjust("1.00")

    [late] = settled(book, 37 * DAY + HOUR)
    again = settled(book, HOUR)

    assert late.ends == ends((NOON + 38 * DAY, "3.00"), (NOON + 40 * DAY, "5.00"))
    assert (late.ending, days_before(late)) == (Credits(800), 1)
    assert again == []


@pytest.mark.fault(
    "Z3",
    "Credits are given that expire in less than 30 days",
    "Moments from before they were given are in the past and announce nothing",
)
def test_what_came_due_before_a_grant_was_given_is_not_announced() -> None:
    book = Watched()
    book.adjust("1.00")
    book.wait(100 * DAY)

    book.give("5.00", expires_in=7 * DAY)
    at_once, later, last = notices(book), settled(book, 6 * DAY - 1), settled(book, 1)

    assert (at_once, later) == ([], [])
    assert [days_before(each) for each in last] == [1]


@pytest.mark.fault(
    "Z4", "Credits are used up before a notice", "It is not sent: nothing is left to speak of"
)
def test_used_or_expired_credits_are_not_spoken_of() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)
    book.give("5.00", expires_in=10 * DAY)
    book.spend("9.00")

    [second] = settled(book, 33 * DAY)
    book.spend("1.00")
    spent = settled(book, 6 * DAY)

    assert second.ends == ends((NOON + 40 * DAY, "1.00"))
    assert spent == []
    assert book.account.due() is None


@pytest.mark.fault("Z4")
def test_what_has_expired_is_not_spoken_of_even_where_one_commit_cannot_write_it_all() -> None:
    book = Watched()
    for _ in range(MAX_SETTLED + 5):
        book.give("1.00", expires_in=40 * DAY)

    found = settled(book, 50 * DAY)

    assert (found, book.account.balance) == ([], Credits(500))


def test_any_commit_announces_what_came_due_and_the_job_finds_nothing_left() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)

    entry = book.wait(10 * DAY).spend("1.00")
    [alert] = notices(book)

    assert (alert.seq, alert.ends) == (entry.seq - 1, ends((NOON + 40 * DAY, "5.00")))
    assert settled(book, 60) == []
    assert book.account.due() == NOON + 33 * DAY


@pytest.mark.fault(
    "Z5", "A clock goes back after a notice", "The account's own time does not: nothing comes twice"
)
def test_a_clock_that_goes_back_announces_nothing_again() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)
    first = settled(book, 33 * DAY)

    back = [settled(book, -9 * DAY), settled(book, 9 * DAY)]

    assert [days_before(each) for each in first] == [7]
    assert back == [[], []]


def test_the_next_moment_is_due_and_then_the_end_itself() -> None:
    book = Watched()
    book.give("5.00", expires_in=40 * DAY)
    due = []

    while (moment := book.account.due()) is not None:
        due.append(moment - NOON)
        book.wait(moment - book.now).settle()

    assert due == [10 * DAY, 33 * DAY, 39 * DAY, 40 * DAY]


@st.composite
def lives(draw: st.DrawFn) -> list[tuple[str, int]]:
    """What is done to an account, in order: credits given, spent, and waited for."""
    acts = st.one_of(
        st.tuples(st.just("give"), st.sampled_from([HOUR, DAY, 7 * DAY, 8 * DAY, 31 * DAY])),
        st.tuples(st.just("spend"), st.integers(1, 300)),
        st.tuples(st.just("wait"), st.sampled_from([1, HOUR, DAY, 6 * DAY, 23 * DAY, 30 * DAY])),
    )
    return draw(st.lists(acts, min_size=1, max_size=14))


@given(lives())
@tried(300)
def test_notices_are_those_that_marks_on_grants_would_give(acts: list[tuple[str, int]]) -> None:
    book, marks = Watched(), Marks()

    for act, value in acts:
        if act == "give":
            book.give("2.00", expires_in=value)
        elif act == "wait":
            book.wait(value).settle()
        elif (available := book.account.available(book.now)) > ZERO:
            book.spend(str(min(Credits(value), available)))
        assert [each.ends for each in notices(book)] == marks.due(book)


class Marks:
    """The plain way: a mark for each grant and level that was announced, or came too early."""

    def __init__(self) -> None:
        self._marked: dict[int, set[int]] = {}

    def due(self, book: Watched) -> list[tuple[Ending, ...]]:
        """Return what is to be announced at the book's time, and mark it."""
        sums: Counter[int] = Counter()
        for grant in book.account.grants:
            assert grant.expires_at is not None
            left = grant.expires_at - book.now
            reached = {days for days in LEVELS if left <= days * DAY}
            new = reached - self._marked.setdefault(grant.grant_id, reached)
            self._marked[grant.grant_id] = reached
            if new and left > 0:
                sums[grant.expires_at] += grant.remaining.hundredths
        found = tuple(Ending(Instant(end), Credits(sums[end])) for end in sorted(sums))
        return [found] if found else []
