"""Change the pure modules at random places, a seeded sample, and list which changes no test sees.

A survivor is either a hole in the tests or a change that means the same; the list is for a person
to judge, so this is no check that fails. Why not mutmut or cosmic-ray: both want to own the
layout of the project and its test run, while copies, limits and parallel trials are here already.
"""

import argparse
import ast
import os
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.mutants.__main__ import commit, say
from tests.mutants.mutant import ROOT, Change, Mutant
from tests.mutants.runner import INTERRUPTED, copied, results, tested

PACKAGE = Path("layers/prepaid/prepaid")
ROOMS = {
    "domain": ("tests/domain", "tests/ledger", "tests/metering", "tests/payments"),
    "ledger": ("tests/ledger", "tests/runtime", "tests/payments", "tests/metering"),
    "catalogue": ("tests/catalogue", "tests/metering"),
    "metering": ("tests/metering",),
    "payments": ("tests/payments", "tests/ledger", "tests/runtime"),
    "alerts": ("tests/alerts", "tests/event_sources"),
}
"""The tests that may see a change of a room, the likeliest first."""
KILLED, SURVIVED, ENDLESS = "killed", "SURVIVED", "endless"
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Location:
    """A node of a module that can be changed, by its number in the order of `ast.walk`."""

    file: Path
    number: int


def pure_modules() -> list[Path]:
    """Return the modules of rules and use cases; ports only declare."""
    found = [path for room in ROOMS for path in (ROOT / PACKAGE / room).glob("*.py")]
    edges = {"__init__.py", "dynamodb.py", "eventbridge.py", "web.py", "ports.py"}
    return sorted(path.relative_to(ROOT) for path in found if path.name not in edges)


def can_change(node: ast.AST) -> bool:
    """Say whether a node is one that `change` changes."""
    match node:
        case ast.Constant(value=value):
            return type(value) in {int, bool}
        case ast.UnaryOp(op=ast.Not()) | ast.IfExp():
            return True
        case ast.Compare(ops=[op, *_]) | ast.BinOp(op=op) | ast.BoolOp(op=op):
            return type(op) in SWAPS
    return False


def locations(file: Path) -> Iterator[Location]:
    """Go through what can be changed in a module."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    for number, node in enumerate(ast.walk(tree)):
        if can_change(node):
            yield Location(file, number)


class Changing(ast.NodeTransformer):
    """Changes one node, and remembers what it was and where."""

    def __init__(self, target: ast.AST) -> None:
        self.target = target
        self.line = 0
        self.what = ""

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the node, changed if it is the one."""
        self.line = getattr(node, "lineno", self.line) if not self.what else self.line
        if node is not self.target:
            return super().generic_visit(node)
        changed = self._changed(node)
        self.what = f"{ast.unparse(node)} → {ast.unparse(changed)}"
        return changed

    def _changed(self, node: ast.AST) -> ast.AST:
        match node:
            case ast.Constant(value=int() as number):
                return ast.Constant(not number if isinstance(number, bool) else number + 1)
            case ast.UnaryOp(operand=operand):
                return operand
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return ast.IfExp(test=test, body=orelse, orelse=body)
            case ast.Compare(left=left, ops=[op, *ops], comparators=others):
                return ast.Compare(left, [_swapped(op), *ops], others)
            case ast.BinOp(left=left, op=op, right=right):
                return ast.BinOp(left, _swapped(op), right)
            case ast.BoolOp(op=op, values=values):
                return ast.BoolOp(_swapped(op), values)
        raise TypeError(f"{node} is not changed")


def _swapped(op: ast.AST) -> Any:
    return SWAPS[type(op)]()


def mutant(location: Location) -> Mutant:
    """Return the change of a place; the text that it replaces is the whole module."""
    text = (ROOT / location.file).read_text(encoding="utf-8")
    tree = ast.parse(text)
    target = list(ast.walk(tree))[location.number]
    changing = Changing(target)
    changed = ast.unparse(ast.fix_missing_locations(changing.visit(tree)))
    room = location.file.relative_to(PACKAGE).parts[0]
    what = f"{location.file}:{changing.line}: {changing.what}"
    name = f"{location.file.stem}-{location.number}"
    return Mutant(room, name, what, location.file.as_posix(), (Change(text, changed),), ROOMS[room])


def drawn(seed: str, count: int) -> list[Mutant]:
    """Return *count* changes, the same ones for a seed."""
    found = [each for file in pure_modules() for each in locations(file)]
    return [mutant(each) for each in random.Random(seed).sample(found, min(count, len(found)))]  # noqa: S311 - a sample, no secret


def verdict(mutant: Mutant, location: Path) -> str:
    """Return what the quick tests say of a change, one folder after the other."""
    path = location / mutant.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(mutant.applied(sound), encoding="utf-8")
    try:
        for folder in mutant.tests:
            code, _ = tested(["-x", "-m", "not emulator", folder], location)
            if code:
                return ENDLESS if code == INTERRUPTED else KILLED
    finally:
        path.write_text(sound, encoding="utf-8")
    return SURVIVED


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the sample, a line for each change, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.sample", description=__doc__)
    parser.add_argument(
        "--seed", default=commit(), help="what to draw by; the commit's hash if not"
    )
    parser.add_argument("--count", type=int, default=20, help="how many changes")
    parser.add_argument("--jobs", type=int, default=os.process_cpu_count() or 1, help="at once")
    asked = parser.parse_args(arguments)
    sample, survivors = drawn(asked.seed, asked.count), 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        copies = [copied(Path(directory) / str(number)) for number in range(asked.jobs)]
        for each in results(sample, copies, verdict):
            survivors += each.verdict == SURVIVED
            say(f"{each.verdict:8} {each.seconds:5.1f} s  {each.mutant.defence}")
    say(f"{len(sample) - survivors} of {len(sample)} changes were seen, drawn by {asked.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
