"""Build the template with SAM for this machine, when a source has changed since the last build."""

import fcntl
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.stack_layout import BUILD, PROJECT, StackLayout, architecture
from local.tools import run_tool

TEMPLATE = BUILD / "build" / "template.yaml"
_SOURCES = ("template.yaml", "samconfig.toml", "functions", "layers")
_PARTS_OF_A_DEPLOYMENT = ("deploy.py", "routes.py")


def fingerprint() -> str:
    """Names the sources, the machine and the way they are deployed; any change changes it."""
    digest = hashlib.sha256(architecture().encode())
    parts = [PROJECT / "local" / name for name in _PARTS_OF_A_DEPLOYMENT]
    for path in [*_source_files(), *parts]:
        digest.update(str(path.relative_to(PROJECT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def is_current() -> bool:
    """Whether what is built is what the sources say."""
    stamp = BUILD / "fingerprint"
    return TEMPLATE.exists() and stamp.exists() and stamp.read_text() == fingerprint()


def build(layout: StackLayout, packages: Mapping[str, str]) -> None:
    """Run `sam build`, pip taking what it installs from where the variables *packages* say.

    Raises StackError with the end of its output.
    """
    sources = fingerprint()
    command = ["sam", "build", "--config-env", "local"]
    command += ["--build-dir", str(BUILD / "build"), "--cache-dir", str(BUILD / "cache")]
    command += ["--parameter-overrides", f"Architecture={architecture()}"]
    run_tool(command, log=layout.log("build"), extra=packages)
    (BUILD / "fingerprint").write_text(sources)


@contextmanager
def build_lock() -> Iterator[None]:
    """Held while building and deploying: stacks that start together share one build."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _source_files() -> Iterator[Path]:
    for name in _SOURCES:
        source = PROJECT / name
        found = [source] if source.is_file() else sorted(source.rglob("*"))
        yield from (p for p in found if p.is_file() and "__pycache__" not in p.parts)
