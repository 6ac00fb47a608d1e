"""What a mutant is, and how the tables of mutants are read.

A table is a TOML file for each feature, ``tables/<feature>.toml``, of entries like this one::

    [[mutant]]
    defence = "an account is replaced only on the version that was read"
    file = "layers/prepaid/prepaid/…"
    old = '''text that stands once in the file'''
    new = '''text that takes its place'''
    tests = ["tests/…::test_that_must_fail"]

``name`` may be given; without it the defence's words are the name. A mutant that changes several
places of its file has a list ``[[mutant.change]]`` of ``old`` and ``new`` instead of its own.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TABLES = Path(__file__).parent / "tables"
REQUIRED = {"defence", "file", "tests"}
CHANGE = {"old", "new"}


class BadTable(Exception):
    """A table says something that cannot be carried out; the text says which entry and why."""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - a command's answer


@dataclass(frozen=True, slots=True)
class Change:
    """A text of a file, and the text that takes its place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """What takes one defence away, and the tests each of which must then fail."""

    feature: str
    name: str
    defence: str
    file: str
    changes: tuple[Change, ...]
    tests: tuple[str, ...]

    def applied(self, text: str) -> str:
        """Return the file's *text* with the defence taken away.

        Raises `BadTable` when an old text does not stand exactly once in it.
        """
        for change in self.changes:
            if (count := text.count(change.old)) != 1:
                first = change.old.strip().partition("\n")[0]
                raise BadTable(f"{self.file} holds the old text {count} times, not once: {first}")
            text = text.replace(change.old, change.new)
        return text


def read_tables(tables: Path = TABLES, root: Path = ROOT) -> list[Mutant]:
    """Read every table, in the order of features and entries; raise `BadTable` for a bad one."""
    mutants = [each for path in sorted(tables.glob("*.toml")) for each in read_table(path, root)]
    names: set[str] = set()
    done: dict[tuple[str, tuple[Change, ...]], str] = {}
    for each in mutants:
        if each.name in names:
            raise BadTable(f"{each.feature}: two mutants are called {each.name}")
        if other := done.get((each.file, each.changes)):
            raise BadTable(f"{each.feature}: {each.name} is a copy of {other}")
        names.add(each.name)
        done[each.file, each.changes] = each.name
    return mutants


def read_table(path: Path, root: Path = ROOT) -> list[Mutant]:
    """Read one table about the project at *root*; raise `BadTable` for a bad entry."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as exc:
        raise BadTable(f"{path.name} is not TOML: {exc}") from exc
    entries = table.get("mutant")
    if set(table) != {"mutant"} or not isinstance(entries, list) or not entries:
        raise BadTable(f"{path.name} must hold entries [[mutant]] and nothing else")
    mutants = []
    for number, entry in enumerate(entries, start=1):
        try:
            mutant = _mutant(path.stem, entry)
            _hold(mutant, root)
        except BadTable as exc:
            label = entry.get("name") or entry.get("defence") or "?"
            raise BadTable(f"{path.name}, entry {number} ({label}): {exc}") from exc
        mutants.append(mutant)
    return mutants


def drawn(mutants: Iterable[Mutant], seed: str) -> list[Mutant]:
    """Return one mutant of each feature, always the same ones for a seed.

    The one with the least hash is drawn, so that another entry in a table seldom changes the draw.
    """

    def rank(mutant: Mutant) -> str:
        return sha256(f"{seed} {mutant.name}".encode()).hexdigest()

    least: dict[str, Mutant] = {}
    for each in mutants:
        least[each.feature] = min(least.get(each.feature, each), each, key=rank)
    return list(least.values())


def _mutant(feature: str, entry: Mapping[str, Any]) -> Mutant:
    own = {"change"} if "change" in entry else CHANGE
    _has_keys(entry, REQUIRED | own, optional={"name"})
    changes = _changes(entry["change"] if "change" in entry else [{k: entry[k] for k in CHANGE}])
    defence, file = _text(entry, "defence"), _text(entry, "file")
    tests = entry["tests"]
    if not isinstance(tests, list) or not tests or not all(isinstance(each, str) for each in tests):
        raise BadTable("tests must be a list of at least one test's id")
    name = _text(entry, "name") if "name" in entry else _slug(defence)
    if name != _slug(name):
        raise BadTable("a name has lower-case words and digits, with hyphens between them")
    return Mutant(feature, name, defence, file, changes, tuple(tests))


def _changes(entries: object) -> tuple[Change, ...]:
    if not isinstance(entries, list) or not entries:
        raise BadTable("change must be a list of at least one old and new text")
    for each in entries:
        _has_keys(each, CHANGE)
        if not each["old"]:
            raise BadTable("old must not be empty")
        if each["old"] == each["new"]:
            raise BadTable("old and new are the same text, so nothing is taken away")
    return tuple(Change(each["old"], each["new"]) for each in entries)


def _has_keys(entry: Mapping[str, Any], needed: set[str], optional: Iterable[str] = ()) -> None:
    if missing := needed - set(entry):
        raise BadTable(f"{', '.join(sorted(missing))} is missing")
    if strange := set(entry) - needed - set(optional):
        raise BadTable(f"{', '.join(sorted(strange))} means nothing here")
    if wrong := [key for key in CHANGE & set(entry) if not isinstance(entry[key], str)]:
        raise BadTable(f"{', '.join(sorted(wrong))} must be text")


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise BadTable(f"{key} must be text")
    return value


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


@cache
def _syntax_error(text: str) -> str | None:
    """Return what keeps *text* from being Python; kept, because every table is read often."""
    try:
        ast.parse(text)
    except SyntaxError as exc:
        return str(exc)
    return None


def _hold(mutant: Mutant, root: Path) -> None:
    """Hold a mutant to the project: its file, its texts and its tests are there."""
    path = root / mutant.file
    if not path.is_file():
        raise BadTable(f"there is no file {mutant.file}")
    changed = mutant.applied(path.read_text(encoding="utf-8"))
    if path.suffix == ".py" and (error := _syntax_error(changed)):
        raise BadTable(f"{mutant.file} is no Python any more: {error}")
    for test in mutant.tests:
        file, _, rest = test.partition("::")
        if not (root / file).is_file():
            raise BadTable(f"there is no file {file}")
        if missing := _parts(rest) - _defined(root / file):
            raise BadTable(f"{file} has no test {', '.join(sorted(missing))}")


def _parts(rest: str) -> set[str]:
    """Return the names of a test's class and function, its parameters left out."""
    parts: Sequence[str] = rest.partition("[")[0].split("::")
    return set(parts)


@cache
def _defined(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))
