"""Coverage costs a law as much as its examples do, so only its first examples are measured."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from coverage import Coverage

MEASURED_EXAMPLES = 30
"""So many examples of a law are measured; what the others run is tried all the same."""


@contextmanager
def measured_at_first(item: pytest.Item) -> Iterator[None]:
    """Measure the first examples of a test that is a law, and all of any other test."""
    law = getattr(getattr(item, "obj", None), "hypothesis", None)
    coverage = Coverage.current()
    if law is None or coverage is None or item.get_closest_marker("no_cover"):
        yield
        return
    original = law.inner_test
    with first_examples(coverage) as begin:
        law.inner_test = _each(original, begin)
        try:
            yield
        finally:
            law.inner_test = original


@contextmanager
def first_examples(
    coverage: Coverage | None, most: int = MEASURED_EXAMPLES
) -> Iterator[Callable[[], None]]:
    """Give what is to be called as each example begins; measure no more than *most* of them."""
    begun = 0

    def begin() -> None:
        nonlocal begun
        begun += 1
        if coverage is not None and begun == most + 1:
            coverage.stop()

    try:
        yield begin
    finally:
        if coverage is not None and begun > most:
            coverage.start()


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure nothing meanwhile."""
    coverage = Coverage.current()
    if coverage is None:
        yield
        return
    coverage.stop()
    try:
        yield
    finally:
        coverage.start()


def _each(test: Callable[..., Any], begin: Callable[[], None]) -> Callable[..., Any]:
    @wraps(test)
    def example(*arguments: Any, **named: Any) -> Any:
        begin()
        return test(*arguments, **named)

    return example
