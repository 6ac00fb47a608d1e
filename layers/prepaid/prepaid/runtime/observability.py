"""One log line for each request, and a metric for each refusal, under stable keys.

Nothing here takes an event, a body, a header or the text of a foreign exception, so nothing secret
or personal can be logged by mistake. Of what AWS answered, only its codes and ids are kept.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from functools import cache

from aws_lambda_powertools.logging import Logger

from prepaid.runtime.settings import settings
from prepaid.web.request import RequestLog

LOWEST_FAULT = 500
_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,128}")


@cache
def logger() -> Logger:
    """Return the logger of all functions; its service and level come from the environment.

    All functions share one log group, so each line names its function.
    """
    made = Logger(service=settings.service_name, utc=True)
    if settings.aws_lambda_function_name:
        made.append_keys(function=settings.aws_lambda_function_name)
    return made


def record(served: RequestLog) -> None:
    """Log one answered request; a failure with where it happened, but not with what it said."""
    facts: dict[str, object] = {
        "request_id": served.request_id,
        "route": served.route,
        "status": served.status,
        "code": served.code,
        "duration_ms": round(served.duration_ms, 1),
    }
    if served.bug is not None:
        facts["bug"] = described(served.bug)
    if served.cause is not None:
        facts["cause"] = described(served.cause)
    if served.status >= LOWEST_FAULT:
        logger().error("answered", extra=facts)
    else:
        logger().info("answered", extra=facts)
    if served.code != "ok":
        count("Refused", code=served.code)


def described(bug: BaseException) -> list[str]:
    """Return the types of an exception and its causes, each with its stack; no messages.

    A type is followed by the error code, the operation and the request id that AWS answered with.
    """
    lines: list[str] = []
    cause: BaseException | None = bug
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(" ".join([type(cause).__qualname__, *_answered_by_aws(cause)]))
        lines.extend(
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        )
        cause = cause.__cause__ or cause.__context__
    return lines


def _answered_by_aws(error: BaseException) -> Iterator[str]:
    """Name what identifies an answer of AWS, as botocore's `ClientError` carries it."""
    response = getattr(error, "response", None)
    if not isinstance(response, Mapping):
        return
    identifiers = (
        response.get("Error", {}).get("Code"),
        getattr(error, "operation_name", None),
        response.get("ResponseMetadata", {}).get("RequestId"),
    )
    yield from (each for each in identifiers if isinstance(each, str) and _NAME.fullmatch(each))


def count(name: str, **dimensions: str) -> None:
    """Count one occurrence of this service's in the embedded metric format."""
    from aws_lambda_powertools.metrics import (  # noqa: PLC0415 - imported only when it counts
        MetricUnit,
        single_metric,
    )

    with single_metric(
        name=name, unit=MetricUnit.Count, value=1, namespace=settings.metrics_namespace
    ) as metric:
        for dimension, value in {"service": settings.service_name, **dimensions}.items():
            metric.add_dimension(name=dimension, value=value)
