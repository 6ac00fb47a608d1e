"""Serve the same functions with `sam local start-api`, against the local stack's tables."""

import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from local.aws import client
from local.build import TEMPLATE
from local.control import healthy, up
from local.deploy import resources
from local.places import REGION, Place, architecture, clean_environment
from local.progress import say
from local.relay import reachable_emulator
from local.template import read_template


def serve(place: Place) -> None:
    """Serve the API on PORT+3 until Ctrl-C, starting the stack if need be.

    Where no container engine answers, say so and return.
    """
    if not _engine_answers():
        say("Skipped: `sam local` runs functions in containers, and no container engine answers.")
        return
    if not healthy(place):
        up(place)
    template = TEMPLATE.with_name("sam-local.yaml")
    template.write_text(
        yaml.safe_dump(_template(place, reachable_emulator(place)), sort_keys=False)
    )
    say(f"sam local serves http://localhost:{place.port + 3}/api/credits")
    command = [str(Path(sys.executable).with_name("sam")), "local", "start-api"]
    command += ["--template", str(template), "--port", str(place.port + 3), "--region", REGION]
    command += [
        "--warm-containers",
        "LAZY",
        "--skip-pull-image",
        "--parameter-overrides",
        f"Architecture={architecture()}",
    ]
    process = subprocess.Popen(command, env=clean_environment())  # noqa: S603 - no shell
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    with suppress(KeyboardInterrupt):
        process.wait()
    process.terminate()
    process.wait()


def _engine_answers() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    asked = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [docker, "version", "--format", "{{.Server.Version}}"],
        env=clean_environment(),
        capture_output=True,
        check=False,
        timeout=20,
    )
    return asked.returncode == 0


def _template(place: Place, emulator_url: str) -> dict[str, Any]:
    """The built template, its functions' variables as they are in the running stack."""
    built = read_template(TEMPLATE)
    names = resources(place)
    functions = client(place, "lambda")
    for logical_id, resource in built["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            deployed = functions.get_function_configuration(FunctionName=names[logical_id])
            variables = deployed["Environment"]["Variables"]
            resource["Properties"]["Environment"] = {
                "Variables": variables | {"AWS_ENDPOINT_URL": emulator_url}
            }
    return built
