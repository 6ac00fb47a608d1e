"""Break each defence in a copy of the project, and expect the tests that it names to go red."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[2]
PATCHES = Path(__file__).parent / "patches"
NEEDED = ("layers", "functions", "tests", "local", "pyproject.toml", "template.yaml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".aws-sam", ".local", "wheels", "node_modules")
FEW = ("version-condition", "replay-before-refusal", "carry-kept", "expired-not-spendable")
FAILED = 1
"""What pytest exits with when it ran and tests failed; any other failure is not a red test."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A patch that takes one defence away: what it defends, and the tests that must go red."""

    patch: Path
    defence: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        """The patch's name without its number."""
        return self.patch.stem.partition("-")[2]


def read(patch: Path) -> Mutant:
    """Read a patch's two header lines, ``Defence: …`` and ``Red: test test …``."""
    first, second, *_ = patch.read_text(encoding="utf-8").splitlines()
    if not first.startswith("Defence: ") or not second.startswith("Red: "):
        raise SystemExit(f"{patch.name} does not begin with its defence and its tests")
    tests = tuple(second.removeprefix("Red: ").split())
    return Mutant(patch, first.removeprefix("Defence: "), tests)


def copied(place: Path) -> Path:
    """Copy what the tests need to *place*."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=LEFT_OUT)
        elif source.exists():
            shutil.copy2(source, place / name)
    return place


def apply(patch: Path, place: Path, *, back: bool = False) -> bool:
    """Apply a patch in *place*, or take it *back*; say whether it fits."""
    command = ["git", "apply", "--unidiff-zero", *(["--reverse"] if back else []), str(patch)]
    return subprocess.run(command, cwd=place, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own patches


def tested(tests: Iterable[str], place: Path) -> tuple[int, str]:
    """Run tests in *place*; return pytest's exit code and the lines that name what failed."""
    options = ["-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-rfE"]
    command = [sys.executable, "-B", "-m", "pytest", *options, *dict.fromkeys(tests)]
    ran = subprocess.run(command, cwd=place, capture_output=True, check=False, text=True)  # noqa: S603 - our own tests
    return ran.returncode, ran.stdout


def verdict(mutant: Mutant, place: Path) -> str:
    """Return what became of a mutant: ``red`` when each of its tests failed, or what is wrong."""
    if not apply(mutant.patch, place):
        return "DOES NOT APPLY"
    try:
        code, said = tested(mutant.tests, place)
    finally:
        apply(mutant.patch, place, back=True)
    if code not in {0, FAILED}:
        return f"PYTEST SAYS {code}"
    return "red" if all(f"FAILED {test}" in said for test in mutant.tests) else "SURVIVED"


def tried(mutants: Sequence[Mutant], place: Path) -> int:
    """Print a line for each mutant; return how many of them were not killed."""
    alive = 0
    for mutant in mutants:
        began = monotonic()
        result = verdict(mutant, place)
        alive += result != "red"
        seconds = monotonic() - began
        print(f"{result:16} {seconds:5.1f} s  {mutant.name:28} {mutant.defence}", flush=True)  # noqa: T201 - a command's answer
    return alive


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants; return 0 when all are red."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--few", action="store_true", help="try four fast ones")
    parser.add_argument("names", nargs="*", help="try only these")
    asked = parser.parse_args(arguments)
    wanted = set(asked.names) | (set(FEW) if asked.few else set())
    mutants = list(map(read, sorted(PATCHES.glob("*.patch"))))
    chosen = [each for each in mutants if each.name in wanted] if wanted else mutants
    if missing := wanted - {each.name for each in chosen}:
        parser.error(f"there is no mutant {', '.join(sorted(missing))}")
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        place = copied(Path(directory))
        code, said = tested((test for each in chosen for test in each.tests), place)
        if code != 0:
            print(said, "The tests are not green without a mutant.")  # noqa: T201 - a command's answer
            return 1
        alive = tried(chosen, place)
    print(f"{len(chosen) - alive} of {len(chosen)} mutants are red")  # noqa: T201 - a command's answer
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
