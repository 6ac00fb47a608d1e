"""Names are the field's: words that only we would understand stay out of code and tests."""

import ast
import re
from pathlib import Path

from tests.support.for_each import ROOT, for_each

FOLDERS = ("layers/prepaid/prepaid", "functions", "local", "tools", "benchmarks", "tests")
OURS_ALONE = {
    *("Asked", "Asker", "CallNews", "Edge", "Kept", "Learned", "News", "Patience", "Remembered"),
    *("Posted", "Served", "Taken", "Told"),
    *("Books", "Door", "Doors", "Hasty", "Office", "Shop", "Till", "Town"),
    *("account_meant", "asker", "burning", "hold_meant", "insisting", "knowing", "news"),
    *("kept", "learn", "learned", "told"),
    *("patience", "repaying", "sealed", "set_aside", "spends_freely", "with_news"),
    *("books", "doors", "office", "shelf", "shop", "till", "town"),
}
"""Each was a name here; CONTRIBUTING and docs/ledger.md have the words that took their place."""
WRITTEN = re.compile(rf"\b_*(?:{'|'.join(OURS_ALONE)})_*\b")
"""One of them, as a name or in a sentence: a file without any need not be taken apart."""
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def names(path: Path) -> set[str]:
    """Return every name that a file gives to something."""
    found = {path.stem}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.arg(arg=name)
            ):
                found.add(name)
            case ast.TypeAlias(name=ast.Name(id=name)):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
    return {name.strip("_") for name in found}


@for_each(FILES)
def test_names_are_words_of_the_field(path: Path) -> None:
    written = WRITTEN.search(f"{path.stem} {path.read_text(encoding='utf-8')}")

    assert not written or names(path) & OURS_ALONE == set()


def test_a_name_is_found_wherever_it_is_given(tmp_path: Path) -> None:
    file = tmp_path / "till.py"
    file.write_text(
        "class Town: ...\nasync def door(): ...\ndef shop(office): ...\n"
        "type Door = int\nbooks = 1\nx._shelf = 2\n"
    )

    assert WRITTEN.findall(file.read_text())
    assert names(file) >= {"till", "Town", "door", "shop", "office", "Door", "books", "shelf"}
