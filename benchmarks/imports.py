"""What a cold start imports: the layer as it ships against a bare client as pip installs it.

Both are compiled. A bare client from the layer, whose SDK is pruned, is measured beside them.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import boto3

from local.stack_layout import PROJECT, architecture, clean_environment

SPEND_FUNCTION = "record_usage"
SDK = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3")
BARE = "import boto3; boto3.client('dynamodb')"
PATHS = {
    "boto3.client('dynamodb')": BARE,
    "the same from the layer": BARE,
    "the ledger and its store": (
        "import prepaid.metering.usage, prepaid.ledger.dynamodb.store,"
        " prepaid.catalogue.dynamodb.catalogue, prepaid.runtime.retries;"
        " from prepaid.dynamodb.client import shared_client; shared_client()"
    ),
    "the spend path: record_usage": (
        "import app; from prepaid.dynamodb.client import shared_client; shared_client()"
    ),
}
TIMED = "import time; begun = time.process_time(); {}; print(time.process_time() - begun)"


@dataclass(frozen=True, slots=True)
class Start:
    """What one way of starting costs."""

    name: str
    milliseconds: float


def measured(directory: Path, *, times: int) -> list[Start]:
    """Start each way *times* in turn, each in a process of its own; return medians."""
    ours = _environment(_built_layer(directory), _compiled_function(directory))
    environments = dict.fromkeys(PATHS, ours) | {next(iter(PATHS)): _environment(_sdk(directory))}
    taken: dict[str, list[float]] = {name: [] for name in PATHS}
    for _ in range(times):
        for name, statements in PATHS.items():
            taken[name].append(_seconds(statements, environments[name]))
    return [Start(name, median(seconds) * 1000) for name, seconds in taken.items()]


def _environment(*places: Path) -> dict[str, str]:
    return clean_environment() | {
        "PYTHONPATH": os.pathsep.join(map(str, places)),
        "AWS_LAMBDA_FUNCTION_NAME": SPEND_FUNCTION,
    }


def _sdk(directory: Path) -> Path:
    """Copy the SDK as pip installed it, and compile it as the layer is compiled."""
    installed, place = Path(boto3.__file__).parents[1], directory / "sdk"
    place.mkdir()
    for name in SDK:
        source = installed / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place)
    _compile(place)
    return place


def _built_layer(directory: Path) -> Path:
    layer = PROJECT / "layers" / "prepaid"
    _run(
        "make",
        "--silent",
        f"--directory={layer / 'wheels' / architecture()}",
        "--file=../../Makefile",
        "build-PrepaidLayer",
        f"ARTIFACTS_DIR={directory / 'layer'}",
    )
    return directory / "layer" / "python"


def _compiled_function(directory: Path) -> Path:
    place = directory / "function"
    shutil.copytree(
        PROJECT / "functions" / SPEND_FUNCTION, place, ignore=shutil.ignore_patterns("__pycache__")
    )
    _compile(place)
    return place


def _compile(place: Path) -> None:
    _run(sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", place)


def _seconds(statements: str, environment: dict[str, str]) -> float:
    """Run *statements* without the machine's own packages; return the CPU time they took."""
    return float(_run(sys.executable, "-S", "-c", TIMED.format(statements), env=environment))


def _run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(  # noqa: S603 - our own tools, no shell
        command, env=env or clean_environment(), text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout
