"""What jobs share: the time they have left, what they log, and the numbers they publish."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from prepaid.runtime.observability import described, logger
from prepaid.runtime.settings import settings

RESERVE_MILLISECONDS = 10_000
"""Enough to finish the account in hand, with every retry that it may need."""


AT_ONCE = 4
"""Threads of one run: as many as the client of DynamoDB keeps connections."""


class Unfinished(Exception):
    """The time was up before the work was done; the next run goes on."""


def time_is_up(context: object) -> Callable[[], bool]:
    """Return a function that says whether an invocation should begin nothing new."""
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    if remaining is None:
        return lambda: False
    return lambda: remaining() < RESERVE_MILLISECONDS


def in_parallel[Piece, Done](
    do: Callable[[Piece], Done], pieces: Iterable[Piece]
) -> Iterator[Done]:
    """Do each piece in one of `AT_ONCE` threads; return what came of them in order."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield from threads.map(do, pieces)


def request_id_of(context: object) -> str:
    """Return the invocation's id."""
    return str(getattr(context, "aws_request_id", "job"))


def log(message: str, **facts: object) -> None:
    """Log facts about a job under stable keys."""
    logger().info(message, extra=facts)


def log_failure(message: str, exc: Exception, **facts: object) -> None:
    """Log a failure by its types and places, without its text."""
    logger().error(message, extra={**facts, "bug": described(exc)})


def account_failed(account_id: str, exc: Exception) -> None:
    """Log that a job passed an account by."""
    log_failure("an account was passed by", exc, account_id=account_id)


def shard_unfound(shard: int, exc: Exception) -> None:
    """Log that the accounts of a shard could not be found."""
    log_failure("what is due could not be found", exc, shard=shard)


def call_failed(call_id: str, exc: Exception) -> None:
    """Log that a job passed a call by."""
    log_failure("a call was passed by", exc, call_id=call_id)


def publish(numbers: Mapping[str, int]) -> None:
    """Publish numbers as metrics of the service, zeros included."""
    from aws_lambda_powertools.metrics import (  # noqa: PLC0415 - jobs alone pay for it
        MetricUnit,
        single_metric,
    )

    for name, value in numbers.items():
        with single_metric(
            name=name, unit=MetricUnit.Count, value=value, namespace=settings.metrics_namespace
        ) as metric:
            metric.add_dimension(name="service", value=settings.service_name)
