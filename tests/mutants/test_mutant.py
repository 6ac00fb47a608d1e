"""The tables of mutants are read strictly, and the real ones fit the project."""

from pathlib import Path

import pytest

from tests.mutants.mutant import TABLES, BadTable, Mutant, drawn, read_table, read_tables

ENTRY = """
[[mutant]]
defence = "a sum is a sum"
file = "sums.py"
old = '''a + b'''
new = '''a - b'''
tests = ["test_sums.py::test_add"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "sums.py").write_text(
        "def add(a, b):\n    return a + b\n\n\ndef neg(a):\n    return -a\n"
    )
    (tmp_path / "test_sums.py").write_text(
        "class TestSums:\n    def test_one(self): ...\n\n\ndef test_add(): ...\n"
    )
    (tmp_path / "tables").mkdir()
    return tmp_path


def table(project: Path, text: str, feature: str = "sums") -> Path:
    path = project / "tables" / f"{feature}.toml"
    path.write_text(text)
    return path


def test_an_entry_is_read_and_named_by_its_defence(project: Path) -> None:
    (mutant,) = read_table(table(project, ENTRY), project)

    assert (mutant.feature, mutant.name) == ("sums", "a-sum-is-a-sum")
    assert mutant.tests == ("test_sums.py::test_add",)
    assert mutant.applied("return a + b") == "return a - b"


def test_an_entry_may_have_a_name_and_a_parameter_and_a_class_in_its_test(project: Path) -> None:
    text = ENTRY.replace("[[mutant]]", '[[mutant]]\nname = "sums"').replace(
        "::test_add", "::TestSums::test_one[a::b]"
    )

    (mutant,) = read_table(table(project, text), project)

    assert mutant.name == "sums"


def test_several_places_of_a_file_are_changed(project: Path) -> None:
    text = ENTRY.replace("old = '''a + b'''\nnew = '''a - b'''\n", "") + (
        "[[mutant.change]]\nold = 'a + b'\nnew = 'b'\n"
        "[[mutant.change]]\nold = 'return -a'\nnew = 'return a'\n"
    )

    (mutant,) = read_table(table(project, text), project)

    assert mutant.applied("a + b; return -a") == "b; return a"


@pytest.mark.parametrize(
    ("this", "that", "why"),
    [
        ("sums.py", "gone.py", "there is no file gone.py"),
        ("test_sums.py::", "test_gone.py::", "there is no file test_gone.py"),
        ("::test_add", "::test_gone", "has no test test_gone"),
        ("sums.py::test_add", "sums.py", "has no test"),
        ("'''a + b'''", "'''a * b'''", "holds the old text 0 times, not once: a \\* b"),
        ("'''a + b'''", "'''return'''", "holds the old text 2 times"),
        ("'''a + b'''", "''", "old must not be empty"),
        ("'''a - b'''", "'''a + b'''", "the same text"),
        ("'''a - b'''", "'''a -'''", "is no Python any more"),
        ("'''a - b'''", "7", "new must be text"),
        ('["test_sums.py::test_add"]', "[]", "tests must be a list"),
        ('["test_sums.py::test_add"]', '"test_sums.py::test_add"', "tests must be a list"),
        ('defence = "a sum is a sum"', "", "defence is missing"),
        ("old = '''a + b'''", "", "old is missing"),
        ('"a sum is a sum"', '" "', "defence must be text"),
        ("defence =", 'name = "A Sum"\ndefence =', "a name has lower-case words"),
        ("defence =", 'patch = "x"\ndefence =', "patch means nothing here"),
        ("defence =", "change = []\ndefence =", "new, old means nothing here"),
    ],
)
def test_an_entry_that_cannot_be_carried_out_is_refused(
    project: Path, this: str, that: str, why: str
) -> None:
    path = table(project, ENTRY.replace(this, that, 1))

    with pytest.raises(BadTable, match=rf"sums\.toml, entry 1 \(.*\): .*{why}"):
        read_table(path, project)


@pytest.mark.parametrize("text", ["", "mutant = []", "mutant = 1", "other = 1\n" + ENTRY, "[[mu"])
def test_a_table_without_entries_is_refused(project: Path, text: str) -> None:
    with pytest.raises(BadTable, match=r"sums\.toml"):
        read_table(table(project, text), project)


def test_two_mutants_of_one_name_are_refused(project: Path) -> None:
    table(project, ENTRY, "a")
    table(project, ENTRY.replace("a - b", "a * b"), "b")

    with pytest.raises(BadTable, match="two mutants are called a-sum-is-a-sum"):
        read_tables(project / "tables", project)


def test_a_copy_of_a_mutant_is_refused(project: Path) -> None:
    table(project, ENTRY, "a")
    table(project, ENTRY.replace("a sum is", "addition is"), "b")

    with pytest.raises(BadTable, match="addition-is-a-sum is a copy of a-sum-is-a-sum"):
        read_tables(project / "tables", project)


def mutants(*names: str) -> list[Mutant]:
    """Return mutants of the features and names ``feature/name``."""
    parts = [each.partition("/") for each in names]
    return [Mutant(feature, name, name, "a.py", (), ()) for feature, _, name in parts]


def test_a_draw_has_one_of_each_feature_and_is_the_same_for_a_seed() -> None:
    every = mutants(*(f"{feature}/{feature}-{n}" for feature in "abc" for n in range(20)))

    draws = {seed: drawn(every, seed) for seed in map(str, range(50))}

    assert all([each.feature for each in draw] == ["a", "b", "c"] for draw in draws.values())
    assert draws["7"] == drawn(every, "7") == drawn([*reversed(every)], "7")[::-1]
    assert len({draw[0].name for draw in draws.values()}) > 10


def test_another_entry_changes_the_draw_of_no_other_feature() -> None:
    before = drawn(mutants("a/one", "a/two", "b/three"), "seed")

    after = drawn(mutants("a/one", "a/two", "b/three", "b/four"), "seed")

    assert before[0] == after[0]


def test_no_two_real_mutants_have_a_name_or_a_change_in_common() -> None:
    real = read_tables()

    assert len({each.name for each in real}) == len(real) > 180


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_real_mutant_fits_the_project(path: Path) -> None:
    """Each old text stands once in its file, and each test is there."""
    assert read_table(path)
