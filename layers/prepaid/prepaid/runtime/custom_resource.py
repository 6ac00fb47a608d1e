"""CloudFormation's custom resources: the work of a deployment, and the answer that it waits for."""

import json
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from prepaid.runtime.jobs import log_failure

ATTEMPTS = 3
TIMEOUT_SECONDS = 5


def is_one(event: Mapping[str, Any]) -> bool:
    """Tell an event of CloudFormation from the empty one of a job."""
    return "ResponseURL" in event


def answered(event: Mapping[str, Any], work: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
    """Do the *work* and report to CloudFormation how it went; on deletion there is none to do.

    Raises `OSError` when CloudFormation cannot be reached.
    """
    data: Mapping[str, int] = {}
    status = "SUCCESS"
    try:
        if event["RequestType"] != "Delete":
            data = work()
    except Exception as exc:  # noqa: BLE001 - whatever failed, a deployment must not hang on it
        status = "FAILED"
        log_failure("work for CloudFormation failed", exc)
    _send(event["ResponseURL"], _answer(event, status, data))
    return data


def _answer(event: Mapping[str, Any], status: str, data: Mapping[str, int]) -> bytes:
    answer = {
        "Status": status,
        "Reason": "See the function's log." if status == "FAILED" else "Done.",
        "PhysicalResourceId": event.get("PhysicalResourceId") or event["LogicalResourceId"],
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "Data": dict(data),
    }
    return json.dumps(answer).encode()


def _send(url: str, body: bytes) -> None:
    """Put the answer where CloudFormation asked for it: a signed address without content type."""
    if urlsplit(url).scheme not in {"https", "http"}:
        raise ValueError("ResponseURL is no address of the web")
    request = Request(url, data=body, method="PUT", headers={"Content-Type": ""})  # noqa: S310 - checked above
    for _ in range(ATTEMPTS - 1):
        try:
            _put(request)
        except (OSError, HTTPException):
            time.sleep(1)
        else:
            return
    _put(request)


def _put(request: Request) -> None:
    urlopen(request, timeout=TIMEOUT_SECONDS).close()  # noqa: S310 - its address was checked
