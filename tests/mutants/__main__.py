"""Take each defence away in a copy of the project, and expect the tests that it names to go red."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.mutant import ROOT, BadTable, Mutant, drawn, read_tables, say
from tests.mutants.runner import RED, copied, reds_without_mutants, results


def commit() -> str:
    """Return the hash of the commit that is checked out, or nothing outside a repository."""
    command = ["git", "rev-parse", "HEAD"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)  # noqa: S603 - no text of others
    return ran.stdout.strip() if ran.returncode == 0 else ""


def parsed(arguments: Sequence[str] | None) -> tuple[argparse.ArgumentParser, argparse.Namespace]:
    """Read the command line; return its parser as well, which ends the command with an error."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--few", action="store_true", help="try one of each feature, drawn by seed")
    parser.add_argument("--seed", default="", help="what to draw by; the commit's hash otherwise")
    parser.add_argument("--feature", action="append", default=[], help="try only this table")
    parser.add_argument("--jobs", type=int, default=os.process_cpu_count() or 1, help="at once")
    parser.add_argument("names", nargs="*", help="try only these")
    return parser, parser.parse_args(arguments)


def chosen(mutants: Sequence[Mutant], names: set[str], features: set[str]) -> list[Mutant]:
    """Return the mutants of these names and features; raise `BadTable` where one is missing."""
    if missing := features - {each.feature for each in mutants}:
        raise BadTable(f"there is no table {', '.join(sorted(missing))}")
    if missing := names - {each.name for each in mutants}:
        raise BadTable(f"there is no mutant {', '.join(sorted(missing))}")
    return [
        each
        for each in mutants
        if (not names or each.name in names) and (not features or each.feature in features)
    ]


def tried(mutants: Sequence[Mutant], jobs: int) -> int:
    """Try the mutants, a line for each; return 0 when all are red."""
    alive = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as directory:
        count = max(1, min(jobs, len(mutants)))
        places = [copied(Path(directory) / str(number)) for number in range(count)]
        if said := reds_without_mutants(mutants, places):
            say(f"{said}\nThe tests are not green without a mutant.")
            return 1
        for each in results(mutants, places):
            alive += each.verdict != RED
            label = f"{each.mutant.feature} {each.mutant.name}"
            say(f"{each.verdict:16} {each.seconds:5.1f} s  {label:42} {each.mutant.defence}")
    say(f"{len(mutants) - alive} of {len(mutants)} mutants are red")
    return 1 if alive else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants that were asked for; return 0 when all are red."""
    parser, asked = parsed(arguments)
    try:
        mutants = chosen(read_tables(), set(asked.names), set(asked.feature))
    except BadTable as exc:
        parser.error(str(exc))
    if asked.few:
        seed = asked.seed or commit() or parser.error("there is no commit to draw by: give --seed")
        mutants = drawn(mutants, seed)
        say(f"One of each feature, drawn by {seed}; the same again: make mutants few=1 seed={seed}")
    if not mutants:
        parser.error("no mutant is of these names and of this feature")
    return tried(mutants, asked.jobs)


if __name__ == "__main__":
    sys.exit(main())
