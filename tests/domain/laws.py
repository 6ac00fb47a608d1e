"""How hard the laws are tried: the same each time, shortly or fully, or for long and by chance."""

import os

from hypothesis import settings

LONG = bool(os.environ.get("LONG_TESTS"))
"""Set `LONG_TESTS=1` to try a hundred times as many examples, new ones each time."""

SHORT = bool(os.environ.get("SHORT_TESTS"))
"""`make test-fast` sets it, to try a fifth of the examples."""


def tried(examples: int, steps: int = 50) -> settings:
    """Return settings for a law tried on *examples* examples, a machine of so many *steps*."""
    return settings(
        max_examples=examples * 100 if LONG else -(-examples // 5) if SHORT else examples,
        derandomize=not LONG,
        deadline=None,
        database=None,
        print_blob=LONG,
        stateful_step_count=steps,
    )
