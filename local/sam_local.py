"""Serve the same functions with `sam local start-api`, against the local stack's tables."""

import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import docker  # type: ignore[import-untyped]  # it comes with sam; no stubs
import yaml
from docker.errors import DockerException  # type: ignore[import-untyped]  # as above

from local.aws import client
from local.build import TEMPLATE
from local.control import healthy, up
from local.deploy import resources
from local.progress import say
from local.relay import reachable_emulator
from local.stack_layout import REGION, StackLayout, architecture, clean_environment
from local.template import read_template

_ENGINE_API = "1.41"  # one that every engine of today speaks, so that none is negotiated
_ENGINE_ANSWERS_WITHIN = 20
"""Seconds."""


def serve(layout: StackLayout) -> None:
    """Serve the API on PORT+3 until Ctrl-C, starting the stack if need be.

    Where no container engine answers, say so and return.
    """
    if not engine_answers():
        say("Skipped: `sam local` runs functions in containers, and no container engine answers.")
        return
    if not healthy(layout):
        up(layout)
    template = TEMPLATE.with_name("sam-local.yaml")
    template.write_text(
        yaml.safe_dump(_template(layout, reachable_emulator(layout)), sort_keys=False)
    )
    say(f"sam local serves http://localhost:{layout.port + 3}/api/credits")
    command = [str(Path(sys.executable).with_name("sam")), "local", "start-api"]
    command += ["--template", str(template), "--port", str(layout.port + 3), "--region", REGION]
    command += [
        "--warm-containers",
        "LAZY",
        "--skip-pull-image",
        "--parameter-overrides",
        f"Architecture={architecture()}",
        "Examples=true",
    ]
    process = subprocess.Popen(command, env=clean_environment())  # noqa: S603 - no shell
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    with suppress(KeyboardInterrupt):
        process.wait()
    process.terminate()
    process.wait()


def engine_answers() -> bool:
    """Whether a container engine answers where `sam` looks for one; no command line is needed."""
    try:
        client = docker.from_env(
            version=_ENGINE_API, timeout=_ENGINE_ANSWERS_WITHIN, environment=clean_environment()
        )
        with closing(client):
            return bool(client.ping())
    except (DockerException, OSError):
        return False


def _template(layout: StackLayout, emulator_url: str) -> dict[str, Any]:
    """The built template, its functions' variables as they are in the running stack."""
    built = read_template(TEMPLATE)
    names = resources(layout)
    functions = client(layout, "lambda")
    for logical_id, resource in built["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            deployed = functions.get_function_configuration(FunctionName=names[logical_id])
            variables = deployed["Environment"]["Variables"]
            resource["Properties"]["Environment"] = {
                "Variables": variables | {"AWS_ENDPOINT_URL": emulator_url}
            }
    return built
