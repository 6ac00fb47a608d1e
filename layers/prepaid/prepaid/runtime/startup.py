"""What a function does once, at the end of its imports, while nobody waits for an answer yet."""

import gc
from collections.abc import Callable

from prepaid.runtime.settings import settings


def start(*prepare: Callable[[], object]) -> None:
    """Make what the first request would wait for, and exempt what was imported from collections.

    Does nothing outside of Lambda.
    """
    if not settings.aws_lambda_function_name:
        return
    for each in prepare:
        each()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
