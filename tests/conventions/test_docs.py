"""The documents tell the truth where a program can check it."""

import re
from pathlib import Path

from prepaid.web.errors import PROBLEMS

from tests.support.template import tables

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]


def test_the_list_of_problems_names_every_code_with_its_status() -> None:
    text = (ROOT / "docs/problems.md").read_text()

    listed = re.findall(r"^\| (\d{3}) \| `(\w+)` \|", text, flags=re.MULTILINE)

    assert {code: int(status) for status, code in listed} == {
        code: problem.status for code, problem in PROBLEMS.items()
    }


def test_every_file_that_a_document_names_exists() -> None:
    named = {
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^):#]+)\)|`(tests/[\w./]+)`", page.read_text())
    }

    missing = [
        (page.name, target)
        for page, targets in named
        for target in filter(None, targets)
        if not (page.parent / target).exists() and not (ROOT / target).exists()
    ]

    assert missing == []


def test_every_file_that_a_recipe_names_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    roots = (ROOT, ROOT / "layers/prepaid/prepaid")

    named = {
        name.rstrip("/")
        for name in re.findall(r"`([a-z_]+/[\w./]*)`", text)
        if not name.startswith("runtime/wiring")  # a module, or a package of one for each room
    }
    missing = [name for name in named if not any((root / name).exists() for root in roots)]

    assert len(named) >= 20
    assert missing == []


def test_the_diagram_of_the_tables_has_every_table() -> None:
    diagram = (ROOT / "docs/ledger.md").read_text().partition("erDiagram")[2].partition("```")[0]

    drawn = set(re.findall(r"^ +(\w+) .* (\w+) :", diagram, flags=re.MULTILINE))

    assert {name for pair in drawn for name in pair} == set(tables())


def test_every_make_target_that_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()

    named = set(re.findall(r"`?make ([a-z-]+)", readme)) - {"up"}
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))

    assert named - targets == set()
