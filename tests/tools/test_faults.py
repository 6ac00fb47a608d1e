"""The page of faults is read from the marks on tests, strictly."""

from pathlib import Path

import pytest

from tools.faults import SECTIONS, BadMark, Fault, page, read_faults

DESCRIBED = '@pytest.mark.fault("A5", "A fault", "What " "happens")\n'
OTHER = '@pytest.mark.fault("A5")\n'
TEST = "def test_{}() -> None: ...\n"


def project(tmp_path: Path, *tests: str, file: str = "test_a") -> Path:
    path = tmp_path / "tests/room" / f"{file}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(marks + TEST.format(n) for n, marks in enumerate(tests)))
    return tmp_path


def test_a_fault_is_described_once_and_has_all_tests_that_carry_its_number(tmp_path: Path) -> None:
    project(tmp_path, OTHER, "", DESCRIBED + "@pytest.mark.other\n")
    root = project(tmp_path, OTHER, file="test_b")

    assert read_faults(root) == [
        Fault(
            "A5",
            "A fault",
            "What happens",
            "",
            ("tests/room/test_a.py::test_0", "tests/room/test_a.py::test_2",
             "tests/room/test_b.py::test_0"),
        )
    ]  # fmt: skip


def test_a_test_in_a_class_and_of_several_faults_is_read(tmp_path: Path) -> None:
    root = project(tmp_path, DESCRIBED + DESCRIBED.replace("A5", "A5.2"))
    path = root / "tests/room/test_a.py"
    path.write_text(
        "class TestIt:\n    " + path.read_text().replace("\n", "\n    ").rstrip() + "\n"
    )

    assert [(each.number, each.tests) for each in read_faults(root)] == [
        ("A5", ("tests/room/test_a.py::TestIt::test_0",)),
        ("A5.2", ("tests/room/test_a.py::TestIt::test_0",)),
    ]


def test_the_page_is_in_the_order_of_numbers_with_a_link_to_each_file(tmp_path: Path) -> None:
    numbers = ("B1", "A10", "A5.10", "A5.9", "A5")
    root = project(tmp_path, *(DESCRIBED.replace("A5", number) for number in numbers))
    last = f"{max(SECTIONS)}1"
    project(root, f'@pytest.mark.fault("{last}", "F", "W", no_mutant="why")\n', file="test_b_c")

    text = page(read_faults(root))

    rows = [line for line in text.splitlines() if line[:3] != "| #" and line[:1] == "|"]
    shown = [row.split(" ")[1] for row in rows if not row.startswith("| ---")]
    assert shown == ["A5", "A5.9", "A5.10", "A10", "B1", last]
    assert rows[1] == "| A5 | A fault | What happens | [room/a](../tests/room/test_a.py) |"
    assert rows[-1] == f"| {last} | F | W | [room/b c](../tests/room/test_b_c.py); no mutant: why |"


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        (OTHER, "A5 is described 0 times"),
        (DESCRIBED * 2, "A5 is described 2 times"),
        ("@pytest.mark.fault()\n", "'' is no number"),
        ('@pytest.mark.fault("a fault")\n', "'a fault' is no number"),
        (DESCRIBED.replace("A5", "Q5"), "'Q5' is no number"),
        ('@pytest.mark.fault("A5", "A fault")\n', "a number alone, or a fault and what happens"),
        (
            '@pytest.mark.fault("A5", "F", "W", "M")\n',
            "a number alone, or a fault and what happens",
        ),
        ('@pytest.mark.fault("A5", "F", "W", mutant="M")\n', "a number alone"),
        ('@pytest.mark.fault("A5", no_mutant="M")\n', "where the fault is described"),
        ('@pytest.mark.fault("A5", "F", TEXT)\n', "written out, not computed: TEXT"),
        ('@pytest.mark.fault("A5", "F", 7)\n', "written out, not computed: 7"),
        ('@pytest.mark.fault("A5", "F", " ")\n', "one line"),
        ('@pytest.mark.fault("A5", "F", "a | b")\n', "one line"),
        ('MARK = pytest.mark.fault("A5")\n', "decorates no test"),
        ('@pytest.mark.fault("A5")\ndef helper() -> None: ...\n', "decorates no test"),
    ],
)
def test_a_mark_that_cannot_be_shown_is_refused(tmp_path: Path, marks: str, why: str) -> None:
    root = project(tmp_path, marks)

    with pytest.raises(BadMark, match=why):
        read_faults(root)
