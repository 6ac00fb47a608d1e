"""Find, start and stop the process that runs a stack."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import httpx

from local import calling, emulator, standin
from local.progress import StackError, say
from local.stack_layout import PROJECT, StackLayout

_UP_WITHIN_SECONDS = 600
_DOWN_WITHIN_SECONDS = 180


@contextmanager
def hold_place(layout: StackLayout) -> Iterator[None]:
    """Be the one process that runs this stack. Raises StackError when there is another."""
    layout.directory.mkdir(parents=True, exist_ok=True)
    with layout.lock_file.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StackError(f"a stack is already up on {layout.url}") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        if _health(layout) is not None:
            _refuse_another(layout)
        yield


def running(layout: StackLayout) -> int | None:
    """The id of the process that runs this stack, if one does."""
    if not layout.lock_file.exists():
        return None
    with layout.lock_file.open("r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(lock.read() or 0)
    return None


def healthy(layout: StackLayout) -> bool:
    """Whether this very stack's gateway says that everything is deployed and seeded."""
    return _health(layout) == {"status": "ready", "stack": layout.identity}


def require_up(layout: StackLayout) -> None:
    """Raise StackError, with what to do, unless this very stack is up."""
    health = _health(layout)
    if health == {"status": "ready", "stack": layout.identity}:
        return
    if health is not None and health.get("stack") != layout.identity:
        _refuse_another(layout)
    raise StackError(f"nothing runs on {layout.url}: `{layout.make('up')}` first")


def _refuse_another(layout: StackLayout) -> NoReturn:
    raise StackError(
        f"what runs on {layout.url} is the stack of another folder;"
        f" stop it there, or use another port: `make up PORT={layout.port + 10}`"
    )


def up(layout: StackLayout) -> None:
    """Start the stack in the background and return once it is healthy. Raises StackError if not."""
    if running(layout):
        _wait_until(layout, shown=0)
        say(f"Already up on {layout.url}.")
        return
    layout.directory.mkdir(parents=True, exist_ok=True)
    with layout.log("stack").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "run"],
            cwd=PROJECT,
            env=os.environ | {"PORT": str(layout.port), "PREPAID_LOCAL_DIR": str(layout.root)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _wait_until(layout, process=process)


def down(layout: StackLayout) -> None:
    """Stop the stack in order and wait for it. Raises StackError if it does not end."""
    pid = running(layout)
    if not pid:
        clean_up(layout)
        say(f"Nothing runs on {layout.url}.")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _DOWN_WITHIN_SECONDS
    while running(layout):
        if time.monotonic() > deadline:
            raise StackError(f"process {pid} does not end")
        time.sleep(0.1)
    say(f"Stopped {layout.url}; its state is kept.")


def reset(layout: StackLayout) -> None:
    """Forget everything that this stack keeps, stopping it first."""
    if running(layout):
        down(layout)
    clean_up(layout)
    shutil.rmtree(layout.directory, ignore_errors=True)
    shutil.rmtree(layout.temporary, ignore_errors=True)
    say(f"The next start on {layout.url} begins from nothing.")


def clean_up(layout: StackLayout) -> None:
    """End what a stack that was killed left running, saving what can be saved.

    Raises StackError when something does not end.
    """
    if standin.process(layout).end_leftover():
        say("  ended the stand-in for Stripe that a killed stack left behind")
    if calling.process(layout).end_leftover():
        say("  ended the stand-in for Vapi that a killed stack left behind")
    left = emulator.recover(layout)
    if left is emulator.Left.SAVED:
        say("  ended the emulator that a killed stack left behind; its state is saved")
    elif left is emulator.Left.LOST:
        say("  the last stop was not clean: what came after the last clean one is lost")


def _health(layout: StackLayout) -> dict[str, str] | None:
    """What the gateway says of itself, whoever's it is; None where none answers."""
    try:
        url = f"http://127.0.0.1:{layout.port}/_local/health"
        said = httpx.get(url, timeout=2, trust_env=False).json()
    except (httpx.HTTPError, ValueError):
        return None
    return dict(said) if isinstance(said, dict) else None


def _wait_until(
    layout: StackLayout, *, process: subprocess.Popen[bytes] | None = None, shown: int = 0
) -> None:
    """Show the stack's own progress lines until it is healthy."""
    deadline = time.monotonic() + _UP_WITHIN_SECONDS
    while True:
        ended = process is not None and process.poll() is not None
        is_up = healthy(layout)
        if process is not None:
            shown = _show_new_lines(layout, shown)
        if is_up:
            return
        if ended or time.monotonic() > deadline:
            raise StackError(f"the stack did not come up; see {layout.log('stack')}")
        time.sleep(0.2)


def _show_new_lines(layout: StackLayout, shown: int) -> int:
    """Print what the log has got since byte *shown*; the new position."""
    with layout.log("stack").open("rb") as log:
        log.seek(shown)
        lines = log.read()
    sys.stdout.write(lines.decode(errors="replace"))
    sys.stdout.flush()
    return shown + len(lines)
