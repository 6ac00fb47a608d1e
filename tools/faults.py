"""Write `docs/faults.md` from the tests: each says which faults it holds to what happens.

A test carries ``@pytest.mark.fault("A5.2")`` for each fault. Exactly one test of a fault says more:
``@pytest.mark.fault("A5.2", "DynamoDB throttles", "Tried again, then 503")``, and, where no mutant
can take the defence away, ``no_mutant="why"``. The tests are read, not imported.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "faults.md"
SECTIONS = {
    "A": "Crashes and lost answers",
    "B": "Webhooks of Stripe",
    "C": "Streams, schedules and clocks",
    "D": "Holds",
    "E": "Many at once",
    "F": "Input",
    "G": "Who may",
    "H": "Stacks and accounts",
    "K": "Administration",
    "M": "Mail that comes back, and rows that nobody can read",
    "N": "Support and dead letters",
    "P": "The page",
    "U": "The page on AWS",
    "V": "Seeing and steering",
    "W": "Webhooks that hosts are sent",
    "X": "Mail and channels",
    "Y": "Credits that run out",
    "Z": "Expiry notices and repeated alerts",
}
OPENING = """\
# Faults and what happens

What can go wrong, what then happens, and where the tests are that hold it to that: those marked
`@pytest.mark.fault` with its number. Unless a row says why not, a mutant takes the defence away and
must turn one of these tests red (`make mutants`). `make faults` writes this page from the marks.
"""
HEAD = "| # | Fault | What happens | Tests |\n| --- | --- | --- | --- |\n"
NUMBER = re.compile(r"([A-Z])(\d+)(?:\.(\d+))?")
type Function = ast.FunctionDef | ast.AsyncFunctionDef


class BadMark(Exception):
    """A mark that cannot be read, or does not fit the others; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on the test with the id *test*; the texts are empty where it only refers."""

    number: str
    test: str
    fault: str = ""
    happens: str = ""
    no_mutant: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What can go wrong, what then happens, and the ids of the tests that hold it to that."""

    number: str
    fault: str
    happens: str
    no_mutant: str
    tests: tuple[str, ...]


def read_faults(root: Path = ROOT) -> list[Fault]:
    """Return every fault in the order of the page. Raises `BadMark`."""
    marks = [mark for path in sorted((root / "tests").rglob("*.py")) for mark in _marks(path, root)]
    numbers = sorted({mark.number for mark in marks}, key=_place)
    return [_fault(number, [each for each in marks if each.number == number]) for number in numbers]


def page(faults: list[Fault]) -> str:
    """Return the page that shows *faults*."""
    parts = [OPENING]
    for letter, title in SECTIONS.items():
        rows = [_row(fault) for fault in faults if fault.number.startswith(letter)]
        parts.append(f"\n## {letter}. {title}\n\n{HEAD}{''.join(rows)}")
    return "".join(parts)


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(read_faults()), encoding="utf-8")
    return 0


def _place(number: str) -> tuple[str, int, int]:
    match = NUMBER.fullmatch(number)
    assert match is not None
    return match[1], int(match[2]), int(match[3] or 1)


def _fault(number: str, marks: list[Mark]) -> Fault:
    described = [mark for mark in marks if mark.fault]
    if len(described) != 1:
        where = ", ".join(mark.test for mark in described or marks)
        raise BadMark(f"{number} is described {len(described)} times, not once: {where}")
    (one,) = described
    tests = tuple(dict.fromkeys(mark.test for mark in marks))
    return Fault(number, one.fault, one.happens, one.no_mutant, tests)


def _row(fault: Fault) -> str:
    files = dict.fromkeys(test.partition("::")[0] for test in fault.tests)
    tests = " · ".join(f"[{_short(file)}](../{file})" for file in files)
    reason = f"; no mutant: {fault.no_mutant}" if fault.no_mutant else ""
    return f"| {fault.number} | {fault.fault} | {fault.happens} | {tests}{reason} |\n"


def _short(file: str) -> str:
    """Return how a test's file is called on the page: ``faults/lost calls``."""
    path = Path(file)
    return f"{path.parent.name}/{path.stem.removeprefix('test_').replace('_', ' ')}"


def _marks(path: Path, root: Path) -> Iterator[Mark]:
    text = path.read_text(encoding="utf-8")
    if "mark.fault(" not in text:
        return
    file = path.relative_to(root).as_posix()
    tree = ast.parse(text)
    found = 0
    for name, function in _tests(tree.body):
        for call in function.decorator_list:
            if _is_mark(call):
                found += 1
                yield _mark(call, f"{file}::{name}")
    if found != text.count("mark.fault(") and found != sum(map(_is_mark, ast.walk(tree))):
        raise BadMark(f"{file}: mark.fault stands where it decorates no test")


def _tests(body: list[ast.stmt], within: str = "") -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, f"{within}{node.name}::")
        elif isinstance(node, Function.__value__) and node.name.startswith("test_"):
            yield within + node.name, node


def _is_mark(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.fault")


def _mark(call: ast.expr, test: str) -> Mark:
    assert isinstance(call, ast.Call)
    given = dict(zip(("number", "fault", "happens"), call.args, strict=False))
    given |= {each.arg or "": each.value for each in call.keywords}
    texts = {name: _text(value, test) for name, value in given.items()}
    _hold(texts, len(call.args), test)
    return replace(Mark("", test), **texts)


def _text(node: ast.expr, test: str) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise BadMark(f"{test}: a mark is written out, not computed: {ast.unparse(node)}")
    if not node.value.strip() or "|" in node.value or "\n" in node.value:
        raise BadMark(f"{test}: a text of a mark is one line without |: {node.value!r}")
    return node.value


def _hold(texts: Mapping[str, str], count: int, test: str) -> None:
    number = texts.get("number", "")
    if NUMBER.fullmatch(number) is None or number[0] not in SECTIONS:
        raise BadMark(f"{test}: {number!r} is no number of a fault, like A5 or A5.2")
    expected = {1: {"number"}, 3: {"number", "fault", "happens"}}
    if set(texts) - {"no_mutant"} != expected.get(count):
        raise BadMark(f"{test}: {number} has a number alone, or a fault and what happens too")
    if "no_mutant" in texts and count == 1:
        raise BadMark(f"{test}: {number} gives the reason where the fault is described")


if __name__ == "__main__":
    sys.exit(main())
