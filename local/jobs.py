"""Run a scheduled function once, as its schedule would."""

import json
from collections.abc import Mapping
from typing import Any

from local import deploy
from local.aws import client
from local.control import require_up
from local.progress import StackError, say
from local.stack_layout import PROJECT, StackLayout
from local.template import read_template


def run(layout: StackLayout, name: str) -> None:
    """Invoke the function *name* with an empty event and print its answer.

    Raises StackError when there is no such function or it fails.
    """
    jobs = names()
    if name not in jobs:
        wrong = f"there is no job {name!r}" if name else "which job?"
        raise StackError(f"{wrong}; the jobs are {', '.join(jobs)}: `make job name={jobs[0]}`")
    invoke(layout, name, {})


def invoke(layout: StackLayout, name: str, event: Mapping[str, object]) -> None:
    """Invoke the function *name* with *event* and print its answer.

    Raises StackError when no stack is up, or the function fails.
    """
    require_up(layout)
    function_name = deploy.resources(layout)[_logical_id(name)]
    functions = client(layout, "lambda")
    answer = functions.invoke(FunctionName=function_name, Payload=json.dumps(event).encode())
    payload = json.loads(answer["Payload"].read() or b"null")
    say(json.dumps(payload, indent=2, ensure_ascii=False))
    if "FunctionError" in answer:
        raise StackError(f"{name} failed; see `{layout.make('logs')}`")


def names() -> list[str]:
    """Every job: the functions that no request of a caller, a webhook or the API invokes."""
    resources = read_template(PROJECT / "template.yaml")["Resources"]
    apis = [each for each in resources.values() if each["Type"] == "AWS::Serverless::HttpApi"]
    guards = json.dumps([each["Properties"].get("Auth") for each in apis])
    folders = sorted(path.parent.name for path in (PROJECT / "functions").glob("*/app.py"))
    return [
        name
        for name in folders
        if _logical_id(name) not in guards and _is_job(resources.get(_logical_id(name), {}))
    ]


def _is_job(resource: dict[str, Any]) -> bool:
    """Whether the function *resource* runs by a schedule, a stream or a deployment."""
    properties = resource.get("Properties", {})
    events = {event["Type"] for event in properties.get("Events", {}).values()}
    return "HttpApi" not in events and "FunctionUrlConfig" not in properties


def _logical_id(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_")) + "Function"
