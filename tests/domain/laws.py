"""How hard the laws are tried: quickly and the same each time, or for long and by chance."""

import os

from hypothesis import settings

LONG = bool(os.environ.get("LONG_TESTS"))
"""Set `LONG_TESTS=1` to try a hundred times as many examples, new ones each time."""


def tried(examples: int, steps: int = 50) -> settings:
    """Return settings for a law tried on *examples* examples, a machine of so many *steps*."""
    return settings(
        max_examples=examples * (100 if LONG else 1),
        derandomize=not LONG,
        deadline=None,
        database=None,
        print_blob=LONG,
        stateful_step_count=steps,
    )
