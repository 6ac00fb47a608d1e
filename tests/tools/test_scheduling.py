"""How processes get tests, beyond what xdist does by itself."""

from tests.support.scheduling import STACK, OneStack, Positions


def test_a_test_is_found_where_it_stands() -> None:
    positions = Positions(["b", "a", "c"])

    assert [positions.index(each) for each in positions] == [0, 1, 2]
    assert positions == ["b", "a", "c"]


def test_files_that_are_done_are_forgotten_and_the_rest_counted() -> None:
    scheduler = OneStack.__new__(OneStack)
    work = {"a.py": {"a.py::1": True}, "b.py": {"b.py::1": True, "b.py::2": False}}

    assert scheduler._pending_of(work) == 1
    assert list(work) == ["b.py"]


def test_all_tests_of_the_stack_are_one_piece() -> None:
    scheduler = OneStack.__new__(OneStack)

    pieces = {scheduler._split_scope(f"{STACK}test_{each}.py::test_x") for each in "ab"}

    assert pieces == {STACK}
