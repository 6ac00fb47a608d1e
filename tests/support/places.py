"""Places at which a call to AWS or Stripe can fail: all of them, or some that a day draws.

`make test` tries every place. `make check` sets ``PLACES`` to the day and tries a third of them,
other ones each day; ``PLACES=2026-11-26 make test`` tries the same again.
"""

import os
from zlib import crc32

import pytest

DRAWN_OF = 3
FILES = ("tests/faults/test_lost_calls.py", "tests/faults/test_payment_faults.py")


def is_place(item: pytest.Item) -> bool:
    """Say whether a test fails the call numbered *n*, one of many that differ in nothing else."""
    call = getattr(item, "callspec", None)
    return item.nodeid.startswith(FILES) and call is not None and "n" in call.params


def is_drawn(nodeid: str, day: str) -> bool:
    """Say whether *day* draws a place; a run that names no day tries all."""
    return not day or crc32(f"{day} {nodeid}".encode()) % DRAWN_OF == 0


def draw(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the places that the day does not draw, in every process the same."""
    day = os.environ.get("PLACES", "")
    left_out = [each for each in items if is_place(each) and not is_drawn(each.nodeid, day)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        unwanted = set(map(id, left_out))
        items[:] = [each for each in items if id(each) not in unwanted]
