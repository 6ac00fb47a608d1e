"""Cases that are many and alike: all of them, or some that a day draws.

They are the places at which a call to AWS or Stripe can fail, and odd requests by operation. `make
test` sets ``PLACES`` to the day and tries a quarter of them, other ones each day;
``PLACES=2026-11-26 make test`` tries the same again. `make chaos` tries every case. A store that is
tried on two databases is tried on one of them each day.
"""

import os
import re
from collections.abc import Collection
from zlib import crc32

import pytest

DAY = os.environ.get("PLACES", "")
"""The day that draws; without one, all are tried."""
DRAWN_OF = 4
DATABASES = ("ministack", "moto")
"""What stands for DynamoDB."""
_DATABASE = re.compile(rf"\b(?:{'|'.join(DATABASES)})\b")
FILES = (
    "tests/e2e/test_fuzz.py",
    "tests/faults/test_call_faults.py",
    "tests/faults/test_every_adapter.py",
    "tests/faults/test_every_error.py",
    "tests/faults/test_lost_calls.py",
    "tests/faults/test_payment_faults.py",
    "tests/openapi/test_odd_requests.py",
)


def is_case(item: pytest.Item) -> bool:
    """Say whether a test is one of many that differ in one argument or two."""
    return item.nodeid.startswith(FILES) and hasattr(item, "callspec")


def is_drawn(nodeid: str, day: str) -> bool:
    """Say whether *day* draws a case; a run that names no day tries all."""
    return not day or crc32(f"{day} {nodeid}".encode()) % DRAWN_OF == 0


def is_chosen(nodeid: str, nodeids: Collection[str], day: str) -> bool:
    """Say whether *day* chooses a test: of two that differ in their database, it takes one."""
    name, _, arguments = nodeid.partition("[")
    if not day or _DATABASE.search(arguments) is None:
        return True
    twins = [f"{name}[{_DATABASE.sub(each, arguments)}" for each in DATABASES]
    chosen = twins[crc32(f"{day} {twins[0]}".encode()) % len(twins)]
    return nodeid == chosen or chosen not in nodeids


def draw(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the cases that the day does not draw, in every process the same."""
    nodeids = {each.nodeid for each in items}
    left_out = [
        each
        for each in items
        if (is_case(each) and not is_drawn(each.nodeid, DAY))
        or not is_chosen(each.nodeid, nodeids, DAY)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        unwanted = set(map(id, left_out))
        items[:] = [each for each in items if id(each) not in unwanted]
