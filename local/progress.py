"""One line per step: what is being done, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class StackError(Exception):
    """The stack cannot go on; the message says why and what to do."""


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Print *doing*, and the seconds it took once it is done."""
    began = time.monotonic()
    sys.stdout.write(f"  {doing} ... ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - began:.1f} s", flush=True)


def say(line: str = "") -> None:
    """Print *line* at once, also into a pipe."""
    print(line, flush=True)
