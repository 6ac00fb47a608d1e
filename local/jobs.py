"""Run a scheduled function once, as its schedule would."""

import json

from local import deploy
from local.aws import client
from local.control import healthy
from local.places import STACK_NAME, Place
from local.progress import StackError, say


def run(place: Place, name: str) -> None:
    """Invoke the function *name* with an empty event and print its answer.

    Raises StackError when there is no such function or it fails.
    """
    if not healthy(place):
        raise StackError(f"nothing runs on {place.url}: `make up` first")
    logical_id = "".join(word.capitalize() for word in name.split("_")) + "Function"
    function_name = deploy.resources(place).get(logical_id)
    if function_name is None:
        raise StackError(f"{STACK_NAME} has no function {name!r}")
    functions = client(place, "lambda")
    answer = functions.invoke(FunctionName=function_name, Payload=b"{}")
    payload = json.loads(answer["Payload"].read() or b"null")
    say(json.dumps(payload, indent=2, ensure_ascii=False))
    if "FunctionError" in answer:
        raise StackError(f"{name} failed; see `make logs`")
