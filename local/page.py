"""Build the page that the gateway serves; the API does without it where Node is missing."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from local.progress import say, step
from local.stack_layout import PROJECT, StackLayout, clean_environment

SOURCE = PROJECT / "frontend"
PAGE = SOURCE / "dist-app"
_STAMP = PAGE / ".built-from"
_PARTS = ("src", "app", "index.html", "vite.config.ts", "package-lock.json")
_LEAST_NODE = 20


def fingerprint() -> str:
    """Names the page's sources; any change changes it."""
    digest = hashlib.sha256()
    for name in _PARTS:
        part = SOURCE / name
        for path in [part] if part.is_file() else sorted(part.rglob("*")):
            if path.is_file():
                digest.update(str(path.relative_to(SOURCE)).encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(page: Path = PAGE) -> bool:
    """Whether what is built is what the sources say."""
    stamp = page / _STAMP.name
    return stamp.is_file() and stamp.read_text() == fingerprint()


def missing_tool() -> str | None:
    """What stands in the way of building, as a sentence; None when nothing does."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return f"Node {_LEAST_NODE} and npm are not here"
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - found on PATH
    major = found.strip().removeprefix("v").split(".")[0]
    if not major.isdecimal() or int(major) < _LEAST_NODE:
        return f"Node {found.strip()} is too old: {_LEAST_NODE} or newer is needed"
    return None


def build(layout: StackLayout) -> bool:
    """Build the page if its sources have changed; whether there is one to serve afterwards.

    Never raises for a page that cannot be built: it says why, and the API starts all the same.
    With `PAGE=0` in the environment nothing is built.
    """
    if os.environ.get("PAGE") == "0":
        return is_current()
    SOURCE.joinpath("dist-app").mkdir(exist_ok=True)
    with (SOURCE / "dist-app" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current():
            return True
        reason = missing_tool()
        if reason is not None:
            say(f"  ! {reason}: the page at {layout.url}/credits is not built. The API works.")
            say(f"    Install Node {_LEAST_NODE} and start again; only this build needs it.")
            return False
        with step("build the page"):
            failed = _run_build(layout)
        if failed:
            say(f"  ! the page could not be built; see {layout.log('page')}. The API works.")
        return not failed


def _run_build(layout: StackLayout) -> bool:
    certificates = {
        name: os.environ[name] for name in ("NODE_EXTRA_CA_CERTS",) if name in os.environ
    }
    environment = clean_environment() | certificates | {"VITE_LOCAL": "1"}
    sources = fingerprint()
    commands = [
        ["make", "--no-print-directory", "-C", str(PROJECT), "page-packages"],
        ["npx", "--no-install", "vite", "build", "--emptyOutDir"],
    ]
    with layout.log("page").open("wb") as log:
        for command in commands:
            done = subprocess.run(  # noqa: S603 - the project's own commands, no shell
                command, cwd=SOURCE, env=environment, stdout=log, stderr=log, check=False
            )
            if done.returncode:
                return True
    _STAMP.write_text(sources)
    return False
