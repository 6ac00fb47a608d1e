"""Deploy the built template to the emulator with `sam deploy`, and read back what came of it."""

from collections.abc import Sequence
from typing import Any

from local.aws import client
from local.build import TEMPLATE
from local.stack_layout import PROJECT, STACK_NAME, StackLayout, architecture
from local.tools import run_tool

_RELEASE = f"/{STACK_NAME}/local/release"


def deployed_release(layout: StackLayout) -> str | None:
    """The fingerprint that was deployed last, as the emulator's own state remembers it."""
    ssm = client(layout, "ssm")
    try:
        value: str = ssm.get_parameter(Name=_RELEASE)["Parameter"]["Value"]
    except ssm.exceptions.ParameterNotFound:
        return None
    return value


def remember_release(layout: StackLayout, release: str) -> None:
    """Note in the emulator's state that *release* is fully deployed."""
    client(layout, "ssm").put_parameter(Name=_RELEASE, Value=release, Type="String", Overwrite=True)


def deploy(layout: StackLayout, *, overrides: Sequence[str]) -> None:
    """Run `sam deploy` against the emulator, with *overrides* for the template's parameters.

    Raises StackError with the end of its output.
    """
    command = ["sam", "deploy", "--config-env", "local"]
    command += ["--config-file", str(PROJECT / "samconfig.toml"), "--template-file", str(TEMPLATE)]
    command += ["--parameter-overrides", f"Architecture={architecture()}"]
    command += [f"AllowedOrigins={layout.url}", f"WebhookTestOrigin={layout.url}"]
    command += ["Examples=true", *overrides]
    run_tool(command, log=layout.log("deploy"), extra={"AWS_ENDPOINT_URL": layout.emulator_url})


def outputs(layout: StackLayout) -> dict[str, str]:
    """The outputs of the deployed stack by name."""
    return _pairs(_stack(layout), "Output")


def parameters(layout: StackLayout) -> dict[str, str]:
    """The parameters that the stack was deployed with, by name."""
    return _pairs(_stack(layout), "Parameter")


def resources(layout: StackLayout) -> dict[str, str]:
    """Physical ids of the stack's resources by their logical ids."""
    pages = client(layout, "cloudformation").get_paginator("list_stack_resources")
    return {
        found["LogicalResourceId"]: found.get("PhysicalResourceId", "")
        for page in pages.paginate(StackName=STACK_NAME)
        for found in page["StackResourceSummaries"]
    }


def _stack(layout: StackLayout) -> dict[str, Any]:
    stacks = client(layout, "cloudformation").describe_stacks(StackName=STACK_NAME)["Stacks"]
    return dict(stacks[0])


def _pairs(stack: dict[str, Any], kind: str) -> dict[str, str]:
    return {pair[f"{kind}Key"]: pair[f"{kind}Value"] for pair in stack.get(f"{kind}s", [])}
