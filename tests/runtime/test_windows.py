"""How far a list was read decides what the next run reads: nothing is left out between two."""

import pytest
from prepaid.domain.credits import Instant
from prepaid.windows import OVERLAP_SECONDS, Window, behind, left_to_read

NOW = Instant(1_795_000_000)
HOUR = 3_600


def window(since: int, until: int, after: str | None = None) -> Window:
    return Window(since=Instant(NOW + since), until=Instant(NOW + until), after=after)


def test_a_window_that_was_not_finished_is_read_before_what_came_since() -> None:
    assert list(left_to_read(window(-HOUR, -60, "id-1"), NOW)) == [
        window(-HOUR, -60, "id-1"),
        window(-60 - OVERLAP_SECONDS, 0),
    ]


def test_a_window_without_a_position_is_read_on_until_now() -> None:
    assert list(left_to_read(window(-HOUR, -60), NOW)) == [window(-HOUR, 0)]


@pytest.mark.fault(
    "H20",
    "A list was read by a clock that is an hour ahead, then by the right one, or the other way",
    "What was created in that hour is read all the same",
)
@pytest.mark.parametrize("after", [None, "id-1"])
def test_what_a_clock_ahead_kept_does_not_hide_what_comes_next(after: str | None) -> None:
    stored = behind(window(HOUR - 60, HOUR))

    [read] = left_to_read(Window(since=stored.since, until=stored.until, after=after), NOW)

    assert read == window(-OVERLAP_SECONDS, 0)


@pytest.mark.fault("H20")
def test_what_a_clock_behind_left_is_read_by_the_right_one() -> None:
    [read] = left_to_read(behind(window(-2 * HOUR, -HOUR)), NOW)

    assert read == window(-HOUR - OVERLAP_SECONDS, 0)
