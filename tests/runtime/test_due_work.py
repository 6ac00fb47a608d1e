from collections.abc import Iterator

import pytest
from prepaid.due_work import Worked, work_through


class Pieces:
    """Does pieces of work, but those that are told to fail; remembers both."""

    def __init__(self, *failing: int) -> None:
        self.failing = failing
        self.done: list[int] = []
        self.failures: list[tuple[int, str]] = []

    def do(self, piece: int) -> None:
        if piece in self.failing:
            raise KeyError(piece)
        self.done.append(piece)

    def failed(self, piece: int, exc: Exception) -> None:
        self.failures.append((piece, type(exc).__name__))


def never() -> bool:
    return False


def test_every_piece_is_done_in_order() -> None:
    pieces = Pieces()

    worked = work_through(range(3), pieces.do, time_is_up=never, failed=pieces.failed)

    assert worked == Worked(done=3, failed=0, finished=True)
    assert (pieces.done, pieces.failures) == ([0, 1, 2], [])


@pytest.mark.fault(
    "C30.8",
    "One object makes the reconciliation fail, or one account the verification",
    "The others have their turn; it is logged and counted, and the job fails, which rings",
)
def test_a_piece_that_fails_stops_no_other_and_is_told() -> None:
    pieces = Pieces(0, 2)

    worked = work_through(range(4), pieces.do, time_is_up=never, failed=pieces.failed)

    assert worked == Worked(done=2, failed=2, finished=True)
    assert (pieces.done, pieces.failures) == ([1, 3], [(0, "KeyError"), (2, "KeyError")])


def test_nothing_is_begun_when_the_time_is_up() -> None:
    pieces, left = Pieces(), iter([False, False, True])

    worked = work_through(range(9), pieces.do, time_is_up=lambda: next(left), failed=pieces.failed)

    assert worked == Worked(done=2, failed=0, finished=False)
    assert pieces.done == [0, 1]


def test_without_work_there_is_no_haste() -> None:
    pieces = Pieces()

    worked = work_through([], pieces.do, time_is_up=lambda: True, failed=pieces.failed)

    assert worked == Worked(finished=True)


def test_work_that_cannot_be_found_ends_the_run() -> None:
    def found() -> Iterator[int]:
        yield 1
        raise ConnectionError

    pieces = Pieces()

    with pytest.raises(ConnectionError):
        work_through(found(), pieces.do, time_is_up=never, failed=pieces.failed)

    assert pieces.done == [1]


def test_who_stops_a_process_is_obeyed() -> None:
    def interrupted(_piece: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_through([1], interrupted, time_is_up=never, failed=Pieces().failed)
