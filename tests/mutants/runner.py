"""Apply mutants in copies of the project, several at once, and see which tests fail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from tests.mutants.mutant import ROOT, Mutant

LEFT_OUT = shutil.ignore_patterns(
    *(
        ".git",
        ".venv",
        ".clients",
        ".cosmic-ray",
        ".aws-sam",
        ".local",
        "__pycache__",
        ".*_cache",
        "wheels",
    ),
    "node_modules",
)
OPTIONS = (
    *("-q", "--no-header", "--tb=no", "-rfE"),
    *("-p", "no:cacheprovider"),
)
LIMIT_SECONDS = 900
RED = "red"
DID_NOT_END = -1
"""What stands for pytest's exit code when it was stopped before it ended."""
FAILED = 1
"""What pytest exits with when it ran and tests failed; any other failure is not a red test."""
SHORTLY = {"SHORT_TESTS": "1"}
"""Makes laws try a fifth of their examples."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant: ``red``, or what is wrong with it."""

    mutant: Mutant
    verdict: str
    seconds: float


def copied(place: Path) -> Path:
    """Copy the project to *place*, without what tools and builds leave in it."""
    shutil.copytree(ROOT, place, ignore=LEFT_OUT)
    return place


def tested(tests: Sequence[str], place: Path) -> tuple[int, str]:
    """Run tests in *place*; return pytest's exit code and the lines that name what failed."""
    return tested_within(LIMIT_SECONDS, tests, place)


def tested_within(
    seconds: float, tests: Sequence[str], place: Path, **variables: str
) -> tuple[int, str]:
    """Run tests in *place*, as `tested` does, with more environment *variables*.

    Tests that do not end within *seconds* are stopped; the code is then `DID_NOT_END`.
    """
    command = [sys.executable, "-B", "-m", "pytest", *OPTIONS, *dict.fromkeys(tests)]
    try:
        ran = subprocess.run(  # noqa: S603 - our own tests
            command,
            cwd=place,
            env={**os.environ, **variables},
            capture_output=True,
            check=False,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return DID_NOT_END, f"The tests did not end within {seconds} seconds."
    return ran.returncode, ran.stdout + ran.stderr


def has_failed(test: str, said: str) -> bool:
    """Say whether pytest named *test* as failed; one without parameters failed with any of them."""
    line = f"FAILED {test}"
    return any(
        each == line or each.startswith((f"{line} - ", f"{line}[")) for each in said.splitlines()
    )


def verdict(mutant: Mutant, place: Path) -> str:
    """Return ``red``, or what is wrong, of a mutant in *place*, which is then as it was before.

    Red is only when each of the tests ran and failed: one that cannot be collected, or whose
    fixture fails, proves nothing.
    """
    path = place / mutant.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(mutant.applied(sound), encoding="utf-8")
    try:
        code, said = tested(mutant.tests, place)
    finally:
        path.write_text(sound, encoding="utf-8")
    if code not in {0, FAILED}:
        return f"PYTEST SAYS {code}"
    return RED if all(has_failed(test, said) for test in mutant.tests) else "SURVIVED"


def results(
    mutants: Sequence[Mutant],
    places: Sequence[Path],
    trial: Callable[[Mutant, Path], str] = verdict,
) -> Iterator[Result]:
    """Try mutants at once, one in each place; give the results in the order of *mutants*."""
    free: SimpleQueue[Path] = SimpleQueue()
    for place in places:
        free.put(place)

    def tried(mutant: Mutant) -> Result:
        place = free.get()
        began = monotonic()
        try:
            return Result(mutant, trial(mutant, place), monotonic() - began)
        finally:
            free.put(place)

    with ThreadPoolExecutor(len(places)) as pool:
        yield from pool.map(tried, mutants)


def reds_without_mutants(mutants: Sequence[Mutant], places: Sequence[Path]) -> str:
    """Run the mutants' tests on the project as it is; return what pytest says of red ones."""
    tests = sorted({test for each in mutants for test in each.tests})
    size = -(-len(tests) // len(places))
    parts = [tests[start : start + size] for start in range(0, len(tests), size)]
    with ThreadPoolExecutor(len(places)) as pool:
        ran = list(pool.map(tested, parts, places))
    return "\n".join(said for code, said in ran if code != 0)
