"""The table of faults names tests and mutants that exist."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.mutants.mutant import read_tables

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/faults.md"
SECTIONS = "ABCDEFGH"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
_MUTANT = re.compile(r"`([a-z0-9-]+|tests/mutants/tables/\w+\.toml)`")


@dataclass(frozen=True)
class Row:
    """One fault of the table; its last two columns as they are written."""

    number: str
    fault: str
    tests: str
    mutants: str


def rows() -> list[Row]:
    lines = [line for line in PAGE.read_text().splitlines() if re.match(r"\| [A-Z]\d", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [Row(number, fault, tests, mutants) for number, fault, _, tests, mutants in cells]


ROWS = rows()
each_row = pytest.mark.parametrize("row", ROWS, ids=[f"{row.number} {row.fault}" for row in ROWS])


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_section_has_its_faults() -> None:
    assert {row.number[0] for row in ROWS} == set(SECTIONS)


@cache
def mutants() -> set[str]:
    """Return what a row may say of mutants: the name of each, and the path of each table."""
    read = read_tables()
    tables = {f"tests/mutants/tables/{each.feature}.toml" for each in read}
    return tables | {each.name for each in read}


@each_row
def test_a_fault_has_tests_that_exist(row: Row) -> None:
    named = _TEST.findall(row.tests)

    assert len(named) == row.tests.count("`") // 2 > 0
    for path, name in named:
        assert name in names_in(path), f"{path} has no {name}"


@each_row
def test_a_fault_has_mutants_that_exist_or_says_why_not(row: Row) -> None:
    named = _MUTANT.findall(row.mutants)

    assert len(named) == row.mutants.count("`") // 2
    assert named or re.match(r"– \w+", row.mutants), "neither a mutant nor a reason"
    assert set(named) <= mutants()
