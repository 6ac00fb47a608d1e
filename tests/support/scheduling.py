"""How tests are shared between processes: by file, the longest first, one stack for all."""

from collections.abc import Iterable
from typing import SupportsIndex, override

import pytest
from xdist.scheduler import (  # type: ignore[import-untyped]  # it has no stubs
    LoadFileScheduling,
)

STACK = "tests/e2e/"
LONG = (
    "tests/faults/test_payment_faults.py",
    "tests/statemachine/test_memory.py",
    "tests/statemachine/test_emulator.py",
    "tests/faults/test_call_faults.py",
    "tests/faults/test_races.py",
    "tests/payments/test_facts.py",
    "tests/permissions/test_roles.py",
    "tests/openapi/test_schema_is_the_server.py",
    "tests/openapi/test_odd_requests.py",
    "tests/clients/test_generated_clients.py",
    "tests/faults/test_hot_account.py",
    "tests/faults/test_settlement_in_parallel.py",
    "tests/runtime/test_cold_starts.py",
    "tests/payments/test_reconciliation_stores.py",
)
"""Files that take long alone: one that starts last leaves the other processes idle for as long."""


def by_length(item: pytest.Item) -> int:
    """Return when a test's file should start: the stack's, the long, the emulator's, the rest."""
    file = item.nodeid.partition("::")[0]
    if file.startswith(STACK):
        return 0
    if file in LONG:
        return 1
    return 3 if item.get_closest_marker("emulator") is None else 2


class Positions(list[str]):
    """Test ids in order; the base class looks up the place of each, one after the other."""

    def __init__(self, nodeids: Iterable[str]) -> None:
        super().__init__(nodeids)
        self._positions = {nodeid: position for position, nodeid in enumerate(self)}

    @override
    def index(self, nodeid: str, *_: SupportsIndex) -> int:
        return self._positions[nodeid]


class OneStack(LoadFileScheduling):  # type: ignore[misc]  # untyped, see above
    """Each file is run by one process, and so are all tests that share the local stack."""

    def _split_scope(self, nodeid: str) -> str:
        return STACK if nodeid.startswith(STACK) else super()._split_scope(nodeid)

    def add_node_collection(self, node: object, collection: Iterable[str]) -> None:
        super().add_node_collection(node, collection)
        self.registered_collections[node] = Positions(collection)

    def _pending_of(self, workload: dict[str, dict[str, bool]]) -> int:
        """Count what a process has still to do, and forget the files that it has done."""
        for done in [scope for scope, tests in workload.items() if all(tests.values())]:
            del workload[done]
        return sum(list(tests.values()).count(False) for tests in workload.values())
