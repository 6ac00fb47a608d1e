"""Know a process again by its id and the moment it started, so that no other is ended."""

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from local.progress import StackError

_LINUX = Path("/proc/sys/kernel/random/boot_id")
_START_FIELD = 19  # of what follows the name in /proc/<pid>/stat: field 22, starttime; see proc(5)


def record(pid: int, file: Path) -> None:
    """Write down that process *pid* is ours, as it runs now."""
    file.write_text(json.dumps({"pid": pid, "started": started(pid)}))


def recorded(file: Path) -> int | None:
    """The process that *file* records, if that very process still runs."""
    try:
        noted = json.loads(file.read_text())
        pid, start = int(noted["pid"]), str(noted["started"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return pid if pid > 1 and started(pid) == start else None


def started(pid: int) -> str | None:
    """When process *pid* started, in words of this machine; None when it has ended."""
    if _LINUX.exists():
        return _started_on_linux(pid)
    shown = subprocess.run(  # noqa: S603 - fixed command, no shell
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)],  # noqa: S607 - ps is where POSIX puts it
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    state, _, start = shown.partition(" ")
    return start.strip() if start and not state.startswith("Z") else None


def end(file: Path, *, within_seconds: float, name: str) -> bool:
    """End the process that *file* records and wait for it; False when it does not run.

    It is asked to end, never killed: it may be saving. Raises StackError if it does not end.
    """
    pid = recorded(file)
    if pid is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + within_seconds
    while recorded(file):
        if time.monotonic() > deadline:
            raise StackError(f"{name} of an earlier start (process {pid}) does not end")
        time.sleep(0.05)
    return True


def _started_on_linux(pid: int) -> str | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()  # a name may hold blanks and brackets
    if fields[0] in {"Z", "X"}:
        return None
    return f"{_LINUX.read_text().strip()}:{fields[_START_FIELD]}"
