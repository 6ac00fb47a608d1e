"""The stand-in is a package of its own: it could be lifted out of this project as it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path("local/stripe")
MODULES = sorted(PACKAGE.rglob("*.py"))
OURS = {path.name for path in Path().iterdir() if path.is_dir()} | {"prepaid"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{node.module}.{node.names[0].name}" if node.module else "."


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_stand_in_imports_nothing_else_of_this_project(path: Path) -> None:
    foreign = [
        each
        for each in imports(path)
        if each.partition(".")[0] in OURS and not each.startswith("local.stripe.")
    ]

    assert foreign == []


def test_it_says_what_it_is() -> None:
    assert (PACKAGE / "README.md").read_text(encoding="utf-8").startswith("# ")
