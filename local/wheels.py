"""Fetch the layers' wheels once, so that every later build needs no network."""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from local.progress import StackError, step
from local.stack_layout import BUILD, PROJECT, StackLayout, architecture
from local.tools import run_tool

_WHEELS = BUILD.parent / "wheels"
_LAYERS = PROJECT / "layers"
_OF_THE_NETWORK = re.compile(
    r"PIP_\w+|(?:HTTPS?|ALL|NO)_PROXY|(?:https?|all|no)_proxy|SSL_CERT_(?:FILE|DIR)"
    r"|REQUESTS_CA_BUNDLE"
)


def directory() -> Path:
    """Where the wheels that the locks name for this machine lie, or will lie."""
    digest = hashlib.sha256()
    makefiles = [lock.with_name("Makefile") for lock in _locks()]
    for path in [*_locks(), *makefiles, _platforms_file()]:
        digest.update(path.read_bytes())
    return _WHEELS / f"{architecture()}-{digest.hexdigest()[:16]}"


def fetch(layout: StackLayout) -> dict[str, str]:
    """Fetch what is not there yet; the environment in which pip takes everything from there.

    Raises StackError when the package index cannot be reached.
    """
    wheels = directory()
    if not wheels.exists():
        with step("fetch the layers' packages, once"):
            _fetch_into(wheels, layout)
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}


def _fetch_into(wheels: Path, layout: StackLayout) -> None:
    """Fill a folder beside *wheels* and rename it: what has that name is complete."""
    partial = wheels.with_name(f"{wheels.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    log = layout.log("wheels")
    for lock in _locks():
        command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check"]
        command += ["--no-deps", "--require-hashes", "--requirement", str(lock)]
        command += ["--dest", str(partial), "--python-version", "3.13", "--only-binary=:all:"]
        command += _kind_of_wheels(lock.parent)
        try:
            run_tool(command, log=log, extra=_of_the_network())
        except StackError as exc:
            raise StackError(
                f"{exc}\n\nThe first build fetches the layers' packages from PyPI, so it needs the"
                " network once (behind a company's proxy: HTTPS_PROXY, and PIP_CERT for its"
                " certificate). Later builds need none."
            ) from exc
    for old in _WHEELS.iterdir():
        if old != partial:
            shutil.rmtree(old)
    partial.rename(wheels)


def _kind_of_wheels(layer: Path) -> list[str]:
    """The options by which the Makefile of *layer* chooses among a package's wheels."""
    makefile = (layer / "Makefile").read_text()
    pure = re.search(r"--implementation py\b", makefile) is not None
    if pure:
        return ["--implementation", "py", "--platform", "any", "--abi", "none"]
    platforms = re.findall(r"^PLATFORMS := (.*)$", _platforms_file().read_text(), re.MULTILINE)
    options = [f"--platform={name}" for name in " ".join(platforms).split()]
    return ["--implementation", "cp", *options]


def _of_the_network() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if _OF_THE_NETWORK.fullmatch(name)}


def _locks() -> list[Path]:
    return sorted(_LAYERS.glob("*/requirements.txt"))


def _platforms_file() -> Path:
    return _LAYERS / "prepaid" / "wheels" / architecture() / "wheels.mk"
