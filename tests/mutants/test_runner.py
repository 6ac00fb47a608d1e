"""A mutant is red only when each of its tests ran and failed."""

from pathlib import Path
from threading import Barrier

import pytest

from tests.mutants.mutant import Change, Mutant
from tests.mutants.runner import Result, has_failed, reds_without_mutants, results, verdict

SUMS = "def add(a, b):\n    return a + b\n"
TESTS = """
import pytest
from sums import add


@pytest.fixture
def three():
    assert add(1, 2) == 3


@pytest.mark.parametrize("a", [0, 1, 2])
def test_add(a):
    assert add(a, 1) == a + 1


def test_add_of_nothing():
    assert add(5, 0) == 5


def test_with_three(three): ...
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # these tests need none
    (tmp_path / "sums.py").write_text(SUMS)
    (tmp_path / "test_sums.py").write_text(TESTS)
    return tmp_path


def mutant(new: str, *tests: str, name: str = "sums") -> Mutant:
    ids = tuple(f"test_sums.py::{each}" for each in tests)
    return Mutant("sums", name, "a sum is a sum", "sums.py", (Change("a + b", new),), ids)


@pytest.mark.parametrize(
    ("new", "tests", "expected"),
    [
        ("a * b", ["test_add[2]", "test_add", "test_add_of_nothing"], "red"),
        ("a - b", ["test_add[1]", "test_add_of_nothing"], "SURVIVED"),
        ("a - b", ["test_with_three"], "SURVIVED"),
        ("a - b\n\n\nimport nothing_of_this_name", ["test_add"], "PYTEST SAYS 4"),
    ],
)
def test_the_verdict_and_the_project_put_back(
    project: Path, new: str, tests: list[str], expected: str
) -> None:
    assert verdict(mutant(new, *tests), project) == expected

    assert (project / "sums.py").read_text() == SUMS


def test_a_test_whose_name_begins_like_the_failed_one_has_not_failed() -> None:
    said = "FAILED test_sums.py::test_add_of_nothing - assert 1\nERROR test_sums.py::test_add"

    assert has_failed("test_sums.py::test_add_of_nothing", said)
    assert not has_failed("test_sums.py::test_add", said)


def test_what_is_red_without_any_mutant_is_told(project: Path) -> None:
    sound = [mutant("a - b", "test_add"), mutant("a - b", "test_add_of_nothing")]

    assert reds_without_mutants(sound, [project, project]) == ""
    assert "has_gone" in reds_without_mutants([mutant("a - b", "has_gone")], [project])


def test_results_come_in_the_order_of_the_mutants_whichever_ends_first(tmp_path: Path) -> None:
    places = [tmp_path / "a", tmp_path / "b"]
    every = [mutant("a - b", name=f"m{number}") for number in range(8)]
    pair = Barrier(2, timeout=10)
    used = set()

    def trial(each: Mutant, place: Path) -> str:
        used.add(place)
        pair.wait()
        return each.name

    found = list(results(every, places, trial))

    assert [(each.mutant, each.verdict) for each in found] == [(each, each.name) for each in every]
    assert used == set(places)
    assert all(isinstance(each, Result) and each.seconds >= 0 for each in found)
