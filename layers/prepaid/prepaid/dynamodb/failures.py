"""What DynamoDB's and botocore's errors mean to the ports."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as BotoConnectionError
from botocore.parsers import ResponseParserError

from prepaid.domain.errors import Contended, Unavailable

CANCELLED = "TransactionCanceledException"
CONDITION_FAILED = "ConditionalCheckFailed"
NOT_WRITTEN = "ConditionalCheckFailedException"
THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
"""What AWS answers to a request that it did not begin, as botocore's standard mode has it."""
BUSY = THROTTLED | {
    "ProvisionedThroughputExceeded",
    "ReplicatedWriteConflictException",
    "ThrottlingError",
    "TransactionConflict",
    "TransactionConflictException",
}
UNCERTAIN = frozenset(
    {
        "InternalFailure",
        "InternalServerError",
        "PriorRequestNotComplete",
        "RequestTimeout",
        "RequestTimeoutException",
        "ServiceUnavailable",
        "TransactionInProgressException",
    }
)
"""`TransactionInProgressException` answers a retry while the first attempt may still land."""
UNKNOWN_OUTCOME = "The ledger did not answer in time."
TURNED_AWAY = "The ledger is too busy to be read."
SERVER_ERROR = 500
TRANSPORT = (BotoConnectionError, HTTPClientError, IncompleteReadError, ResponseParserError)
"""What botocore raises where no answer came, or none that can be read."""


class Cancelled(Exception):
    """A transaction was cancelled; *reasons* stand in the order of its items."""

    def __init__(self, reasons: Sequence[Mapping[str, Any]]) -> None:
        super().__init__("transaction cancelled")
        self.reasons = reasons


@contextmanager
def translated() -> Iterator[None]:
    """Turn what botocore raises into what the ports promise.

    `Contended` when nothing was done for now; `Unavailable` when it cannot be known; `Cancelled`
    with its reasons. What is left is a mistake of ours and is raised as it is.
    """
    try:
        yield
    except TRANSPORT as exc:
        raise Unavailable(UNKNOWN_OUTCOME) from exc
    except ClientError as exc:
        meaning = _meaning(exc)
        if meaning is exc:
            raise  # from itself, an exception would be its own cause without end
        raise meaning from exc


@contextmanager
def reading() -> Iterator[None]:
    """Translate as `translated` does, for reads: one that was turned away is `Unavailable`."""
    try:
        with translated():
            yield
    except Contended as exc:
        raise Unavailable(TURNED_AWAY) from exc


def is_from_between(error: ClientError) -> bool:
    """Say whether an error came from a proxy: AWS names its own, and botocore numbers others."""
    return error.response.get("Error", {}).get("Code", "").isdecimal()


PASSING = THROTTLED | UNCERTAIN
"""Codes with which AWS turns a request away for now, or that leave unknown what became of it."""


def is_passing(error: ClientError, codes: Set[str] = PASSING) -> bool:
    """Say whether an error has one of *codes*, or says as much by its status or its origin."""
    answer: Mapping[str, Any] = error.response
    code = answer.get("Error", {}).get("Code", "")
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return code in codes or status >= SERVER_ERROR or is_from_between(error)


@contextmanager
def passing_is_unavailable(detail: str, codes: Set[str] = PASSING) -> Iterator[None]:
    """Raise `Unavailable` with *detail* where a service did not answer, or turned us away for now.

    It does that with one of *codes*. What else it answers is raised as it is.
    """
    try:
        yield
    except TRANSPORT as exc:
        raise Unavailable(detail) from exc
    except ClientError as exc:
        if not is_passing(exc, codes):
            raise
        raise Unavailable(detail) from exc


def _meaning(error: ClientError) -> Exception:
    answer: Mapping[str, Any] = error.response
    code = answer.get("Error", {}).get("Code", "")
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code == CANCELLED:
        reasons = answer.get("CancellationReasons", [])
        codes = {reason.get("Code") for reason in reasons}
        if CONDITION_FAILED not in codes and codes & BUSY:
            return Contended()
        return Cancelled(reasons) if CONDITION_FAILED in codes else error
    if code in BUSY:
        return Contended()
    if code in UNCERTAIN or status >= SERVER_ERROR or is_from_between(error):
        return Unavailable(UNKNOWN_OUTCOME)
    return error
