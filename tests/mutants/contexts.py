"""Which tests run which line, and for how long, from the quick tests under coverage's contexts.

Each folder of tests is a part, kept as two files that are named for it and for what it and the
product's code hold: a run that was interrupted goes on, and only what changed is run again.
"""

import ast
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from time import monotonic
from xml.etree import ElementTree as ET

from coverage import CoverageData

from tests.mutants.mutant import ROOT, say
from tests.mutants.runner import OPTIONS, SHORTLY, copied

SETTINGS = """[run]
source = layers/prepaid/prepaid,functions
relative_files = true
"""
CODE = ("layers/prepaid/prepaid", "functions")
PACKAGE = Path(CODE[0]).parts
QUICK = ("-m", "not emulator", "-o", "junit_family=xunit1")
OTHERS = {"clients", "conventions", "e2e", "local", "local_stripe", "mutants", "support", "tools"}
"""Folders of tests that take the local stack, or try what is not the product."""
DOCUMENTED = "tests/openapi/test_committed_document.py::"
MOST_SECONDS = 10.0
"""How long a portion of the tests of one change may take as it was recorded."""
MOST_PORTIONS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of tests, and where what it ran is kept."""

    folder: str
    lines: Path
    times: Path

    def is_kept(self) -> bool:
        """Say whether the folder was run as it is now."""
        return self.lines.exists() and self.times.exists()


def parts(place: Path) -> list[Part]:
    """Return a part for each folder of quick tests, as the working tree has them."""
    code = fingerprint(CODE)
    found = []
    for path in sorted((ROOT / "tests").iterdir()):
        if path.is_dir() and path.name not in OTHERS and any(path.glob("test_*.py")):
            name = f"{path.name}-{code}-{fingerprint([f'tests/{path.name}'])}"
            found.append(Part(path.name, place / f"{name}.coverage", place / f"{name}.xml"))
    return found


def record(needed: Sequence[Part], jobs: int) -> None:
    """Run the parts in a copy of the project, *jobs* at once, and keep what each says."""
    with tempfile.TemporaryDirectory(prefix="contexts-") as directory:
        place = copied(Path(directory) / "project")
        (place / "contexts.cfg").write_text(SETTINGS, encoding="utf-8")
        with ThreadPoolExecutor(jobs) as pool:
            ran = pool.map(lambda part: _record(part, place), needed)
            for number, (part, seconds) in enumerate(zip(needed, ran, strict=True), start=1):
                say(f"{number:3} of {len(needed)}  {seconds:5.0f} s  tests/{part.folder}")


def _record(part: Part, place: Path) -> float:
    """Run one part; keep its files only when it ran to its end."""
    began = monotonic()
    lines, times = place / part.lines.name, place / part.times.name
    coverage = ("--cov", "--cov-config=contexts.cfg", "--cov-context=test", "--cov-report=")
    ran = subprocess.run(  # noqa: S603 - our own tests
        [
            *(sys.executable, "-B", "-m", "pytest", *OPTIONS, *QUICK, *coverage),
            *(f"--junit-xml={times}", f"tests/{part.folder}"),
        ],
        cwd=place,
        env={**os.environ, "COVERAGE_FILE": str(lines), **SHORTLY},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if ran.returncode in {0, 1} and lines.exists():
        part.lines.parent.mkdir(exist_ok=True)
        for made, wanted in ((lines, part.lines), (times, part.times)):
            wanted.with_suffix(".part").write_bytes(made.read_bytes())
            wanted.with_suffix(".part").rename(wanted)
    else:
        say(f"tests/{part.folder}: pytest says {ran.returncode}, so nothing of it is kept")
    return monotonic() - began


def fingerprint(folders: Sequence[str]) -> str:
    """Return a short hash of the Python text in some folders."""
    made = sha256()
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        made.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:12]


@dataclass(frozen=True)
class Contexts:
    """The tests that run a line, from the parts that were kept."""

    parts: Sequence[Part]

    @cached_property
    def _files(self) -> dict[str, dict[int, set[str]]]:
        """The tests of each line of each file."""
        files: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for part in self.parts:
            data = CoverageData(str(part.lines))
            data.read()
            for file in data.measured_files():
                for line, contexts in data.contexts_by_lineno(file).items():
                    files[file][line].update(_test(each) for each in contexts if each)
        return files

    @cached_property
    def _sizes(self) -> Counter[str]:
        """How many lines each test runs."""
        return Counter(
            test for lines in self._files.values() for tests in lines.values() for test in tests
        )

    @cached_property
    def _seconds(self) -> dict[str, float]:
        """How long each test took that was green; one that was not would see every change."""
        return {test: seconds for part in self.parts for test, seconds in _times(part.times)}

    def portions(self, file: str, line: int) -> list[list[str]]:
        """Return the tests that run a line's statement, the most specific first, in portions.

        A line that runs when its module is imported says nothing by who ran it: that is whichever
        test came first. It is tried with the tests of the whole module, and first with those that
        name the module or the function in their id, or compare what it declares with the committed
        document: they may run nothing of it.
        """
        lines = next((found for path, found in self._files.items() if path.endswith(file)), {})
        if not lines:
            return []
        ran = lines.get(statement(file, line)) if is_in_function(file, line) else None
        tests = ran or {
            *(each for found in lines.values() for each in found),
            *(each for each in self._seconds if _is_named(file, each)),
        }
        green = tests & self._seconds.keys()

        def order(test: str) -> tuple[bool, int, str]:
            return not _is_named(file, test), self._sizes[test], test

        return self._portioned(sorted(green, key=order))

    def _portioned(self, tests: Sequence[str]) -> list[list[str]]:
        """Put tests into portions that take `MOST_SECONDS` at most, or are one test."""
        portions: list[list[str]] = []
        left = 0.0
        for test in tests:
            if not portions or self._seconds[test] > left:
                portions.append([])
                left = MOST_SECONDS
            portions[-1].append(test)
            left -= self._seconds[test]
        return portions[:MOST_PORTIONS]


def statement(file: str, line: int) -> int:
    """Return the first line of the innermost statement that has a line."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    around = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, default=line)


def is_in_function(file: str, line: int) -> bool:
    """Say whether a line is in the body of a function, and so runs when that is called."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return any(
        node.body[0].lineno <= line <= (node.end_lineno or line)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )


def _times(path: Path) -> Iterator[tuple[str, float]]:
    """Go through the green tests that pytest reported: the id, and how many seconds it took."""
    for case in ET.parse(path).iterfind(".//testcase"):  # noqa: S314 - pytest's own report
        if not {each.tag for each in case} & {"failure", "error", "skipped"}:
            yield f"{case.get('file')}::{case.get('name')}", float(case.get("time", 0))


def _is_named(file: str, test: str) -> bool:
    """Say whether a test is known to look at what a module declares.

    Its parameters name the function, or something in the module; or it compares the schemas of what
    is sent and answered with those that were committed.
    """
    path = Path(file)
    if "web" in path.parts and test.startswith(DOCUMENTED):
        return True
    parameters = test.partition("[")[2].removesuffix("]").split("-")
    if path.parts[0] == "functions":
        return path.parent.name in parameters
    module = ".".join(path.with_suffix("").parts[len(PACKAGE) :])
    return any(each.startswith(f"{module}.") for each in parameters)


def _test(context: str) -> str:
    return context.rpartition("|")[0] or context
