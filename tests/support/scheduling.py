"""How tests are shared between processes: by file, the longest first, one stack for all."""

import pytest
from xdist.scheduler import (  # type: ignore[import-untyped]  # it has no stubs
    LoadFileScheduling,
)

STACK = "tests/e2e/"


def by_length(item: pytest.Item) -> int:
    """Return when a test's file should start: the stack's, then the emulator's, then the rest."""
    if item.nodeid.startswith(STACK):
        return 0
    return 2 if item.get_closest_marker("emulator") is None else 1


class OneStack(LoadFileScheduling):  # type: ignore[misc]  # untyped, see above
    """Each file is run by one process, and so are all tests that share the local stack."""

    def _split_scope(self, nodeid: str) -> str:
        return STACK if nodeid.startswith(STACK) else super()._split_scope(nodeid)
