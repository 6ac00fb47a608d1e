"""Change the product at random places, a seeded sample, and list which changes no test sees.

Cosmic Ray draws and makes the changes, in an environment of its own. Which tests may see one is
known from coverage's contexts; they have a minute. A survivor is either a hole in the tests or a
change that means the same: a person judges it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.mutants.__main__ import commit
from tests.mutants.contexts import CODE, Contexts, fingerprint, parts, record
from tests.mutants.mutant import ROOT, Change, Mutant, say
from tests.mutants.runner import DID_NOT_END, SHORTLY, Result, copied, results, tested_within

TOOL = ROOT / ".cosmic-ray"
CHANGES = ROOT / "tests/mutants/cosmic_ray/changes.py"
PACKAGE = "layers/prepaid/prepaid"
LIMIT_SECONDS = 60.0
ONLY_DECLARE = ("__init__.py", "ports.py")
KILLED, ENDLESS = "killed", "endless"
SURVIVED, UNTESTED, TOO_SLOW = "SURVIVED", "UNTESTED", "TOO SLOW"


def area(file: Path) -> str:
    """Return the area of a module: what kind of code it is."""
    parts = {*file.parts, file.stem}
    kinds = {
        "functions": "functions",
        "stripe": "Stripe adapter",
        "vapi": "Vapi adapter",
        "dynamodb": "DynamoDB adapters",
        "eventbridge": "DynamoDB adapters",
        "web": "web",
        "runtime": "runtime",
        "domain": "rules",
    }
    return next((kind for part, kind in kinds.items() if part in parts), "use cases")


def areas() -> dict[str, list[str]]:
    """Return the modules of each area; ports only declare."""
    found: dict[str, list[str]] = {}
    for folder in (PACKAGE, "functions"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not path.name.endswith(ONLY_DECLARE) and "openapi" not in path.stem:
                file = path.relative_to(ROOT)
                found.setdefault(area(file), []).append(file.as_posix())
    return found


def drawn(seed: str, count: int, only: str | None = None) -> list[Mutant]:
    """Return *count* changes, the same ones for a seed, as many of each area."""
    files = {name: paths for name, paths in areas().items() if only in {None, name}}
    each = -(-count // len(files))
    asked = {name: {"files": paths, "count": each} for name, paths in files.items()}
    made = json.loads(changes(json.dumps({"seed": seed, "areas": asked})))
    return [mutant(change, number) for number, change in enumerate(made)]


def changes(asked: str) -> str:
    """Have changes drawn, which takes minutes; what was drawn of the same code is kept."""
    drawn_of = sha256(f"{asked} {fingerprint(CODE)}".encode()).hexdigest()
    memory = TOOL / "drawn" / f"{drawn_of}.json"
    if not memory.exists():
        ran = subprocess.run(  # noqa: S603 - our own tool
            [TOOL / "bin/python", CHANGES],
            input=asked,
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        )
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(ran.stdout, encoding="utf-8")
    return memory.read_text(encoding="utf-8")


def mutant(change: Mapping[str, Any], number: int) -> Mutant:
    """Return a change that was drawn; the text that it replaces is the whole module."""
    text = (ROOT / change["file"]).read_text(encoding="utf-8")
    what = f"{change['file']}:{change['line']}: {difference(text, change['text'])}"
    line = str(change["line"])
    changes = (Change(text, change["text"]),)
    return Mutant(change["area"], f"change-{number}", what, change["file"], changes, (line,))


def difference(before: str, after: str) -> str:
    """Return what of the first line that differs became what."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    old, new = next(((a, b) for a, b in pairs if a != b), ("", ""))
    return f"{old.strip()} → {new.strip()}"


@dataclass(frozen=True, slots=True)
class Trial:
    """Tries a change with the tests that run its line; a change that was seen is not tried twice.

    What saw a change is kept in the folder *seen*, so that a run goes on where one was interrupted.
    A survivor is tried each time: there may be a test for it now.
    """

    contexts: Contexts
    seen: Path

    def __call__(self, mutant: Mutant, place: Path) -> str:
        """Return what the tests say; the module in *place* is then as it was before."""
        memory = self.seen / sha256(f"{mutant.file} {mutant.changes[0].new}".encode()).hexdigest()
        if memory.exists():
            return memory.read_text(encoding="utf-8")
        verdict = UNTESTED
        for tests in self.contexts.portions(mutant.file, int(mutant.tests[0])):
            verdict = self._tried(mutant, place, tests)
            if is_seen(verdict):
                self.seen.mkdir(exist_ok=True)
                memory.write_text(verdict, encoding="utf-8")
                break
        return verdict

    def _tried(self, mutant: Mutant, place: Path, tests: Sequence[str]) -> str:
        """Return the verdict of some tests.

        Tests that do not end prove something only when they end soon without the change.
        """
        path = place / mutant.file
        sound = path.read_text(encoding="utf-8")
        path.write_text(mutant.applied(sound), encoding="utf-8")
        try:
            code, said = tested_within(LIMIT_SECONDS, ["-x", *tests], place, **SHORTLY)
        finally:
            path.write_text(sound, encoding="utf-8")
        if code == 0:
            return SURVIVED
        if code == DID_NOT_END:
            code, _ = tested_within(LIMIT_SECONDS / 2, ["-x", *tests], place, **SHORTLY)
            return ENDLESS if code == 0 else TOO_SLOW
        return f"{KILLED} by {first_red(said)}"


def is_seen(verdict: str) -> bool:
    """Say whether the tests saw a change."""
    return verdict == ENDLESS or verdict.startswith(KILLED)


def first_red(said: str) -> str:
    """Return which test failed first, or that no test could even be read."""
    named = (each.split()[1] for each in said.splitlines() if each.startswith(("FAILED", "ERROR ")))
    return next(named, "every test")


def counted(done: Sequence[Result]) -> str:
    """Return how many changes of each area were seen."""
    all_of = Counter(each.mutant.feature for each in done)
    seen = Counter(each.mutant.feature for each in done if is_seen(each.verdict))
    lines = [f"{name:18} {seen[name]:3} of {all_of[name]:3}" for name in sorted(all_of)]
    return "\n".join([*lines, f"{'all':18} {seen.total():3} of {all_of.total():3}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the sample, a line for each change, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.sample", description=__doc__)
    parser.add_argument("--seed", default=commit(), help="what to draw by; the commit if not")
    parser.add_argument("--count", type=int, default=100, help="how many changes")
    parser.add_argument("--area", help="only changes of this area")
    parser.add_argument("--jobs", type=int, default=os.process_cpu_count() or 1, help="at once")
    asked = parser.parse_args(arguments)
    folders = parts(TOOL / "contexts")
    if needed := [each for each in folders if not each.is_kept()]:
        say(f"which tests run which line: {len(needed)} of {len(folders)} folders are run once")
        record(needed, asked.jobs)
    done = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        copies = [copied(Path(directory) / str(number)) for number in range(asked.jobs)]
        sample = drawn(asked.seed, asked.count, asked.area)
        trial = Trial(Contexts([each for each in folders if each.is_kept()]), TOOL / "seen")
        for each in results(sample, copies, trial):
            done.append(each)
            say(f"{len(done):3} of {len(sample)} {each.seconds:5.1f} s  {each.mutant.defence}")
            say(f"{'':18}{each.verdict}")
    say(counted(done))
    say(f"drawn by {asked.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
