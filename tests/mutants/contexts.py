"""Which tests run which line, from one run of the quick tests under coverage's contexts."""

import ast
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coverage import CoverageData

from tests.mutants.mutant import ROOT
from tests.mutants.runner import OPTIONS, copied

SETTINGS = """[run]
source = layers/prepaid/prepaid,functions
relative_files = true
"""
RECORDED = ("-m", "not emulator", "--ignore=tests/mutants", "--ignore=tests/conventions")
MOST = 150
"""How many tests are tried for one change, those that run the fewest lines first."""


def record(data: Path, jobs: int) -> None:
    """Run the quick tests of a copy of the project; keep in *data* which of them ran which line."""
    with tempfile.TemporaryDirectory(prefix="contexts-") as directory:
        place = copied(Path(directory) / "project")
        settings = place / ".coveragerc"
        settings.write_text(SETTINGS, encoding="utf-8")
        coverage = ("--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=")
        shared = ("--numprocesses", str(jobs), "--dist", "loadfile")
        command = [sys.executable, "-B", "-m", "pytest", *OPTIONS, *RECORDED, *coverage, *shared]
        subprocess.run(command, cwd=place, check=False)  # noqa: S603 - our own tests
        (place / ".coverage").rename(data)


@dataclass(frozen=True)
class Contexts:
    """The tests that run a line, from the coverage data in *path*."""

    path: Path

    @cached_property
    def _data(self) -> CoverageData:
        data = CoverageData(str(self.path))
        data.read()
        return data

    @cached_property
    def _files(self) -> dict[str, dict[int, list[str]]]:
        measured = self._data.measured_files()
        return {each: self._data.contexts_by_lineno(each) for each in measured}

    @cached_property
    def _sizes(self) -> Counter[str]:
        """How many lines each test runs."""
        sizes: Counter[str] = Counter()
        for lines in self._files.values():
            for contexts in lines.values():
                sizes.update(map(_test, contexts))
        return sizes

    def tests(self, file: str, line: int) -> list[str]:
        """Return the tests that run a line's statement, the most specific first.

        A line that runs when its module is imported, and then never again, is tried with the
        tests of the whole module.
        """
        lines = next((found for path, found in self._files.items() if path.endswith(file)), {})
        if not lines:
            return []
        tests = _tests(lines.get(statement(file, line), ()))
        tests = tests or _tests([each for contexts in lines.values() for each in contexts])
        return sorted(tests, key=lambda each: (self._sizes[each], each))[:MOST]


def statement(file: str, line: int) -> int:
    """Return the first line of the innermost statement that has a line."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    around = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, default=line)


def _tests(contexts: list[str] | tuple[str, ...]) -> set[str]:
    return {_test(each) for each in contexts if each}


def _test(context: str) -> str:
    return context.rpartition("|")[0] or context
