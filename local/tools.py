"""Run a command-line tool in the clean environment, with its output in a log."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.places import PROJECT, clean_environment
from local.progress import StackError

_SHOWN_LINES = 40


def run_tool(command: Sequence[str], *, log: Path, extra: Mapping[str, str] | None = None) -> None:
    """Run *command* in the project, writing to *log*. Raises StackError with the log's end."""
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = clean_environment() | dict(extra or {})
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 - fixed commands, no shell
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        tail = log.read_text(errors="replace").splitlines()[-_SHOWN_LINES:]
        raise StackError("\n".join([f"{' '.join(command[:2])} failed ({log}):", *tail]))
