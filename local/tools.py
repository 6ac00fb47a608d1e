"""Run a command-line tool in the clean environment, with its output in a log."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.progress import StackError
from local.stack_layout import PROJECT, clean_environment

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
        text = log.read_text(errors="replace")
        if "No space left on device" in text:
            raise StackError(f"the disk is full: {Path(command[0]).name} cannot write ({log})")
        tail = text.splitlines()[-_SHOWN_LINES:]
        raise StackError("\n".join([f"{_named(command)} failed ({log}):", *tail]))


def _named(command: Sequence[str]) -> str:
    """The tool and its command: `sam build`, `pip download`."""
    words = command[2:] if command[1] == "-m" else command
    return " ".join(words[:2])
