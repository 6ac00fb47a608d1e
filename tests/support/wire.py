"""The wire between a client and its server, which counts what is sent and loses what it is told."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Fault(Enum):
    """What happens to one attempt."""

    NOT_SENT = "not sent"
    REPLY_LOST = "sent, reply lost"
    KILLED_BEFORE = "killed before it was sent"
    KILLED_AFTER = "killed before the reply was read"


class Killed(BaseException):
    """The process ended: nothing that it would have done next happens."""


type Answer = tuple[int, Mapping[str, Any]]
type Plan = Callable[[int], Fault | Answer | None]
"""What to do with the n-th attempt, counted from 1: a fault, an answer of our own, or nothing."""


def unharmed(_: int) -> None:
    """Leave every attempt alone."""


def only(n: int, fault: Fault | Answer) -> Plan:
    """Let *fault* happen to the n-th attempt."""
    return lambda attempt: fault if attempt == n else None


def since(n: int, fault: Fault | Answer) -> Plan:
    """Let *fault* happen to the n-th attempt and to all that follow."""
    return lambda attempt: fault if attempt >= n else None


class Wire:
    """Stands between *client* and its server. `sent` names each attempt's operation in order."""

    def __init__(self, client: "DynamoDBClient", plan: Plan = unharmed) -> None:
        session = client._endpoint.http_session  # type: ignore[attr-defined]  # the one place to lose replies
        self._send = session.send
        self._plan = plan
        self.sent: list[str] = []
        session.send = self

    def __call__(self, request: AWSPreparedRequest) -> AWSResponse:
        """Send *request*, unless the plan says otherwise."""
        target = request.headers["X-Amz-Target"]
        text = target.decode() if isinstance(target, bytes) else target
        self.sent.append(text.partition(".")[2])
        fate = self._plan(len(self.sent))
        if isinstance(fate, tuple):
            return answered(request.url, *fate)
        if fate is Fault.NOT_SENT:
            raise EndpointConnectionError(endpoint_url=request.url)
        if fate is Fault.KILLED_BEFORE:
            raise Killed
        response: AWSResponse = self._send(request)
        if fate is Fault.REPLY_LOST:
            raise ReadTimeoutError(endpoint_url=request.url)
        if fate is Fault.KILLED_AFTER:
            raise Killed
        return response


def error(code: str, status: int = 400, **members: Any) -> Answer:
    """Return an error as DynamoDB answers it."""
    kind = f"com.amazonaws.dynamodb.v20120810#{code}"
    return status, {"__type": kind, "message": "as the test says", **members}


def cancelled(codes: Sequence[str]) -> Answer:
    """Return a cancelled transaction with a reason's code for each of its items."""
    reasons = [{"Code": code} for code in codes]
    return error("TransactionCanceledException", CancellationReasons=reasons)


class _Body(list[bytes]):
    """A body that has been received."""

    def stream(self) -> "_Body":
        """Return its parts."""
        return self


def answered(url: str, status: int, body: Mapping[str, Any]) -> AWSResponse:
    """Return an answer as botocore receives it."""
    return received(url, status, json.dumps(body).encode())


def received(url: str, status: int, body: bytes) -> AWSResponse:
    """Return bytes as botocore receives them, whatever they are."""
    headers = HeadersDict({"Content-Type": "application/x-amz-json-1.0"})
    return AWSResponse(url, status, headers, _Body([body]))  # type: ignore[arg-type]  # as urllib3 does
