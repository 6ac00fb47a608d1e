"""Batches of a stream or a queue, each record by itself; a failure is logged with its cause."""

from types import TracebackType
from typing import Any, override

from aws_lambda_powertools.utilities import batch

from prepaid.runtime import jobs


class Records(batch.BatchProcessor):
    """Goes through a batch of a stream or a queue, and logs why a record failed."""

    @override
    def failure_handler(
        self,
        record: Any,  # as Powertools hands it over
        exception: tuple[type[BaseException] | None, BaseException | None, TracebackType | None],
    ) -> Any:
        error = exception[1]
        if isinstance(error, Exception):
            jobs.log_failure("a record failed", error)
        return super().failure_handler(record, exception)
